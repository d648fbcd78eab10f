"""A real browser without a window, that looks at this machine alone, and JupyterLab as make lab starts it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from threading import Event, Thread
from urllib.parse import urlsplit

import pytest

from tests.conftest import ROOT
from tests.house.test_environment import make

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
HERE = ("127.0.0.1", "localhost", "")  # "": a file, or data


def pytest_collection_modifyitems(items):
    """Skipped by name where the browser or what drives it is not there."""
    try:
        import axe_playwright_python  # noqa: F401
        import playwright  # noqa: F401

        lacks = "" if CHROMIUM else "no chromium is installed: apt-get install chromium"
    except ImportError:
        lacks = "Playwright is not installed: make test-browser"
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            if lacks:
                item.add_marker(pytest.mark.skip(reason=lacks))


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def page(browser):
    """A page of a browser that is new. asked: where to all its requests went."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    found = context.new_page()
    found.set_default_timeout(120_000)
    found.asked = []
    context.on("request", lambda request: found.asked.append(urlsplit(request.url).hostname or ""))
    found.on("websocket", lambda socket: found.asked.append(urlsplit(socket.url).hostname or ""))
    yield found
    context.close()


def free_port():
    """One that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def accepting(address, process):
    """Waits until a server that has said its address takes connections there, as long as it lives."""
    parts = urlsplit(address)
    while process.poll() is None:
        with suppress(ConnectionRefusedError), socket.create_connection((parts.hostname, parts.port)):
            return
        Event().wait(0.05)


@contextmanager
def laboratory(home):
    """JupyterLab by the configuration of make lab, in a copy of notebooks/, which it may change; its address."""
    shutil.copytree(ROOT / "notebooks", home / "notebooks")
    (recipe,) = [line for line in make("--dry-run", "link").stdout.splitlines() if "overrides.json" in line]
    code = re.search(r"-c '(.*)'$", recipe)[1]
    told = f"import sys; sys.prefix = {str(home)!r}; {code}"
    subprocess.run([sys.executable, "-c", told], cwd=ROOT, check=True)  # the settings that make link leaves
    own = {f"JUPYTER_{name}_DIR": str(home / name) for name in ("RUNTIME", "CONFIG", "DATA")}
    words = [
        "--config=notebooks/jupyter_lab_config.json",
        f"--ServerApp.root_dir={home}",
        f"--ServerApp.port={free_port()}",
    ]
    words += [f"--LabApp.app_settings_dir={home}/share/jupyter/lab/settings"]
    words += ["--no-browser", *(["--allow-root"] if os.geteuid() == 0 else [])]
    environment = os.environ | own | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    command = [sys.executable, "-m", "jupyterlab", *words]
    lines = {"cwd": home, "env": environment, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
    with subprocess.Popen(command, **lines) as process:
        said = iter(process.stderr.readline, "")
        found = (re.search(r"http://127\.0\.0\.1:\d+/\S*token=\w+", line) for line in said)
        address = next(match[0] for match in found if match)
        rest = Thread(target=lambda: [*said])  # a pipe that nobody empties would stop the server
        rest.start()
        try:
            accepting(address, process)
            yield address
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # its kernels, too, which hold the pipe
            rest.join()


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with laboratory(tmp_path_factory.mktemp("lab")) as address:
        yield address

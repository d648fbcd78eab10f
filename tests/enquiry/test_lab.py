"""make lab, and jupyter lab by hand: the checkout is the root, reached from this machine alone, without news."""

import json
import os
import re
import socket
import subprocess
import sys
from urllib.request import Request, urlopen

import pytest

from tests.conftest import ROOT
from tests.house.test_environment import make

CONFIG = json.loads((ROOT / "notebooks/jupyter_lab_config.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """JupyterLab as somebody starts it in the checkout, without a browser; its address, with the token."""
    own = tmp_path_factory.mktemp("jupyter")
    environment = os.environ | {"JUPYTER_RUNTIME_DIR": str(own / "run"), "JUPYTER_CONFIG_DIR": str(own / "config")}
    words = [
        "--config=notebooks/jupyter_lab_config.json",
        "--no-browser",
        "--ServerApp.port=0",
        *(["--allow-root"] if os.geteuid() == 0 else []),
    ]
    command = [sys.executable, "-m", "jupyterlab", *words]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        found = (re.search(r"http://127\.0\.0\.1:\d+/\S*token=\w+", line) for line in process.stderr)
        address = next(match[0] for match in found if match)
        while not listens(int(re.search(r":(\d+)/", address)[1])):  # it says where it is a moment before it is there
            assert process.poll() is None
        yield address
        process.terminate()


def listens(port):
    """Whether anything does, on this machine."""
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def asked(server, path):
    address, token = server.split("/lab")[0], server.split("token=")[1]
    with urlopen(Request(f"{address}{path}", headers={"Authorization": f"token {token}"})) as answer:
        return answer.url, answer.read().decode()


@pytest.mark.long
def test_the_checkout_is_the_root_and_it_opens_at_the_notebook(server):
    """Data and reports can be seen; the first page is explore.ipynb; no news and no updates are asked for."""
    url, _ = asked(server, "/")
    assert url.endswith("/lab/tree/notebooks/explore.ipynb")
    _, listed = asked(server, "/api/contents/")
    assert {"README.md", "data", "notebooks"} <= {one["name"] for one in json.loads(listed)["content"]}
    _, page = asked(server, "/lab/api/news")
    assert json.loads(page)["news"] == []
    _, update = asked(server, "/lab/api/update")
    assert json.loads(update)["notification"] is None


def test_it_is_bound_to_this_machine():
    """Nobody else on the network can reach it, and nothing is asked of anybody else."""
    assert CONFIG["ServerApp"]["ip"] == "127.0.0.1"
    assert CONFIG["LabApp"]["news_url"] is None and "Never" in CONFIG["LabApp"]["check_for_updates_class"]
    assert (ROOT / CONFIG["LabApp"]["default_url"].removeprefix("/lab/tree/")).exists()


def test_make_lab_starts_it_in_the_checkout():
    """Without the notebook as an argument, which would make its folder the root; as root it says what to do."""
    recipe = make("--dry-run", "lab").stdout
    assert re.search(r"jupyter lab --config=notebooks/jupyter_lab_config\.json$", recipe, re.MULTILINE)
    assert "Log in as somebody else" in recipe and "--allow-root" in recipe


def test_started_by_hand_it_is_the_same(tmp_path):
    """make link leaves the same in the environment, with the checkout as the root, wherever somebody stands."""
    (recipe,) = [line for line in make("--dry-run", "link").stdout.splitlines() if "jupyter_lab_config" in line]
    code = re.search(r"-c '(.*)'$", recipe)[1]
    told = f"import sys; sys.prefix = {str(tmp_path)!r}; {code}"
    subprocess.run([sys.executable, "-c", told], cwd=ROOT, check=True)
    written = json.loads((tmp_path / "etc/jupyter/jupyter_lab_config.json").read_text(encoding="utf-8"))
    assert written["ServerApp"].pop("root_dir") == str(ROOT) and written == CONFIG

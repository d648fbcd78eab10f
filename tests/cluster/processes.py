"""A cluster on this machine's loopback: Dask's scheduler and workers with TLS, as make scheduler and make worker do."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Thread

from tests.cluster import certificates
from tests.conftest import ROOT
from tests.reports import tiny

EXTRA = Path(sys.prefix) / "cluster"
PERIODS = "FY2014Q1 FY2014Q2 FY2014"
LACKS = "" if (EXTRA / "distributed").is_dir() else "Dask's distributed is not installed: make cluster-extra"
if not shutil.which("openssl"):
    LACKS = LACKS or "openssl is not installed"
# A word that stands in the records of each project, and must not go anywhere else
CANARY = "Zq7canary"
HERE = """
import sys
from ctanalysis.__main__ import main
status = main(sys.argv[1:])
assert not {"dask", "distributed"} & {*sys.modules}
sys.exit(status)
"""
HOOK = """
import os, ssl

def kept(name):
    send = getattr(ssl.SSLSocket, name)
    def sent(self, data, *more):
        with open(os.path.join(os.environ["HEARD"], str(os.getpid())), "ab") as file:
            file.write(bytes(data))
        return send(self, data, *more)
    setattr(ssl.SSLSocket, name, sent)

if os.environ.get("HEARD"):
    for name in ("send", "write"):
        kept(name)
"""


def library(folder, lock=""):
    """A checkout with the library and two tiny notebooks, so that a report takes a moment. lock: more of the lock."""
    folder.mkdir()
    shutil.copytree(ROOT / "ctanalysis", folder / "ctanalysis")
    tiny.notebooks(folder / "notebooks")
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    (folder / "requirements.lock").write_text(text + lock, encoding="utf-8")
    return folder


def projects(folder, count):
    """So many projects, each with a few rows more than the one before, and the canary in one of them."""
    for number in range(count):
        project = tiny.project(folder / f"p{number:02}")
        with (project / "records" / "rows.csv").open("a", encoding="utf-8") as file:
            file.writelines(f"late{row},2013-12-07,,{CANARY},,,,\n" for row in range(number + 1))
    return folder


def files(folder):
    """Every file below a folder with its bytes, by name; hidden ones as well."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def free_port():
    """One that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Cluster:
    """Processes of a cluster, started one by one. address: of its scheduler; log: what all of them print."""

    def __init__(self, home, library, certificates, stack):
        self.home, self.library, self.certificates, self.stack = home, library, certificates, stack
        self.address = f"tls://127.0.0.1:{free_port()}"
        self.log = []

    def hear(self):
        """From here on, each process keeps what it sends to another one, as it was before it was encrypted."""
        (self.home / "hook").mkdir()
        (self.home / "heard").mkdir()
        (self.home / "hook" / "sitecustomize.py").write_text(HOOK, encoding="utf-8")

    @property
    def environment(self):
        path = os.pathsep.join(map(str, (self.library, self.home / "hook", EXTRA)))
        kept = {name: text for name, text in os.environ.items() if not name.startswith("DASK_")}
        return kept | {"PYTHONPATH": path, "HEARD": str(self.home / "heard")}

    def start(self, what, said, *more, library=None):
        """A scheduler or workers, once it has said that all its processes are there; killed at the end."""
        words = ["--scheduler", self.address, "--certificates", str(self.certificates), *more]
        command = [sys.executable, "-m", "ctanalysis.cluster", what, *words]
        environment = self.environment | ({"PYTHONPATH": f"{library}{os.pathsep}{EXTRA}"} if library else {})
        process = subprocess.Popen(
            command, cwd=self.home, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
        left = int(more[-1]) if more else 1
        for line in process.stdout:
            self.log.append(line)
            left -= said in line
            if not left:
                break
        rest = Thread(target=lambda: self.log.extend(process.stdout))  # a pipe that nobody empties would stop it
        rest.start()
        self.stack.callback(rest.join)
        self.stack.callback(ended, process)
        assert not left, self.logs
        return process

    def scheduler(self):
        return self.start("scheduler", b"Scheduler at:")

    def workers(self, count, library=None):
        return self.start("worker", b"Registered to:", "--workers", str(count), library=library)

    def client(self, named, *more, library=None, cwd=None):
        """make reports of these projects, as a process that has begun."""
        words = ["reports", "--projects", named, "--scheduler", self.address, *more]
        if "--certificates" not in more:
            words += ["--certificates", str(self.certificates)]
        environment = self.environment | ({"PYTHONPATH": f"{library}{os.pathsep}{EXTRA}"} if library else {})
        return subprocess.Popen(
            [sys.executable, "-m", "ctanalysis", *words],
            cwd=cwd or self.home, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def reports(self, *asked, **settings):
        """The same, ended: (status, what it said, its refusals)."""
        process = self.client(*asked, **settings)
        out, err = process.communicate()
        return process.returncode, out, err

    def here(self, named, *more):
        """The same without a scheduler, which imports nothing of Dask although it is there."""
        command = [sys.executable, "-c", HERE, "reports", "--projects", named, *more]
        done = subprocess.run(command, cwd=self.home, env=self.environment, capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr

    @property
    def heard(self):
        """All that any of the processes sent to another one since hear()."""
        return b"".join(path.read_bytes() for path in (self.home / "heard").iterdir())

    @property
    def logs(self):
        return b"".join(self.log)


def ended(process):
    """Killed with all that it started, as when the power goes."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def cluster(home):
    """A cluster of which nothing is started yet."""
    authority = certificates.authority(home / "authority")
    with ExitStack() as stack:
        yield Cluster(home, library(home / "library"), certificates.machine(authority), stack)

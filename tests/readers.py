"""The processes that read workbooks and Parquet files, forked from one that has imported what they import.

The library starts a process for each file, which may fail alone; half of its time it imports. In the tests that is done
once: a process without anything of the tests in it, so that the limits of memory and time that its children set
themselves are what they are for the library.
"""

import json
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from socket import AF_UNIX, send_fds, socket
from tempfile import TemporaryDirectory
from time import monotonic

IMPORTS = {
    "excel": ("openpyxl", "openpyxl.reader.strings", "openpyxl.worksheet._reader", "openpyxl.styles.numbers"),
    "parquet": ("pyarrow", "pyarrow.parquet", "pyarrow.compute"),
}
FORKS = """
import importlib, json, os, runpy, select, signal, socket, sys

reader, address, *names = sys.argv[1:]
sys.path.insert(0, reader)
main = runpy.run_path(reader + "/__main__.py", run_name="reader")["main"]
sys.modules["numpy"] = sys.modules["PIL"] = None
os.environ |= {"OPENPYXL_DEFUSEDXML": "False", "ARROW_DEFAULT_MEMORY_POOL": "system"}
for name in names:
    importlib.import_module(name)
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
listens = socket.socket(socket.AF_UNIX)
listens.bind(address)
listens.listen(64)
print("ready", flush=True)
while listens in select.select([listens, sys.stdin], [], [])[0]:  # until the tests' own process is gone
    asks = listens.accept()[0]
    given, files, *_ = socket.recv_fds(asks, 65536, 2)
    if os.fork():
        asks.close()
        for file in files:
            os.close(file)
        continue
    asks.send(os.getpid().to_bytes(4, "little"))
    for number, file in enumerate(files):
        os.dup2(file, number)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    where, path, rows, columns, *more = json.loads(given)
    try:
        os.chdir(where)
        main(path, int(rows), int(columns), *more)
        sys.stdout.flush()
    finally:
        os._exit(0)
"""


class Forking:
    """A stand-in for `subprocess` in a module that starts a reader: what it asks of it, and no more."""

    PIPE, DEVNULL, TimeoutExpired = subprocess.PIPE, subprocess.DEVNULL, subprocess.TimeoutExpired

    def __init__(self, reader):
        self.reader, self.owner, self.address = Path(reader), os.getpid(), ""

    def _asked(self, command):
        """Whether it can be forked: a reader of ours, and somebody forks it."""
        if command[2] != str(self.reader):
            return False
        if not self.address and os.getpid() == self.owner:
            self.folder = TemporaryDirectory(dir="/tmp")  # a short path, which some test may not have redirected
            self.address = f"{self.folder.name}/asks"
            arguments = [self.reader, self.address, *IMPORTS[self.reader.name]]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            self.forks = subprocess.Popen([sys.executable, "-I", "-c", FORKS, *arguments], **pipes)
            assert self.forks.stdout.readline() == b"ready\n"
        return bool(self.address)

    def Popen(self, command, **pipes):
        """A process that reads a file, with pipes for what it is asked and answers."""
        return Forked(self.address, command[3:]) if self._asked(command) else subprocess.Popen(command, **pipes)

    def run(self, command, *, timeout, **named):
        """What it writes. TimeoutExpired: it takes longer."""
        if not self._asked(command):
            return subprocess.run(command, timeout=timeout, **named)
        process, ends, written = Forked(self.address, command[3:]), monotonic() + timeout, b""
        process.stdin.close()
        with process.stdout:
            while select.select([process.stdout], [], [], max(0, ends - monotonic()))[0]:
                more = os.read(process.stdout.fileno(), 2**20)
                if not more:
                    process.wait()
                    return subprocess.CompletedProcess(command, 0, written)
                written += more
        process.kill()
        raise subprocess.TimeoutExpired(command, timeout)


class Forked:
    """A process that was forked for a file: as much of a Popen as its readers use."""

    def __init__(self, address, arguments):
        (asked, self.asks), (self.answers, answered) = os.pipe(), os.pipe()
        self.line = socket(AF_UNIX)
        self.line.connect(address)
        send_fds(self.line, [json.dumps([os.getcwd(), *arguments]).encode()], [asked, answered])
        os.close(asked)
        os.close(answered)
        self.stdin, self.stdout = os.fdopen(self.asks, "wb"), os.fdopen(self.answers, "rb")
        self.pid = int.from_bytes(self.line.recv(4), "little")

    def kill(self):
        """Ends it, unless it has ended."""
        if not select.select([self.line], [], [], 0)[0]:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def wait(self):
        """Until it has ended: nobody else holds the other end of the line."""
        self.line.recv(1)
        self.line.close()

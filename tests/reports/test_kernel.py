"""The kernel of a report notebook opens no network port where the system has sockets in files."""

import os
from pathlib import Path
from types import SimpleNamespace

from ctanalysis.reports import kernel
from ctanalysis.reports.kernel import LocalKernel


def test_a_kernel_is_spoken_to_through_files():
    """Its sockets are in a folder that only this user may enter, and that goes with it."""
    local = LocalKernel()
    folder = Path(local.ip).parent
    assert local.transport == "ipc"
    assert folder.is_dir() and folder.stat().st_mode & 0o777 == 0o700 and folder.stat().st_uid == os.getuid()
    assert LocalKernel().ip != local.ip


def test_where_there_are_no_such_sockets_it_listens_to_this_machine_alone(monkeypatch):
    """On Windows a kernel is spoken to over the network of the machine itself, and of no other."""
    monkeypatch.setattr(kernel, "os", SimpleNamespace(name="nt", path=os.path))
    local = LocalKernel()
    assert (local.transport, local.ip) == ("tcp", "127.0.0.1")

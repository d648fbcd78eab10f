"""The kernel that runs a report notebook: spoken to through files of this user, not over the network."""

import os
from tempfile import TemporaryDirectory

from jupyter_client.manager import AsyncKernelManager
from traitlets import default


class LocalKernel(AsyncKernelManager):
    """A kernel over inter-process sockets in a folder of its own, where the system has them."""

    @default("transport")
    def _transport(self) -> str:
        return "tcp" if os.name == "nt" else "ipc"

    @default("ip")
    def _ip(self) -> str:
        if self.transport == "tcp":
            return "127.0.0.1"
        self._sockets = TemporaryDirectory()  # goes with this object
        return os.path.join(self._sockets.name, "kernel")

"""The kernel that runs a report notebook: spoken to through files of this user, not over the network."""

import os
from tempfile import TemporaryDirectory

from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import default


class LocalKernel(AsyncKernelManager):
    """A kernel of this environment over inter-process sockets in a folder of its own, where the system has them."""

    @property
    def kernel_spec(self) -> KernelSpec:
        """This very Python: a kernel of that name earlier on Jupyter's path would have other libraries."""
        return KernelSpec(resource_dir=RESOURCES, **get_kernel_dict())

    @default("transport")
    def _transport(self) -> str:
        return "tcp" if os.name == "nt" else "ipc"

    @default("ip")
    def _ip(self) -> str:
        if self.transport == "tcp":
            return "127.0.0.1"
        self._sockets = TemporaryDirectory()  # goes with this object
        return os.path.join(self._sockets.name, "kernel")

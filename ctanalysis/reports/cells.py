"""The cells of a notebook run in this process, with the outputs that a kernel would have sent."""

import io
import sys
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

Output = dict[str, Any]
MOST = 48 * 1024 * 1024  # characters that one cell may print


class TooMuch(RuntimeError):
    """A cell that prints without end."""


class Outputs(list[Output]):
    """The outputs of the running cell, in their order; what is printed in one go is one output."""

    def add(self, kind: str, **parts: Any) -> None:
        self.append({"output_type": kind, **parts})

    def printed(self, name: str, text: str) -> None:
        if not (self and self[-1].get("name") == name):
            self.add("stream", name=name, text="")
        if len(self[-1]["text"]) + len(text) > MOST:
            raise TooMuch(f"the cell prints more than {MOST // 1024**2} MB")
        self[-1]["text"] += text


class _Stream(io.TextIOBase):
    """What a cell prints becomes an output."""

    def __init__(self, name: str, outputs: Outputs) -> None:
        self.name, self._outputs = name, outputs

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if text:
            self._outputs.printed(self.name, text)
        return len(text)


def _outputs(part: DisplayPublisher | DisplayHook) -> Outputs:
    """The outputs of the cell that runs in a part's shell."""
    shell = part.shell
    assert isinstance(shell, Shell)  # a part that is made by it
    return shell.outputs


class _Shown(DisplayPublisher):
    """What a cell displays becomes an output."""

    def publish(self, data: Any, metadata: Any = None, source: Any = None, **_: Any) -> None:
        _outputs(self).add("display_data", data=data, metadata=metadata or {})

    def clear_output(self, wait: bool = False) -> None:
        _outputs(self).clear()


class _Result(DisplayHook):
    """What a cell gives as its last value becomes an output."""

    def write_output_prompt(self) -> None:
        """None: the output has its number."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        _outputs(self).add(
            "execute_result",
            data=format_dict,
            metadata=md_dict or {},
            execution_count=self.prompt_count,
        )

    def finish_displayhook(self) -> None:
        """Nothing is printed after a value."""


class Shell(InteractiveShell):
    """An IPython that keeps what a cell shows."""

    outputs = Outputs()

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        self.outputs.add("error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb))


def shell() -> Shell:
    """A new shell, as if none had been before: for a process of its own."""
    InteractiveShell.clear_instance()
    if "matplotlib" in sys.modules:  # a figure that a cell draws by itself is shown, as in JupyterLab
        sys.modules["matplotlib"].rcParams["backend"] = "module://matplotlib_inline.backend_inline"
    config = Config()
    config.HistoryManager.enabled = False  # no file of the user's, no thread
    return Shell.instance(config=config, display_pub_class=_Shown, displayhook_class=_Result, colors="neutral")


def run(source: str, shell: Shell) -> tuple[Outputs, int, bool]:
    """Runs a cell: its outputs, its number, and whether it ran to its end."""
    shell.outputs = outputs = Outputs()
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (_Stream(name, outputs) for name in ("stdout", "stderr"))
    try:
        done = shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]  # IPython's
    finally:
        sys.stdout, sys.stderr = before
    return outputs, shell.execution_count - 1, done.success

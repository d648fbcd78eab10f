"""Which formats of a report are asked for, and whether what writes them is installed."""

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from ctanalysis.base.errors import Refused

ALWAYS = ("html", "xlsx")
DOCUMENTS = ("docx", "pdf")  # of each page one, when they are asked for
PACKAGES = ("pypandoc-binary", "typst")  # of requirements-formats.lock


def asked(text: str) -> tuple[str, ...]:
    """The DOCUMENTS that are asked for by names of formats, as in html,docx,pdf,xlsx; the others are always written.

    Refused: a name that is none; a document where what writes it is not installed.
    """
    names = text.replace(",", " ").casefold().split()
    unknown = [name for name in names if name not in (*ALWAYS, *DOCUMENTS)]
    if unknown:
        raise Refused(f"'{unknown[0]}' is no format of a report. There are: {', '.join((*ALWAYS, *DOCUMENTS))}.")
    chosen = tuple(name for name in DOCUMENTS if name in names)
    check_installed(chosen)
    return chosen


def check_installed(documents: Sequence[str]) -> None:
    """Refused: there are documents to write, and pandoc or typst is not installed."""
    if documents and len(versions()) < len(PACKAGES):
        raise Refused(
            f"Files of {' and '.join(documents)} are written by pandoc and typst, which are not installed here. "
            "make report FORMATS=docx,pdf installs them; without make: "
            "python -m pip install --require-hashes -r requirements-formats.lock"
        )


def versions() -> dict[str, str]:
    """The versions of pandoc and typst as they are installed; nothing of one that is not."""
    found = {name: _version(name) for name in PACKAGES}
    return {name: one for name, one in found.items() if one}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""

"""Whether the cells that run now are those of a report's page, which never shows an exact value."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

MADE = "CTANALYSIS_PAGE"  # in the environment, which a kernel and a forked child have from the process that starts them


@contextmanager
def page_in_the_making(name: str) -> Iterator[None]:
    """Within it, and in processes that are started within it, the page of a report is made.

    >>> with page_in_the_making("evaluation"):
    ...     print(made_page())
    evaluation
    """
    before = os.environ.get(MADE)
    os.environ[MADE] = name
    try:
        yield
    finally:
        os.environ.pop(MADE)
        if before is not None:
            os.environ[MADE] = before


def made_page() -> str:
    """The name of the page whose notebook runs; empty where none does.

    >>> made_page()
    ''
    """
    return os.environ.get(MADE, "")

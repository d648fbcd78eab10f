"""The shipped project, open: once in each process."""

import pytest

import ctanalysis as ct


@pytest.fixture(scope="package")
def p():
    """To ask; what is asked for once stays calculated."""
    return ct.open()

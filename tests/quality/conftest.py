"""The shipped project evaluated, for tests that only read."""

import pytest

from ctanalysis import evaluate


@pytest.fixture(scope="session")
def evaluation():
    return evaluate("FY2015Q1")

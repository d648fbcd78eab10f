"""A scheduler with four workers, where Dask stands beside the environment."""

import pytest

from tests.cluster.processes import LACKS, cluster, projects


def pytest_collection_modifyitems(items):
    """Skipped by name where what is needed is not there."""
    for item in items:
        if LACKS and item.get_closest_marker("cluster"):
            item.add_marker(pytest.mark.skip(reason=LACKS))


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A scheduler with four workers, and four projects in its home."""
    with cluster(tmp_path_factory.mktemp("cluster")) as found:
        projects(found.home / "projects", 4)
        found.hear()
        found.scheduler()
        found.workers(4)
        yield found

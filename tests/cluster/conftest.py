"""A scheduler with four workers, where Dask stands beside the environment."""

import pytest

from tests.cluster.processes import LACKS, cluster, projects
from tests.generators import translating


def pytest_collection_modifyitems(items):
    """Skipped by name where what is needed is not there."""
    for item in items:
        if LACKS and item.get_closest_marker("cluster"):
            item.add_marker(pytest.mark.skip(reason=LACKS))


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A scheduler with four workers, and four projects in its home, each in two languages."""
    with cluster(tmp_path_factory.mktemp("cluster")) as found:
        for project in projects(found.home / "projects", 4).iterdir():
            translating.translate(project, "ru")
        found.hear()
        found.scheduler()
        found.workers(4)
        yield found

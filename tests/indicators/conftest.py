"""What the tests of the oracle share: random projects, each written once."""

import pytest

from tests.generators import random_projects


@pytest.fixture(scope="module")
def random_folder(tmp_path_factory):
    """A function that gives the folder of a seed's random project."""
    parent = tmp_path_factory.mktemp("random_projects")

    def folder_of(seed):
        folder = parent / str(seed)
        if not folder.exists():
            random_projects.write(folder, seed, every_measure=True)
        return folder

    return folder_of

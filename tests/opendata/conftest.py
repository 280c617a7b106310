"""What several tests of packages begin with."""

from pathlib import Path

import pytest

from tests.opendata import small


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A package in which nothing is wrong."""
    return small.write(tmp_path)

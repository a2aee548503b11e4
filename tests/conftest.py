"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from proofread.algebra.decimals import precise

pytest_plugins = ("pytester",)

settings.register_profile("same", max_examples=25, derandomize=True, database=None)
settings.register_profile("thorough", max_examples=1000, database=None, print_blob=True)
settings.load_profile("same")


@pytest.fixture(autouse=True)
def _precise() -> Iterator[None]:
    """The stages by themselves calculate with as many digits as the engine."""
    with precise():
        yield

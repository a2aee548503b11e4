"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from proofread.algebra.decimals import precise

pytest_plugins = ("pytester",)


@pytest.fixture(autouse=True)
def _precise() -> Iterator[None]:
    """The stages by themselves calculate with as many digits as the engine."""
    with precise():
        yield

"""Modules that only downloads need, left out: imported by itself, before the package.

The Markdown extensions import these for what they could download, and to ask which other
extensions are installed. In a browser Python has no network, and nothing is installed.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


def _unused(*given: Any) -> None:
    raise OSError(f"there is no network here: {given}")


def _nothing(**_asked: str) -> tuple[str, ...]:
    return ()


_GIVEN: dict[str, dict[str, Any]] = {
    "email.utils": {"parsedate_to_datetime": _unused},
    "importlib.metadata": {"entry_points": _nothing},
    "urllib.request": {"pathname2url": _unused, "url2pathname": _unused, "urlopen": _unused},
}

for _name, _functions in _GIVEN.items():
    sys.modules[_name] = _module = ModuleType(_name)
    vars(_module).update(_functions)

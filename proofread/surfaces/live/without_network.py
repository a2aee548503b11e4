"""Modules that only downloads need, left out: imported by itself, before the package.

The Markdown extensions import these for what they could download. In a browser Python has no
network, and without what these bring along it is ready a third earlier.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

_LEFT_OUT = {
    "email.utils": ("parsedate_to_datetime",),
    "urllib.request": ("pathname2url", "url2pathname", "urlopen"),
}


def _unused(*given: Any) -> None:
    raise OSError(f"there is no network here: {given}")


for _name, _functions in _LEFT_OUT.items():
    sys.modules[_name] = _module = ModuleType(_name)
    vars(_module).update(dict.fromkeys(_functions, _unused))

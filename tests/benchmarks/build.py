"""The site's build with the check and without."""

from __future__ import annotations

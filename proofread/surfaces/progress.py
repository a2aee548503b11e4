"""A line on the terminal that says how far a long run is."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self, TextIO

_PATIENCE = 1.0
_CLEAR = "\r\x1b[K"


class Progress:
    """Shows the current page once a run takes longer than a second, and clears it at the end."""

    def __init__(self, stream: TextIO, total: int) -> None:
        self._stream = stream
        self._total = total
        self._text = ""
        self._shown = False
        self._done = threading.Event()
        self._lock = threading.Lock()
        self._timer = threading.Thread(target=self._wait, daemon=True)

    def __enter__(self) -> Self:
        if self._stream.isatty():
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        with self._lock:
            if self._shown:
                self._stream.write(_CLEAR)
                self._stream.flush()

    def step(self, number: int, name: str) -> None:
        """Say what is being checked from now on."""
        with self._lock:
            self._text = f"checking {number} of {self._total}: {name}"
            if self._shown:
                self._draw()

    def _wait(self) -> None:
        if not self._done.wait(_PATIENCE):
            with self._lock:
                if not self._done.is_set():
                    self._shown = True
                    self._draw()

    def _draw(self) -> None:
        self._stream.write(_CLEAR + self._text)
        self._stream.flush()

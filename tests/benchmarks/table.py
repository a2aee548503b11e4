"""Rows of a benchmark as they are printed."""

from __future__ import annotations


def title(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def row(name: str, value: str) -> None:
    print(f"{name:<52} {value:>24}", flush=True)


def seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"

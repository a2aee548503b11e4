"""The same work on many things, in as many processes as there are cores."""

import os

import pytest

from proofread.surfaces.side_by_side import FEW, side_by_side


def process_of(number: int) -> tuple[int, int]:
    return number, os.getpid()


def inverse(number: int) -> float:
    return 1 / number


def test_results_come_in_order_and_from_other_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    found = list(side_by_side(process_of, range(12)))
    assert [number for number, _ in found] == list(range(12))
    assert os.getpid() not in {process for _, process in found}


def test_few_things_stay_in_this_process() -> None:
    assert list(side_by_side(process_of, range(FEW))) == [(n, os.getpid()) for n in range(FEW)]


def test_one_core_stays_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert {process for _, process in side_by_side(process_of, range(12))} == {os.getpid()}


def test_an_exception_arrives_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with pytest.raises(ZeroDivisionError):
        list(side_by_side(inverse, [5, 4, 3, 2, 1, 0, 1]))

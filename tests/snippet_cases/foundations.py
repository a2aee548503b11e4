"""The functions of the foundations."""
# ruff: noqa: N806 (matrices have capital letters)

from __future__ import annotations

from collections.abc import Callable

from tests.snippet_cases import Array, Case, derivative, module


def quadratic_forms(draw: Callable[..., Array]) -> dict[str, Case]:
    code = module("foundations/quadratic_forms.py")
    A, x = draw(4, 4), draw(4)
    symbols = {"A": A, "x": x}
    return {
        "value": Case(code.value(A, x), symbols),
        "gradient": Case(code.gradient(A, x), symbols, derivative(lambda z: code.value(A, z), x)),
        "hessian": Case(code.hessian(A), symbols, derivative(lambda z: code.gradient(A, z), x)),
    }

"""Run in an environment of its own: what other checkers of gradients take, as JSON.

Each of them checks six samples of three sizes, as many as the engine.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

import autograd.numpy as anp
import numpy as np
import torch
from autograd.test_util import check_grads
from scipy.optimize import check_grad

REPEATS = 20
SIZES = [(3, 2), (4, 3), (2, 4)] * 2


def with_scipy(x: np.ndarray, theta: np.ndarray, y: np.ndarray) -> None:
    error = check_grad(lambda t: np.sum((x @ t - y) ** 2), lambda t: 2 * x.T @ (x @ t - y), theta)
    assert error < 1e-4


def with_autograd(x: np.ndarray, theta: np.ndarray, y: np.ndarray) -> None:
    check_grads(lambda t: anp.sum((anp.dot(x, t) - y) ** 2), modes=["rev"], order=1)(theta)


def with_torch(x: np.ndarray, theta: np.ndarray, y: np.ndarray) -> None:
    matrix, target = torch.from_numpy(x), torch.from_numpy(y)
    start = torch.from_numpy(theta).requires_grad_()
    assert torch.autograd.gradcheck(lambda t: ((matrix @ t - target) ** 2).sum(), (start,))


def one_check(run: Callable[..., None]) -> float:
    """The processor time of a check of six samples."""
    rng = np.random.default_rng(0)
    samples = [(rng.normal(size=(m, n)), rng.normal(size=n), rng.normal(size=m)) for m, n in SIZES]
    run(*samples[0])
    start = time.process_time()
    for _ in range(REPEATS):
        for sample in samples:
            run(*sample)
    return (time.process_time() - start) / REPEATS


def main() -> None:
    torch.set_num_threads(1)
    found = {
        "scipy.optimize.check_grad": one_check(with_scipy),
        "autograd.test_util.check_grads": one_check(with_autograd),
        "torch.autograd.gradcheck": one_check(with_torch),
    }
    json.dump(found, sys.stdout)


main()

"""A recurrent cell over three steps, forwards and backwards.

The comment ``formula`` above a function names the label of what it computes.
"""

import numpy as np


# --8<-- [start:state]
# formula eq-recurrent-cell
def state(h: np.ndarray, x: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the next state, r; h is the state, r, x the input, p, W is r×r, U is r×p, b is r."""
    return np.tanh(W @ h + U @ x + b)


# --8<-- [end:state]


# --8<-- [start:last_delta]
# formula eq-recurrent-cell-delta-3
def last_delta(g: np.ndarray, h: np.ndarray) -> np.ndarray:
    """Return r; g and the state h are of the last step, both r."""
    return (1 - h**2) * g


# --8<-- [end:last_delta]


# --8<-- [start:middle_delta]
# formula eq-recurrent-cell-delta-2
def middle_delta(g: np.ndarray, h: np.ndarray, W: np.ndarray, delta: np.ndarray) -> np.ndarray:
    """Return r; g and the state h are of this step, delta is of the step behind it, W is r×r."""
    return (1 - h**2) * (g + W.T @ delta)


# --8<-- [end:middle_delta]


# --8<-- [start:first_delta]
# formula eq-recurrent-cell-delta-1
def first_delta(g: np.ndarray, h: np.ndarray, W: np.ndarray, delta: np.ndarray) -> np.ndarray:
    """Return r; g and the state h are of this step, delta is of the step behind it, W is r×r."""
    return (1 - h**2) * (g + W.T @ delta)


# --8<-- [end:first_delta]


# --8<-- [start:gradient_state_weights]
# formula eq-recurrent-cell-state-weights
def gradient_state_weights(deltas: np.ndarray, states: np.ndarray) -> np.ndarray:
    """Return r×r; deltas has a row for each step, states the state before it, both 3×r."""
    return deltas.T @ states


# --8<-- [end:gradient_state_weights]


# --8<-- [start:gradient_input_weights]
# formula eq-recurrent-cell-input-weights
def gradient_input_weights(deltas: np.ndarray, inputs: np.ndarray) -> np.ndarray:
    """Return r×p; deltas has a row for each step, 3×r, and inputs as well, 3×p."""
    return deltas.T @ inputs


# --8<-- [end:gradient_input_weights]


# --8<-- [start:gradient_bias]
# formula eq-recurrent-cell-bias
def gradient_bias(deltas: np.ndarray) -> np.ndarray:
    """Return r; deltas has a row for each step, 3×r."""
    return deltas.sum(axis=0)


# --8<-- [end:gradient_bias]


# --8<-- [start:jacobian]
# formula eq-recurrent-cell-jacobian
def jacobian(W: np.ndarray, states: np.ndarray) -> np.ndarray:
    """Return r×r, a row for each entry of the last state; states has them in order, 3×r."""
    J = np.eye(len(W))
    for h in states:
        J = (1 - h**2)[:, None] * (W @ J)
    return J


# --8<-- [end:jacobian]

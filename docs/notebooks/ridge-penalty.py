# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # The penalty of ridge regression by implicit gradient
#
# The penalty of a ridge regression is usually found by trying many values.
# It can also be found by descent: the solution depends smoothly on the penalty, so the error on other data has a gradient by it.
# This notebook derives that gradient, checks it, and follows it on real data.

# %% [markdown]
# ## Two sets of data

# %%
import matplotlib.pyplot as plt
import numpy as np
from matplotlib_inline.backend_inline import set_matplotlib_formats
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

data, targets = load_diabetes(return_X_y=True)
data = PolynomialFeatures(2, include_bias=False).fit_transform(data)
order = np.random.default_rng(0).permutation(len(data))
first, second = order[:200], order[200:]
scaler = StandardScaler().fit(data[first])
X, V = scaler.transform(data[first]), scaler.transform(data[second])
mean = targets[first].mean()
y, t = (targets[first] - mean) / 100, (targets[second] - mean) / 100
print(f"{len(X)} instances to fit, {len(V)} to validate, {X.shape[1]} features")

# %% [markdown]
# Let $X \in \mathbb{R}^{m \times n}$ and $y \in \mathbb{R}^m$ be the data for the fit, and $V \in \mathbb{R}^{k \times n}$ and $t \in \mathbb{R}^k$ those for the validation.
# With a penalty $\lambda > 0$ the fit and its error on the other data are
#
# $$
# A = X^\top X + \lambda I, \qquad
# w = A^{-1} X^\top y, \qquad
# E = \frac{1}{k} \lVert V w - t \rVert^2
# $$
#
# The fit is known only through the equation that it solves, and that is enough:
#
# $$
# A w = X^\top y
# $$
#
# The right side does not depend on the penalty, and so the derivative of the left side is zero.
#
# $$
# \frac{\partial w}{\partial \lambda} = -A^{-1} w
# $$
#
# The chain rule brings it to the error of the validation:
#
# $$
# \frac{\partial E}{\partial \lambda} = -\frac{2}{k} (V w - t)^\top V A^{-1} w
# $$
#
# A penalty must stay positive, and its size is a matter of powers of ten, so the descent is made on its logarithm.
# With $\lambda_\star = e^\rho$ for $\rho \in \mathbb{R}$ the derivative gets the factor that is the penalty itself:
#
# $$
# \frac{\partial \lambda_\star}{\partial \rho} = \lambda_\star
# $$


# %%
def fit(penalty):
    A = X.T @ X + penalty * np.eye(X.shape[1])
    return A, np.linalg.solve(A, X.T @ y)


def error(penalty):
    _, w = fit(penalty)
    return np.mean((V @ w - t) ** 2)


def slope(log_penalty):
    penalty = np.exp(log_penalty)
    A, w = fit(penalty)
    by_penalty = -2 / len(V) * (V @ w - t) @ V @ np.linalg.solve(A, w)
    return penalty * by_penalty


# %%
for log_penalty in (-2.0, 1.0, 4.0):
    h = 1e-5
    numerical = (error(np.exp(log_penalty + h)) - error(np.exp(log_penalty - h))) / (2 * h)
    assert abs(slope(log_penalty) - numerical) < 1e-6 * abs(numerical)
print("the implicit gradient agrees with differences of the error")
assert np.allclose(fit(3.0)[1], Ridge(3.0, fit_intercept=False).fit(X, y).coef_)
print("the fit is that of scikit-learn")

# %% [markdown]
# ## The descent

# %%
log_penalty, path = -1.0, [-1.0]
for _ in range(80):
    log_penalty -= 20 * slope(log_penalty)
    path.append(log_penalty)
grid = np.logspace(-1, 4, 400)
errors = [error(one) for one in grid]
best = grid[np.argmin(errors)]
assert error(np.exp(log_penalty)) <= min(errors) + 1e-6
print(f"descent: a penalty of {np.exp(log_penalty):.0f}; the best of the grid: {best:.0f}")

# %% alt="The error on the validation data against the penalty on a logarithmic scale: it falls, has a minimum at a penalty between one hundred and one thousand, and rises. The places of the descent lie on the curve, and the last ones are at its minimum."
set_matplotlib_formats("svg")
grey = ["axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color", "text.color"]
plt.rcParams.update(dict.fromkeys(grey, "#808080"))
plt.rcParams.update(dict.fromkeys(["figure.facecolor", "axes.facecolor"], "none"))
plt.rcParams.update({"figure.figsize": (7, 3.6), "font.size": 12, "legend.frameon": False})
figure, axes = plt.subplots()
axes.semilogx(grid, errors, color="#3f8fd0", lw=2, label="error on the validation data")
places = np.exp(path)
axes.semilogx(places, [error(one) for one in places], "o", color="#d9653b", label="descent", ms=5)
axes.set(xlabel="penalty", ylabel="mean squared error")
axes.legend()
figure.tight_layout()
plt.show()

# %% [markdown]
# One fit and one more solution of a linear system give the gradient, whatever the number of penalties: with one for each feature, a grid would be out of reach, and the descent is not.
# [The page on minimisers](../factorisations/implicit-minimiser.md) derives the rule for any smooth loss.

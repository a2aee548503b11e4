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
# # Newton against gradient descent
#
# Logistic regression has no solution in closed form, and two ways lead to its minimum.
# Gradient descent needs the gradient alone and takes many cheap steps; Newton's method needs the Hessian, too, and takes a few dear ones.
# Both are run here with formulas that were derived, on the breast-cancer data of scikit-learn, and compared with its own solver.

# %% [markdown]
# ## The data and the loss

# %%
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib_inline.backend_inline import set_matplotlib_formats
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression

X, y = load_breast_cancer(return_X_y=True)
X = (X - X.mean(axis=0)) / X.std(axis=0)
m, n = X.shape
print(f"{m} tumours, {n} measurements, {y.sum()} of them benign")

# %% [markdown]
# Let $X \in \mathbb{R}^{m \times n}$ hold the standardised measurements, $y \in \{0, 1\}^m$ the classes and $w \in \mathbb{R}^n$ the weights.
# For a number $z \in \mathbb{R}$ the logistic function is $\sigma(z) = \frac{1}{1 + e^{-z}}$, and the model gives each tumour a probability:
#
# $$
# p = \sigma(X w)
# $$
#
# The two classes can be separated, so that the weights would grow without end; a penalty with $\lambda > 0$ keeps them:
#
# $$
# L = -\sum_{i=1}^{m} \left( y_i \log p_i + (1 - y_i) \log(1 - p_i) \right) + \frac{\lambda}{2} w^\top w
# $$
#
# Its gradient and its Hessian are derived on the page of [logistic regression](../classification/logistic-regression.md).
# With the weights of the instances in a matrix, they are
#
# $$
# \nabla_w L = X^\top (p - y) + \lambda w
# $$
#
# $$
# S = \operatorname{diag}(p \odot (\mathbf{1} - p)), \qquad
# \nabla_w^2 L = X^\top S X + \lambda I
# $$

# %%
penalty = 1.0


def probabilities(w):
    return 1 / (1 + np.exp(-X @ w))


def loss(w):
    z = X @ w
    return np.sum(np.logaddexp(0, z) - y * z) + penalty / 2 * w @ w


def gradient(w):
    return X.T @ (probabilities(w) - y) + penalty * w


def hessian(w):
    p = probabilities(w)
    return X.T @ ((p * (1 - p))[:, None] * X) + penalty * np.eye(n)


# %% [markdown]
# The loss of the code is another form of the one above, which does not overflow:
#
# $$
# L = \sum_{i=1}^{m} \left( \log(1 + e^{X_{i,:} w}) - y_i X_{i,:} w \right) + \frac{\lambda}{2} w^\top w
# $$
#
# Before they are used, the gradient and the Hessian are compared with differences.

# %%
rng = np.random.default_rng(0)
w = rng.normal(size=n) / 5
h = 1e-5


def differences(function, w):
    return np.array([(function(w + h * s) - function(w - h * s)) / (2 * h) for s in np.eye(n)])


for derived, function in ((gradient, loss), (hessian, gradient)):
    numerical = differences(function, w)
    assert np.max(np.abs(derived(w) - numerical)) < 1e-6 * np.max(np.abs(numerical))
    print(f"the {derived.__name__} agrees with differences of the {function.__name__}")

# %% [markdown]
# ## Two descents
#
# Newton's step goes to where the quadratic model of the loss has its minimum, and needs no step size:
#
# $$
# w \leftarrow w - \left( X^\top S X + \lambda I \right)^{-1} \nabla_w L
# $$
#
# For gradient descent a safe one is one divided by a bound of the largest eigenvalue of the Hessian: no $p_i (1 - p_i)$ exceeds a quarter.
# Let $p_0 \in (0, 1)$ be any probability.
#
# $$
# p_0 (1 - p_0) = \frac14 - \left( p_0 - \frac12 \right)^2 \le \frac14
# $$

# %%
bound = np.linalg.eigvalsh(X.T @ X)[-1] / 4 + penalty


def descend(step, steps):
    path = [np.zeros(n)]
    for _ in range(steps):
        path.append(path[-1] + step(path[-1]))
    return path


newton = descend(lambda w: -np.linalg.solve(hessian(w), gradient(w)), 12)
slow = descend(lambda w: -gradient(w) / bound, 3000)

solver = LogisticRegression(C=1 / penalty, fit_intercept=False, tol=1e-12, max_iter=10_000)
theirs = solver.fit(X, y).coef_[0]
best = min(loss(newton[-1]), loss(slow[-1]))
assert np.allclose(newton[-1], theirs, atol=1e-4)
print("Newton's method ends at the weights of scikit-learn")
print(f"gradient below 1e-9 after {sum(np.linalg.norm(gradient(w)) > 1e-9 for w in newton)} steps")

# %% alt="Two curves of the loss above its minimum, both on logarithmic scales. Newton's method falls to the precision of the computer within ten steps, ever steeper; gradient descent falls evenly and is far above after three thousand."
set_matplotlib_formats("svg")
grey = ["axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color", "text.color"]
plt.rcParams.update(dict.fromkeys(grey, "#808080"))
plt.rcParams.update(dict.fromkeys(["figure.facecolor", "axes.facecolor"], "none"))
plt.rcParams.update({"figure.figsize": (7, 3.6), "font.size": 12, "legend.frameon": False})
figure, axes = plt.subplots()
for name, path, colour, line in (
    ("Newton", newton, "#2f9e6e", "-"),
    ("gradient descent", slow, "#3f8fd0", "--"),
):
    above = np.maximum([loss(w) - best for w in path], 1e-13)
    axes.loglog(np.arange(1, len(path) + 1), above, line, color=colour, label=name, lw=2)
axes.set(xlabel="step", ylabel="loss above its minimum")
axes.legend()
figure.tight_layout()
plt.show()

# %% [markdown]
# ## Why Newton's steps are least squares
#
# A step of Newton solves a weighted least-squares problem with the weights in $S$: this is told on [the page on Newton's method](../classification/newton.md).
# Each step costs the solution of a system with as many unknowns as there are features, which is nothing for thirty and too much for a million.

# %%
distance = [np.linalg.norm(w - newton[-1]) for w in newton[:-1]]
late = [after / before**2 for before, after in pairwise(distance[4:8])]
assert max(late) < 1
print("each of the last steps squares the distance, up to a factor below one")
assert loss(slow[-1]) - best > 1e-3 * best * 1e-3

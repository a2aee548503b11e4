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
# # Gradient descent with the derived gradient
#
# A gradient that was derived on paper should bring a model down to its minimum.
# Here one does, on real data, and the minimum that it finds is compared with the one that scikit-learn computes without any descent.
# The formulas of this notebook are checked like those of every other page, and its code runs each time the site is built.

# %% [markdown]
# ## The data
#
# The diabetes data of scikit-learn hold ten measurements of each of 442 patients and the progression of their disease one year later.
# All columns are standardised, and the targets are centred, so that no intercept is needed.

# %%
import matplotlib.pyplot as plt
import numpy as np
from matplotlib_inline.backend_inline import set_matplotlib_formats
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression

X, y = load_diabetes(return_X_y=True)
X = (X - X.mean(axis=0)) / X.std(axis=0)
y = y - y.mean()
m, n = X.shape
print(f"{m} instances, {n} features")

# %% [markdown]
# ## The loss and its gradient
#
# Let $X \in \mathbb{R}^{m \times n}$ hold one instance in each row, let $y \in \mathbb{R}^m$ be the targets and $\theta \in \mathbb{R}^n$ the parameters.
# The loss is the mean of the squared errors:
#
# $$
# L(\theta) = \frac{1}{m} \lVert X\theta - y \rVert^2
# $$
#
# Its gradient is what the derivations of this site arrive at:
#
# $$
# \nabla_\theta L(\theta) = \frac{2}{m} X^\top (X\theta - y)
# $$


# %%
def loss(theta):
    e = X @ theta - y
    return e @ e / m


def gradient(theta):
    return 2 / m * X.T @ (X @ theta - y)


# %% [markdown]
# Before it is trusted with a descent, the code of the gradient is compared with differences of the loss, at a random place.

# %%
rng = np.random.default_rng(0)
theta = rng.normal(size=n)
h = 1e-4
differences = np.array(
    [(loss(theta + h * step) - loss(theta - h * step)) / (2 * h) for step in np.eye(n)]
)
error = np.max(np.abs(differences - gradient(theta))) / np.max(np.abs(gradient(theta)))
assert error < 1e-8
print(f"largest difference, relative to the gradient: below {1e-8:.0e}")

# %% [markdown]
# ## How long a step may be
#
# Gradient descent walks against the gradient.
# Let $\eta \in \mathbb{R}_{++}$ be the step size; then one step is
#
# $$
# \theta \leftarrow \theta - \eta \, \nabla_\theta L(\theta)
# $$
#
# How far it may go is written in the second derivative, which is the same everywhere:
#
# $$
# \nabla_\theta^2 L(\theta) = \frac{2}{m} X^\top X
# $$
#
# So the gradient grows evenly with the distance.
# For any $\delta \in \mathbb{R}^n$,
#
# $$
# \nabla L(\theta + \delta) = \nabla L(\theta) + \frac{2}{m} X^\top X \delta
# $$
#
# Two descents that are $\delta$ apart are therefore, one step later, apart by
#
# $$
# \bigl( \theta + \delta - \eta \, \nabla L(\theta + \delta) \bigr) - \bigl( \theta - \eta \, \nabla L(\theta) \bigr)
# = \left( I - \frac{2\eta}{m} X^\top X \right) \delta
# $$
#
# One of the two may be the minimum itself.
# Along each eigenvector of the second derivative the distance shrinks as long as the step size is below two divided by the eigenvalue, so the largest eigenvalue sets the limit, and the smallest decides how long the descent takes.

# %%
hessian = 2 / m * X.T @ X
eigenvalues = np.linalg.eigvalsh(hessian)
smallest, largest = eigenvalues[0], eigenvalues[-1]
print(f"eigenvalues from {smallest:.4f} to {largest:.2f}")
print(f"steps must be shorter than {2 / largest:.3f}")

# %% [markdown]
# ## Four conventions, four step sizes
#
# Other texts put another constant in front of the sum of the squares.
# The constant goes through to the gradient and to the second derivative, and turns up again in the step size:
#
# $$
# \nabla_\theta \lVert X\theta - y \rVert^2 = 2 X^\top (X\theta - y)
# $$
#
# $$
# \nabla_\theta \left( \frac{1}{2m} \lVert X\theta - y \rVert^2 \right) = \frac{1}{m} X^\top (X\theta - y)
# $$
#
# $$
# \nabla_\theta \left( \frac{1}{2} \lVert X\theta - y \rVert^2 \right) = X^\top (X\theta - y)
# $$
#
# In the table below, the last column is the step size that takes the very same step.

# %%
conventions = {
    "sum": 2,
    "mean": 2 / m,
    "half mean": 1 / m,
    "half sum": 1,
}
step_sizes = {}
print(f"{'convention':<11} {'factor':>8} {'limit':>9} {'same step':>10}")
for name, factor in conventions.items():
    limit = 2 / np.linalg.eigvalsh(factor * X.T @ X)[-1]
    step_sizes[name] = limit / 2
    print(f"{name:<11} {factor:8.5f} {limit:9.6f} {step_sizes[name]:10.6f}")

# %% [markdown]
# Started at zero, four descents with these step sizes walk the same path.


# %%
def descend(factor, step_size, steps):
    """Return the parameters after each step, one row a step, started at zero."""
    theta = np.zeros(n)
    path = [theta]
    for _ in range(steps):
        theta = theta - step_size * factor * X.T @ (X @ theta - y)
        path.append(theta)
    return np.array(path)


paths = {name: descend(factor, step_sizes[name], 200) for name, factor in conventions.items()}
assert all(np.allclose(path, paths["mean"]) for path in paths.values())
print("the same path four times")

# %% [markdown]
# With one step size for all of them they part at once.
# The step size below is fine for the mean, slow for half of the mean, and far too long for the two that do not divide by the number of instances.

# %%
set_matplotlib_formats("svg")
grey = ["axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color", "text.color"]
plt.rcParams.update(dict.fromkeys(grey, "#808080"))
plt.rcParams.update(dict.fromkeys(["figure.facecolor", "axes.facecolor"], "none"))
plt.rcParams.update({"figure.figsize": (7, 3.6), "font.size": 12, "legend.frameon": False})
styles = {
    "sum": ("#d9653b", ":"),
    "half sum": ("#b07d12", "-."),
    "half mean": ("#3f8fd0", "--"),
    "mean": ("#2f9e6e", "-"),
}
minimum = LinearRegression(fit_intercept=False).fit(X, y).coef_


def relative_loss(path):
    """Return how far the loss is above its minimum, relative to where it starts."""
    losses = np.array([loss(theta) for theta in path]) - loss(minimum)
    return losses / losses[0]


# %% alt="Four curves of the loss above its minimum over thirty steps, on a logarithmic scale. The mean falls fastest, half of the mean more slowly, and the sum and half of the sum leave the picture at the top within a few steps."
figure, axes = plt.subplots()
for name, (colour, line) in styles.items():
    path = descend(conventions[name], step_sizes["mean"], 30)
    axes.semilogy(relative_loss(path), line, color=colour, label=name)
axes.set(xlabel="step", ylabel="loss above its minimum", ylim=(1e-3, 1e3))
axes.legend(ncols=4, loc="upper right", fontsize=11)
figure.tight_layout()
plt.show()

# %% [markdown]
# ## Down to the minimum of scikit-learn
#
# `LinearRegression` solves the least-squares problem directly.
# Where it ends, the gradient vanishes up to rounding:

# %%
assert np.linalg.norm(gradient(minimum)) < 1e-10 * np.linalg.norm(gradient(np.zeros(n)))
print("the derived gradient vanishes at the coefficients of scikit-learn")

# %% [markdown]
# The descent comes to the same place from afar.
# How fast it does is a matter of the step size: the one that treats the smallest and the largest eigenvalue alike is the best fixed one, and a step size just above the limit loses everything in the end.

# %% alt="Three curves of the distance to the coefficients of scikit-learn over six thousand steps, on a logarithmic scale. With the best fixed step size the distance falls steadily to less than a hundred-billionth, with half of the limit it falls half as fast, and with a step size slightly above the limit it falls at first and then grows."
choices = {
    "best fixed step size": (2 / (smallest + largest), "#2f9e6e", "-"),
    "half of the limit": (1 / largest, "#3f8fd0", "--"),
    "just above the limit": (2.001 / largest, "#d9653b", ":"),
}
figure, axes = plt.subplots()
ends = {}
for name, (step_size, colour, line) in choices.items():
    path = descend(conventions["mean"], step_size, 6000)
    distance = np.linalg.norm(path - minimum, axis=1) / np.linalg.norm(minimum)
    ends[name] = distance[-1]
    steps = np.arange(0, 6001, 40)
    axes.semilogy(steps, distance[steps], line, color=colour, label=name)
axes.set(xlabel="step", ylabel="relative distance", ylim=(1e-13, 1e3))
axes.legend(loc="lower left", fontsize=11)
figure.tight_layout()
plt.show()

# %%
for name, end in ends.items():
    print(f"{name}: {end:.1e} after 6000 steps")
assert ends["best fixed step size"] < 1e-9

# %% [markdown]
# The coefficients agree to more digits than the data have.
# A wrong sign, a lost factor or a missing transpose in the gradient would have shown here, and each of them is shown on a page of its own: [the errata](../errata.md) list what went wrong in print, and [the conventions](../four-conventions.md) say which factor belongs where.

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
# # Gradient checking in practice
#
# Whoever derives a gradient compares it with differences of the loss, and has to choose a step.
# A long step sees the curvature, a short one sees the rounding of the computer, and between them there is a best one.
# This notebook measures where it is for three kinds of differences, and derives why.

# %% [markdown]
# ## A loss to be checked
#
# The wine data of scikit-learn have thirteen measurements of each of 178 wines from three growers.
# A logistic model tells the first grower from the other two.

# %%
import matplotlib.pyplot as plt
import numpy as np
from matplotlib_inline.backend_inline import set_matplotlib_formats
from sklearn.datasets import load_wine

X, grower = load_wine(return_X_y=True)
X = (X - X.mean(axis=0)) / X.std(axis=0)
t = np.where(grower == 0, 1.0, -1.0)
m, n = X.shape
print(f"{m} instances, {n} features")

# %% [markdown]
# Let $X \in \mathbb{R}^{m \times n}$ hold one instance in each row, let $t \in \{-1, 1\}^m$ be the classes and $w \in \mathbb{R}^n$ the weights.
# With the margin $z_i = t_i X_{i,:} w$ of each instance, the loss is
#
# $$
# L = \frac{1}{m} \sum_{i=1}^{m} \log(1 + e^{-z_i})
# $$
#
# and its gradient is
#
# $$
# \nabla_w L = -\frac{1}{m} \sum_{i=1}^{m} \frac{t_i}{1 + e^{z_i}} X_{i,:}^\top
# $$


# %%
def loss(w):
    return np.mean(np.log1p(np.exp(-t * (X @ w))))


def gradient(w):
    return -X.T @ (t / (1 + np.exp(t * (X @ w)))) / m


# %% [markdown]
# ## Three differences
#
# Let $f : \mathbb{R} \to \mathbb{R}$ be the loss along one direction, and let $x, h \in \mathbb{R}$.
# What a difference gets wrong is told by the terms of Taylor that it leaves:
#
# $$
# f(x + h) \approx f(x) + h f'(x) + \frac{h^2}{2} f''(x) \quad \text{as } h \to 0
# $$
#
# $$
# f(x + h) - f(x - h) \approx 2 h f'(x) + \frac{h^3}{3} f'''(x) \quad \text{as } h \to 0
# $$
#
# So the *forward* difference is wrong by a multiple of $h$, and the *central* one, which costs two values of the loss instead of one, by a multiple of $h^2$.
# The *complex step* evaluates the loss at a place that is moved by $h$ along the imaginary axis, and takes the imaginary part of what comes out, divided by $h$.
# Nothing is subtracted there, so that nothing cancels, and $h$ may be as small as one likes.

# %%
place = np.random.default_rng(1).normal(size=n) / 2
direction = np.ones(n) / np.sqrt(n)
exact = gradient(place) @ direction

differences = {
    "forward": lambda h: (loss(place + h * direction) - loss(place)) / h,
    "central": lambda h: (loss(place + h * direction) - loss(place - h * direction)) / (2 * h),
    "complex step": lambda h: np.imag(loss(place + 1j * h * direction)) / h,
}
steps = 10.0 ** np.arange(-16, 0.5, 0.5)
errors = {
    name: np.array([abs(difference(h) - exact) / abs(exact) for h in steps])
    for name, difference in differences.items()
}

# %% alt="Three curves of the relative error against the step size, both on logarithmic scales. The forward difference falls to about 1e-8 at a step of 1e-8 and rises on both sides; the central one falls to about 1e-12 at a step near 1e-5; the complex step stays at the precision of the computer for all steps below 1e-8."
set_matplotlib_formats("svg")
grey = ["axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color", "text.color"]
plt.rcParams.update(dict.fromkeys(grey, "#808080"))
plt.rcParams.update(dict.fromkeys(["figure.facecolor", "axes.facecolor"], "none"))
plt.rcParams.update({"figure.figsize": (7, 3.6), "font.size": 12, "legend.frameon": False})
styles = {
    "forward": ("#d9653b", ":"),
    "central": ("#3f8fd0", "--"),
    "complex step": ("#2f9e6e", "-"),
}
figure, axes = plt.subplots()
for name, (colour, line) in styles.items():
    axes.loglog(steps, np.maximum(errors[name], 1e-17), line, color=colour, label=name, lw=2)
axes.set_xlabel("step size")
axes.set_ylabel("relative error")
axes.legend()
figure.tight_layout()
plt.show()

# %% [markdown]
# ## Why there is a best step
#
# A value of the loss is known to a relative error near $2 \cdot 10^{-16}$ only, and a difference divides that error by the step.
# Let $a > 0$ stand for the size of the derivative that a difference neglects and $b > 0$ for the rounding, and let the step $h$ be positive from here on.
#
# For the forward difference the two errors together are at most
#
# $$
# E(h) = \frac{a h}{2} + \frac{b}{h}
# $$
#
# The derivative by the step vanishes where both parts are equal:
#
# $$
# E'(h) = \frac{a}{2} - \frac{b}{h^2}, \qquad
# E\left( \sqrt{\frac{2b}{a}} \right) = \sqrt{2 a b}
# $$
#
# With $b$ near $10^{-16}$ the best step is near $10^{-8}$, and half of the digits are right.
# For the central difference the neglected term is quadratic in the step:
#
# $$
# C(h) = \frac{a h^2}{6} + \frac{b}{h}, \qquad
# C'(h) = \frac{a h}{3} - \frac{b}{h^2}
# $$
#
# $$
# C\left( \left( \frac{3b}{a} \right)^{1/3} \right) = \frac{3 b}{2} \left( \frac{a}{3b} \right)^{1/3}
# $$
#
# Now the best step is near the third root of the rounding, about $10^{-5}$, and two thirds of the digits are right.

# %%
for name, error in errors.items():
    best = np.argmin(error)
    size = "below 1e-14" if error[best] < 1e-14 else f"about 1e{np.log10(error[best]):.0f}"
    print(f"{name:<13} best relative error {size}")
assert 1e-10 < errors["forward"].min() < 1e-7
assert errors["central"].min() < errors["forward"].min() / 10
assert errors["complex step"][steps < 1e-8].max() < 1e-14

# %% [markdown]
# ## What a check finds
#
# A gradient with a mistake is wrong by far more than any of these errors.
# Three usual mistakes, checked with the central difference at a step of $10^{-5}$ in a random direction:

# %%
wrong = {
    "right": gradient,
    "sign": lambda w: -gradient(w),
    "mean forgotten": lambda w: m * gradient(w),
    "sigmoid of the other side": lambda w: -X.T @ (t / (1 + np.exp(-t * (X @ w)))) / m,
}
numerical = differences["central"](1e-5)
for name, candidate in wrong.items():
    error = abs(candidate(place) @ direction - numerical) / abs(numerical)
    print(f"{name:<26} {'agrees' if error < 1e-7 else 'differs'}")
    assert (error < 1e-7) == (name == "right")

# %% [markdown]
# The checks of this site take the complex step first, and central differences where a function is not analytic.
# Where double precision does not decide, they repeat the comparison with fifty digits.

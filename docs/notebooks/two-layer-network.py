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
# # A network from its formulas alone
#
# A network with two layers is trained here to read digits, with nothing but the gradients that [the page on two layers](../networks/two-layers.md) derives.
# scikit-learn's `MLPClassifier` is trained on the same data, as a peer.

# %% [markdown]
# ## The data
#
# The digits data of scikit-learn are 1797 images with eight by eight pixels each.

# %%
import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

images, digits = load_digits(return_X_y=True)
train, test, digits_train, digits_test = train_test_split(
    images / 16, digits, test_size=0.25, random_state=0, stratify=digits
)
targets = np.eye(10)[digits_train]
print(f"{len(train)} images to learn from, {len(test)} to be tested with")

# %% [markdown]
# ## The network
#
# Let $X \in \mathbb{R}^{m \times n}$ hold one image in each row, and let $Y \in \{0, 1\}^{m \times k}$ hold a one at each image's digit.
# The parameters are $W \in \mathbb{R}^{n \times r}$, $b \in \mathbb{R}^r$, $V \in \mathbb{R}^{r \times k}$ and $c \in \mathbb{R}^k$.
# The hidden layer and the scores of the digits are
#
# $$
# H = \tanh(X W + \mathbf{1}_m b^\top), \qquad
# Z = H V + \mathbf{1}_m c^\top
# $$
#
# The softmax of each row of scores gives the probabilities of the digits, $P_{i,:} = \operatorname{softmax}(Z_{i,:})$, and the loss is the mean cross entropy:
#
# $$
# L = -\frac{1}{m} \sum_{i=1}^{m} \sum_{j=1}^{k} Y_{ij} \log P_{ij}
# $$


# %%
def forward(X, W, b, V, c):
    H = np.tanh(X @ W + b)
    return H, H @ V + c


def loss(X, Y, parameters):
    _, Z = forward(X, *parameters)
    highest = Z.max(axis=1, keepdims=True)
    total = np.log(np.exp(Z - highest).sum(axis=1)) + highest[:, 0]
    return np.mean(total - np.sum(Y * Z, axis=1))


# %% [markdown]
# ## Backwards
#
# The way back begins at the scores.
#
# $$
# \nabla_Z L = \frac{1}{m} \left( \operatorname{diag}(Y \mathbf{1}) P - Y \right)
# $$
#
# Each row of $Y$ has a single one, so that the diagonal matrix is the identity here, and the gradient is the difference between probabilities and targets.
# Let $G \in \mathbb{R}^{m \times k}$ be this or any other gradient by the scores, and follow it back through $K = \operatorname{tr}(G^\top Z)$.
#
# $$
# \nabla_V K = H^\top G, \qquad
# \nabla_c K = G^\top \mathbf{1}_m, \qquad
# \nabla_H K = G V^\top
# $$
#
# Behind the hyperbolic tangent stands $D$, the gradient by its argument:
#
# $$
# D = (G V^\top) \odot \left( \mathbf{1}_m \mathbf{1}_r^\top - H \odot H \right)
# $$
#
# $$
# \nabla_W K = X^\top D, \qquad
# \nabla_b K = D^\top \mathbf{1}_m
# $$


# %%
def gradients(X, Y, parameters):
    _, _, V, _ = parameters
    H, Z = forward(X, *parameters)
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P /= P.sum(axis=1, keepdims=True)
    G = (P - Y) / len(X)
    D = (G @ V.T) * (1 - H * H)
    return X.T @ D, D.sum(axis=0), H.T @ G, G.sum(axis=0)


# %% [markdown]
# The code is compared with central differences in a random direction before it learns anything.

# %%
rng = np.random.default_rng(0)
hidden = 40
parameters = [
    rng.normal(size=(64, hidden)) / 8,
    np.zeros(hidden),
    rng.normal(size=(hidden, 10)) / np.sqrt(hidden),
    np.zeros(10),
]
direction = [rng.normal(size=one.shape) for one in parameters]
step = 1e-6


def moved(by):
    return [one + by * way for one, way in zip(parameters, direction, strict=True)]


numerical = (loss(train, targets, moved(step)) - loss(train, targets, moved(-step))) / (2 * step)
found = gradients(train, targets, parameters)
derived = sum(np.sum(one * way) for one, way in zip(found, direction, strict=True))
assert abs(derived - numerical) < 1e-6 * abs(numerical)
print("all four gradients agree with differences of the loss")

# %% [markdown]
# ## Learning
#
# Plain gradient descent with momentum, in batches of 64 images.

# %%
velocity = [np.zeros_like(one) for one in parameters]
for epoch in range(1, 61):
    order = rng.permutation(len(train))
    for start in range(0, len(train), 64):
        batch = order[start : start + 64]
        found = gradients(train[batch], targets[batch], parameters)
        velocity = [0.9 * old - 0.1 * new for old, new in zip(velocity, found, strict=True)]
        parameters = [one + way for one, way in zip(parameters, velocity, strict=True)]
    if epoch % 20 == 0:
        print(f"epoch {epoch}: loss below {np.ceil(200 * loss(train, targets, parameters)) / 200}")


def accuracy(scores, digits):
    return np.mean(scores.argmax(axis=1) == digits)


ours = accuracy(forward(test, *parameters)[1], digits_test)
peer = MLPClassifier((hidden,), activation="tanh", tol=1e-3, max_iter=400, random_state=0)
theirs = peer.fit(train, digits_train).score(test, digits_test)
assert ours > 0.95
assert abs(ours - theirs) < 0.02
print(f"our network reads {100 * ours:.0f} % of the test images")
print(f"that of scikit-learn {100 * theirs:.0f} %")

# %% [markdown]
# Two networks with the same layers, trained in different ways, read about as well.
# What the formulas say is all that the first one knows.

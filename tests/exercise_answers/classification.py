"""The answers to the exercises of the pages on classification."""

from __future__ import annotations

from tests.exercise_answers import Answers

ANSWERS: dict[str, Answers] = {
    "The mean of values that do not move": Answers(
        (
            r"\operatorname{softmax}(t)_k (a_k - \operatorname{softmax}(t)^\top a)",
            r"\frac{e^{t_k}}{\sum_{j=1}^K e^{t_j}} (a_k - m)",
        ),
        (
            r"\operatorname{softmax}(t)_k a_k",
            r"\operatorname{softmax}(t)_k (1 - \operatorname{softmax}(t)_k) a_k",
            r"\operatorname{softmax}(t)_k (m - a_k)",
        ),
    ),
    "A soft minimum": Answers(
        (
            r"\frac{\exp(-\gamma t)}{\sum_{k=1}^K e^{-\gamma t_k}}",
            r"\exp(\gamma (m \mathbf{1} - t))",
        ),
        (
            r"-\operatorname{softmax}(-\gamma t)",
            r"\operatorname{softmax}(\gamma t)",
            r"\frac{1}{\gamma} \operatorname{softmax}(-\gamma t)",
            r"\operatorname{softmax}(-\gamma t)^\top",
        ),
    ),
    "Instances that count several times": Answers(
        (
            r"A^\top \operatorname{diag}(c) (q - u)",
            r"\sum_{i=1}^m c_i (q_i - u_i) A_{i,:}^\top",
            r"A^\top (c \odot q) - A^\top (c \odot u)",
        ),
        (
            r"A^\top (q - u)",
            r"A^\top (c \odot (u - q))",
            r"A^\top (c \odot (q - u) \odot q \odot (\mathbf{1} - q))",
            r"A (c \odot (q - u))",
        ),
    ),
    "The loss of boosting": Answers(
        (
            r"-\sum_{i=1}^m z_i e^{-z_i (B \beta)_i} B_{i,:}^\top",
            r"-B^\top \operatorname{diag}(z) \exp(-z \odot B \beta)",
        ),
        (
            r"B^\top (z \odot \exp(-z \odot B \beta))",
            r"-B^\top \exp(-z \odot B \beta)",
            r"-B (z \odot \exp(-z \odot B \beta))",
        ),
    ),
    "Counts instead of labels": Answers(
        (
            r"\sum_{i=1}^m e^{(A \beta)_i} A_{i,:}^\top A_{i,:}",
            r"(\operatorname{diag}(\exp(A \beta)) A)^\top A",
        ),
        (
            r"A^\top \operatorname{diag}(\exp(A \beta) - c) A",
            r"A^\top A",
            r"-A^\top \operatorname{diag}(\exp(A \beta)) A",
            r"A \operatorname{diag}(\exp(A \beta)) A^\top",
        ),
    ),
    "The entropy of a softmax": Answers(
        (
            r"-r \odot (\log r - (r^\top \log r) \mathbf{1})",
            r"-(\operatorname{diag}(r) - r r^\top) \log r",
        ),
        (
            r"-r \odot (\log r + \mathbf{1})",
            r"r \odot (\log r + E \mathbf{1})",
            r"-\log r - \mathbf{1}",
        ),
    ),
    "Instances with weights, many classes": Answers(
        (
            r"A^\top (c \mathbf{1}_K^\top \odot (G - T))",
            r"\sum_{i=1}^m c_i A_{i,:}^\top (G_{i,:} - T_{i,:})",
        ),
        (
            r"A^\top (G - T)",
            r"A^\top \operatorname{diag}(c) (T - G)",
            r"\operatorname{diag}(c) A^\top (G - T)",
        ),
    ),
}

"""How good a ranking is."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike


def in_order(
    labels: ArrayLike, scores: ArrayLike
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """The labels from the highest score to the lowest; of equal scores the first comes first."""
    found: np.ndarray[tuple[int], np.dtype[np.float64]] = np.asarray(
        labels, dtype=float
    )[np.argsort(-np.asarray(scores, dtype=float), kind="stable")]
    return found


def average_precision(labels: ArrayLike, scores: ArrayLike) -> float:
    """The mean, over all that is to be found, of the precision down to it; 0 if nothing is."""
    ranked = in_order(labels, scores)
    if not ranked.any():
        return 0.0
    precision = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    return float(precision @ ranked / ranked.sum())


def recall_in_top(labels: ArrayLike, scores: ArrayLike, share: float = 0.2) -> float:
    """How much of what is to be found stands in the best `share` of all; 0 if nothing is."""
    ranked = in_order(labels, scores)
    if not ranked.any():
        return 0.0
    top = max(round(len(ranked) * share), 1)
    return float(ranked[:top].sum() / ranked.sum())


def agreement(first: Sequence[int], second: Sequence[int]) -> float:
    """Cohen's kappa of two rounds of labels: 1 for the same, 0 for what chance gives."""
    a, b = np.asarray(first), np.asarray(second)
    seen = float(np.mean(a == b))
    by_chance = sum(
        float(np.mean(a == label) * np.mean(b == label)) for label in {*first, *second}
    )
    return 1.0 if by_chance == 1 else (seen - by_chance) / (1 - by_chance)

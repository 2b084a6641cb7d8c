"""The detector that comes with the product: a logistic regression over vector and features."""

from collections.abc import Sequence

import numpy as np

from .asides import aside
from .encoding import Encoder, encoder
from .features import FEATURES, features
from .reasons import reasons_of
from .values import Candidate, Sentence
from .weights import Scores, Weights, shipped

# What a question or a caption loses: more than any sentence can gain.
SUNK = 100.0


class Ranker:
    """Ranks by `weights`; without an encoder, or with another than theirs, by features alone.

    Which of the two it is stands in its name, and with that on each suggestion it makes.
    """

    def __init__(self, weights: Weights, encoder: Encoder | None) -> None:
        self.weights = weights
        self.encoder = (
            encoder if encoder and named(encoder) == weights.encoder else None
        )

    @property
    def name(self) -> str:
        return (
            "logistic, vectors and features"
            if self.encoder
            else "logistic, features alone"
        )

    @property
    def version(self) -> str:
        return self.weights.version

    def rank(self, sentences: Sequence[Sentence], *, language: str) -> list[Candidate]:
        judged = [sentence for sentence in sentences if not aside(sentence)]
        rows = [features(sentence, language=language) for sentence in judged]
        scores = self.scores_of(judged, table(rows))
        found = [
            Candidate(sentence.span, round(float(score), 4), reasons_of(row))
            for sentence, row, score in zip(judged, rows, scores, strict=True)
        ]
        return sorted(found, key=lambda candidate: (-candidate.score, candidate.span))

    def scores(self, sentences: Sequence[Sentence], *, language: str) -> Scores:
        """A score for every sentence in turn; those that are no running text are at the end."""
        rows = table([features(sentence, language=language) for sentence in sentences])
        sunk = np.array([bool(aside(sentence)) for sentence in sentences], dtype=float)
        return self.scores_of(sentences, rows) - SUNK * sunk

    def scores_of(self, sentences: Sequence[Sentence], rows: Scores) -> Scores:
        texts = [sentence.text for sentence in sentences]
        vectors = self.encoder.vectors(texts) if self.encoder else None
        return self.weights.scores(rows, vectors)


def named(encoder: Encoder) -> str:
    """Name and version of an encoder, as weights keep them."""
    return f"{encoder.name} {encoder.version}"


def table(rows: Sequence[dict[str, float]]) -> Scores:
    """The features of several sentences, in the order of `FEATURES`."""
    values = [[row[name] for name in FEATURES] for row in rows]
    return np.array(values, dtype=float).reshape(len(rows), len(FEATURES))


def ranker(weights: Weights | None = None, *, alone: bool = False) -> Ranker:
    """The detector of this process, with the shipped weights or others; `alone`: no encoder."""
    return Ranker(weights or shipped(), None if alone else encoder())

"""Sentences that were judged, and what the regression sees of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from annotations.text.spans import Span

from .asides import aside
from .encoding import Encoder
from .features import features
from .ranking import SUNK, table
from .values import Sentence

type Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and whether it was found to ask for a check: 1 or 0.

    `document` is what its sentences are left out with in cross-validation; `weight` is how
    many examples it counts as.
    """

    text: str
    label: int
    language: str
    document: str
    weight: float = 1.0
    kind: str = "paragraph"
    number: int = 0
    count: int = 1

    @property
    def sentence(self) -> Sentence:
        return Sentence(
            self.text, Span(0, len(self.text)), self.kind, self.number, self.count
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """Examples as numbers; `vectors` is None where there is no encoder.

    `sunk` is what a question or a caption loses, whatever else it is.
    """

    rows: Array
    vectors: Array | None
    labels: Array
    weights: Array
    sunk: Array
    languages: NDArray[np.str_]
    documents: NDArray[np.str_]

    def part(self, chosen: NDArray[np.bool_]) -> "Seen":
        return Seen(
            self.rows[chosen],
            None if self.vectors is None else self.vectors[chosen],
            self.labels[chosen],
            self.weights[chosen],
            self.sunk[chosen],
            self.languages[chosen],
            self.documents[chosen],
        )

    def alone(self) -> "Seen":
        """The same without vectors."""
        return replace(self, vectors=None)


def seen(examples: Sequence[Example], encoder: Encoder | None) -> Seen:
    """The numbers of `examples`: what takes time, so it is done once."""
    sentences = [example.sentence for example in examples]
    rows = [
        features(sentence, language=example.language)
        for sentence, example in zip(sentences, examples, strict=True)
    ]
    vectors = (
        encoder.vectors([example.text for example in examples]) if encoder else None
    )
    return Seen(
        table(rows),
        None if vectors is None else vectors.astype(float),
        np.array([example.label for example in examples], dtype=float),
        np.array([example.weight for example in examples], dtype=float),
        SUNK * np.array([bool(aside(sentence)) for sentence in sentences], dtype=float),
        np.array([example.language[:2].lower() for example in examples], dtype=str),
        np.array([example.document for example in examples], dtype=str),
    )


def joined(first: Seen, second: Seen) -> Seen:
    """The examples of both; with vectors if both have them."""
    vectors = None
    if first.vectors is not None and second.vectors is not None:
        vectors = np.vstack([first.vectors, second.vectors])
    return Seen(
        np.vstack([first.rows, second.rows]),
        vectors,
        np.concatenate([first.labels, second.labels]),
        np.concatenate([first.weights, second.weights]),
        np.concatenate([first.sunk, second.sunk]),
        np.concatenate([first.languages, second.languages]),
        np.concatenate([first.documents, second.documents]),
    )


def folds(documents: NDArray[np.str_], count: int) -> NDArray[np.int_]:
    """The fold of each example: a document's are all in one, documents take turns by name."""
    place = {name: n % count for n, name in enumerate(sorted(set(documents.tolist())))}
    return np.array([place[name] for name in documents.tolist()], dtype=int)

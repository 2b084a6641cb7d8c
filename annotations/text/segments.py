"""A block cut up for painting: flat segments, each with every passage that lies on it."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .spans import Span


@dataclass(frozen=True, slots=True)
class Segment[K]:
    """Words that are painted alike.

    `keys` are those of the passages over the segment, as the passages begin, the longer
    ones first; `begins` are those among them whose first character is the segment's:
    the one place for their id and label. `sentence` is the index of the sentence that
    covers the segment, or None between sentences.
    """

    span: Span
    keys: tuple[K, ...]
    begins: tuple[K, ...]
    sentence: int | None


def cut[K](
    within: Span, passages: Sequence[tuple[Span, K]], at: Sequence[Span]
) -> list[Segment[K]]:
    """The segments of the block `within`, which they fill without a gap, in reading order.

    The block is cut where a passage or a sentence of `at` starts or ends; `at` is in
    reading order and free of overlaps. Passages may reach beyond the block; empty ones
    are left out. Takes time in proportion to what it returns, and sorting.
    """
    here = sorted(
        (item for item in passages if item[0].overlaps(within)),
        key=lambda item: (item[0].start, -item[0].end),
    )
    starts: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for rank, (span, _) in enumerate(here):
        starts.setdefault(max(span.start, within.start), []).append(rank)
        ends.setdefault(span.end, []).append(rank)
    sentence_starts = {
        max(s.start, within.start): i for i, s in enumerate(at) if s.overlaps(within)
    }
    sentence_ends = {at[i].end for i in sentence_starts.values()}

    inner = starts.keys() | ends.keys() | sentence_starts.keys() | sentence_ends
    cuts = sorted(
        {offset for offset in inner if within.start < offset < within.end}
        | {within.start, within.end}
    )
    segments = []
    over: list[int] = []  # ranks of the passages over the segment, in order
    sentence: int | None = None
    for start, end in pairwise(cuts):
        for rank in ends.get(start, ()):
            del over[bisect_left(over, rank)]
        begun = starts.get(start, ())
        for rank in begun:
            insort(over, rank)
        if start in sentence_ends:
            sentence = None
        sentence = sentence_starts.get(start, sentence)
        segments.append(
            Segment(
                Span(start, end),
                tuple([here[rank][1] for rank in over]),
                tuple(
                    [here[rank][1] for rank in begun if here[rank][0].start == start]
                ),
                sentence,
            )
        )
    return segments


def share_out[K](
    passages: Sequence[tuple[Span, K]], blocks: Sequence[Span]
) -> list[list[tuple[Span, K]]]:
    """For each of `blocks`, the passages that have words in it, as they begin.

    `blocks` are in reading order and free of overlaps. A passage over several blocks
    is in each one's list, whole.
    """
    shares: list[list[tuple[Span, K]]] = [[] for _ in blocks]
    ends = [block.end for block in blocks]
    for span, key in sorted(passages, key=lambda item: (item[0].start, -item[0].end)):
        number = bisect_left(ends, span.start + 1)
        while number < len(blocks) and blocks[number].start < span.end:
            shares[number].append((span, key))
            number += 1
    return shares

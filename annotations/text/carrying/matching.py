"""Which tokens of one text are which of another: the heaviest common sequence of both."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from .folding import SIGN, SMALL_WORD, Token

# Tokens of one text times tokens of the other that are compared each with each: two
# paragraphs of 750 words in a few milliseconds. Above, the texts are cut where they have
# three words in common that each has once, and what has none is left without a match.
MOST_CELLS = 600_000
TOGETHER = 3

EXACT = 4  # times its weight: a token in the same spelling
# And the weight of either neighbour, if that agrees as well: a row beats stray words.
ALIKE = 1  # times its weight: a form of the same word, or another figure
# A match with no more weight, and with so many tokens unmatched on both its sides in
# either text, is chance.
CHANCE = 2 * SMALL_WORD
APART = 3
LONGEST_SLIDE = 40
JOINTS = frozenset({"et", "ou", "and", "or", "mais", "but"})


def matched(old: Sequence[Token], new: Sequence[Token]) -> list[int]:
    """For each token of `old` the index of the one in `new` that it became, or -1.

    Indices rise: what moved within has no match. Takes time in proportion to the
    number of tokens, times a constant that `MOST_CELLS` bounds.
    """
    found = [-1] * len(old)
    for first, past, other, other_past in parts(old, new):
        for at, index in enumerate(aligned(old[first:past], new[other:other_past])):
            if index >= 0:
                found[first + at] = other + index
    drop_chance(found, old, len(new))
    slide(found, old)
    back = [-1] * len(new)
    for index, other in enumerate(found):
        if other >= 0:
            back[other] = index
    slide(back, new)
    for other, index in enumerate(back):
        if index >= 0:
            found[index] = other
    return found


def parts(
    old: Sequence[Token], new: Sequence[Token]
) -> Iterator[tuple[int, int, int, int]]:
    """Ranges of both, in order, each small enough to be compared token by token."""
    if len(old) * len(new) <= MOST_CELLS:
        yield 0, len(old), 0, len(new)
        return
    first = other = 0
    for at, index in [*anchors(old, new), (len(old), len(new))]:
        if 0 < (at - first) * (index - other) <= MOST_CELLS:
            yield first, at, other, index
        first, other = at, index


def anchors(old: Sequence[Token], new: Sequence[Token]) -> list[tuple[int, int]]:
    """Where words start that each text has once, and in the same order; rising in both."""
    ours, theirs = places_of_runs(old), places_of_runs(new)
    pairs = sorted((at, theirs[run]) for run, at in ours.items() if run in theirs)
    return [pairs[index] for index in longest_rising([other for _, other in pairs])]


def places_of_runs(row: Sequence[Token]) -> dict[tuple[str, ...], int]:
    """The runs of tokens that occur once, and where."""
    keys = [token.key for token in row]
    runs = list(zip(*(keys[shift:] for shift in range(TOGETHER)), strict=False))
    counts = Counter(runs)
    return {run: at for at, run in enumerate(runs) if counts[run] == 1}


def longest_rising(values: Sequence[int]) -> list[int]:
    """The indices of a longest strictly rising subsequence."""
    tails: list[int] = []
    ends: list[int] = []
    before = [-1] * len(values)
    for index, value in enumerate(values):
        place = bisect_left(tails, value)
        if place:
            before[index] = ends[place - 1]
        tails[place : place + 1] = [value]
        ends[place : place + 1] = [index]
    chain = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(index)
        index = before[index]
    return chain[::-1]


def aligned(old: Sequence[Token], new: Sequence[Token]) -> list[int]:
    """The heaviest common sequence, with every token compared with every other."""
    found = [-1] * len(old)
    if not old or not new:
        return found
    numbers: dict[str, int] = {}

    def coded(words: list[str]) -> np.ndarray:
        return np.array([numbers.setdefault(word, len(numbers)) for word in words])

    same = np.equal.outer(coded([t.key for t in old]), coded([t.key for t in new]))
    alike = np.equal.outer(coded([t.stem for t in old]), coded([t.stem for t in new]))
    weights = np.array([token.weight for token in old], dtype=np.int32)[:, None]
    # Neighbours of the first and the last tokens agree: the ends of both texts.
    beside = np.zeros(same.shape, dtype=np.int32)
    beside[1:, 1:] += weights[:-1] * (same | alike)[:-1, :-1]
    beside[:-1, :-1] += weights[1:] * (same | alike)[1:, 1:]
    beside[0, 0] += SMALL_WORD
    beside[-1, -1] += SMALL_WORD
    # A small word or a sign alone is no match.
    counts = same & ((weights > SMALL_WORD) | (beside > 0))
    alike &= weights > SMALL_WORD
    worth = np.where(counts, EXACT * weights + beside, ALIKE * weights * alike)
    best = np.zeros((len(old) + 1, len(new) + 1), dtype=np.int32)
    for row in range(len(old)):
        above = best[row]
        np.maximum.accumulate(
            np.maximum(above[1:], above[:-1] + worth[row]), out=best[row + 1, 1:]
        )
    row, column = len(old), len(new)
    while row and column:
        here = best[row, column]
        if here == best[row - 1, column]:
            row -= 1
        elif here == best[row, column - 1]:
            column -= 1
        else:
            row, column = row - 1, column - 1
            found[row] = column
    return found


def drop_chance(found: list[int], old: Sequence[Token], length: int) -> None:
    """Unmatch the small words that happen to stand between what has no match."""
    runs = list(runs_of(found))
    ahead = (0, 0)  # past what is matched before, in either text
    for place, (first, past) in enumerate(runs):
        after = found[past - 1] + 1
        next_run = runs[place + 1][0] if place + 1 < len(runs) else None
        behind = (len(old), length) if next_run is None else (next_run, found[next_run])
        is_chance = (
            sum(token.weight for token in old[first:past]) <= CHANCE
            and max(first - ahead[0], found[first] - ahead[1]) >= APART
            and max(behind[0] - past, behind[1] - after) >= APART
        )
        if is_chance:
            found[first:past] = [-1] * (past - first)
        else:
            ahead = (past, after)


def slide(found: list[int], row: Sequence[Token]) -> None:
    """Moves what was only taken out to where it parts no figure from what belongs to it.

    Of "de 4 % en 2022 et de 4 % en 2023" one half may be taken out at several places that
    leave the same words: "2022 et de 4 % en" is one, "de 4 % en 2022 et" is meant.
    """
    runs = list(runs_of(found))
    for (_, first), (past, _) in pairwise(runs):
        if found[past] != found[first - 1] + 1:
            continue
        options = [(cost_of_parting(row, first, past), 0)]
        for step in (-1, 1):
            start, end = first, past
            while abs(start - first) < LONGEST_SLIDE:
                out, into = (start - 1, end - 1) if step < 0 else (end, start)
                if not 0 <= out < len(row) or found[out] < 0:
                    break
                if row[out].key != row[into].key:
                    break
                start, end = start + step, end + step
                options.append((cost_of_parting(row, start, end), start - first))
        shift = min(options, key=lambda option: (option[0], abs(option[1])))[1]
        if shift > 0:
            for at in range(shift):
                found[first + at], found[past + at] = found[past + at], -1
        for at in range(1, 1 - shift):
            found[past - at], found[first - at] = found[first - at], -1


def cost_of_parting(row: Sequence[Token], first: int, past: int) -> int:
    """How badly the words from `first` up to `past` can be taken out."""
    cost = 0
    for at in (first, past):
        if 0 < at < len(row):
            is_part = row[at].stem[0] == "#" or row[at - 1].stem == "#number"
            cost += 2 * is_part
    ends_a_part = row[past - 1].weight == SIGN or row[past - 1].key.lower() in JOINTS
    return cost - ends_a_part


def runs_of(found: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The ranges of matched tokens that stand side by side in both texts."""
    first = None
    for at in range(len(found) + 1):
        goes_on = (
            first is not None
            and at < len(found)
            and found[at] >= 0
            and found[at] == found[at - 1] + 1
        )
        if goes_on:
            continue
        if first is not None:
            yield first, at
        first = at if at < len(found) and found[at] >= 0 else None

"""How alike two wordings are by the words they share, wherever those stand."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .folding import SIGN, Token

# Words that lead to what is like a wording: its rarest, if not too much has them. What
# most of them lead to is compared in full.
WORDS_LOOKED_UP = 20
MOST_WITH_A_WORD = 100
MOST_COMPARED = 12
MOST_FOUND = 6


@dataclass(frozen=True, slots=True)
class Bag:
    """The words of a wording, forms of one word as one, figures as they are, and their weight."""

    counts: Counter[str]
    weights: dict[str, int]
    total: int


def bag_of(row: Iterable[Token]) -> Bag:
    counts: Counter[str] = Counter()
    weights: dict[str, int] = {}
    for token in row:
        if token.weight > SIGN:
            word = token.key.lower() if token.stem[0] == "#" else token.stem
            counts[word] += 1
            weights[word] = token.weight
    return Bag(counts, weights, total_of(counts, weights))


def total_of(counts: Mapping[str, int], weights: Mapping[str, int]) -> int:
    return sum(weights[word] * count for word, count in counts.items())


def joined(one: Bag, other: Bag) -> Bag:
    return Bag(
        one.counts + other.counts,
        one.weights | other.weights,
        one.total + other.total,
    )


def likeness(one: Bag, other: Bag) -> float:
    """The share of the weight of both that both have (Dice's coefficient), from 0 to 1."""
    common = sum(
        one.weights[word] * min(count, other.counts[word])
        for word, count in one.counts.items()
        if word in other.counts
    )
    return 2 * common / (one.total + other.total) if one.total + other.total else 0.0


class Index:
    """Wordings by their words: those that are like another are found without reading all."""

    def __init__(self, bags: Mapping[int, Bag]) -> None:
        self.bags = bags
        self.places: dict[str, list[int]] = defaultdict(list)
        for number, bag in bags.items():
            for word in bag.counts:
                self.places[word].append(number)

    def best(self, bag: Bag) -> list[tuple[float, int]]:
        """Likeness and number of those most like `bag`, the best first."""
        known = [word for word in bag.counts if word in self.places]
        known.sort(key=lambda word: (len(self.places[word]), word))
        shared: Counter[int] = Counter()
        for word in known[:WORDS_LOOKED_UP]:
            if len(self.places[word]) <= MOST_WITH_A_WORD:
                for number in self.places[word]:
                    shared[number] += bag.weights[word]
        nearest = sorted(shared, key=lambda number: (-shared[number], number))
        found = [
            (likeness(bag, self.bags[number]), number)
            for number in nearest[:MOST_COMPARED]
        ]
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        return found[:MOST_FOUND]

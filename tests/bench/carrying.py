"""Passages carried over to an edited text: ours beside the peer, on labelled cases, and timed.

`REANCHOR_DATA=folder` scores `pairs.jsonl` and `cases.jsonl` there as well.
"""

import json
import os
import random
import re
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from annotations.text.carrying import Carried, Carrier
from annotations.text.segmentation import sentences
from annotations.text.spans import Span
from tests.bench.peer import found_by_peer
from tests.text.carrying_cases import cases

ROUNDS = 5
PARAGRAPHS = re.compile(r"\S.*?(?=\n\s*\n|\s*\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Question:
    """A passage, what should become of it, and both texts."""

    group: tuple[str, str]
    old: str
    span: Span
    new: str
    gold: Span | None
    carrier: Carrier


def labelled() -> Iterator[Question]:
    """The cases that were labelled by hand."""
    carriers: dict[str, Carrier] = {}
    for case in cases():
        old, new = case.old, case.new
        if old.text not in carriers:
            carriers[old.text] = Carrier(old.text, old.blocks, new.text, new.blocks)
        yield Question(
            (case.label, case.kind),
            old.text,
            case.span,
            new.text,
            case.gold,
            carriers[old.text],
        )


def from_folder(folder: Path) -> Iterator[Question]:
    """The cases of a folder, as its README says."""
    pairs = {row["pair"]: row for row in lines(folder / "pairs.jsonl")}
    carriers: dict[object, Carrier] = {}
    for case in lines(folder / "cases.jsonl"):
        pair = pairs[case["pair"]]
        old, new = pair["old"], pair["new"]
        if case["pair"] not in carriers:
            carriers[case["pair"]] = Carrier(old, blocks(old), new, blocks(new))
        yield Question(
            (case["class"], case["kind"]),
            old,
            Span(*case["old"]),
            new,
            Span(*case["gold"]) if case["gold"] else None,
            carriers[case["pair"]],
        )


def lines(path: Path) -> Iterator[dict]:
    # Not `splitlines`: the texts may have other line ends.
    return map(json.loads, filter(None, path.read_text().split("\n")))


def blocks(text: str) -> list[Span]:
    return [Span(*found.span()) for found in PARAGRAPHS.finditer(text)]


def share(one: Span, other: Span) -> float:
    """Intersection over union."""
    common = max(0, min(one.end, other.end) - max(one.start, other.start))
    return common / (max(one.end, other.end) - min(one.start, other.start))


def grade(gold: Span | None, span: Span | None) -> str:
    if span is None:
        return "not placed"
    if gold is None:
        return "placed"
    if span == gold:
        return "exact"
    near = share(span, gold)
    return "≥ 0.8" if near >= 0.8 else "≥ 0.5" if near >= 0.5 else "wrong"


def table(questions: Iterable[Question]) -> None:
    """What was taken without a person, ours and the peer's; and what a person is shown."""
    ours: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    theirs: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    asked: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for question in questions:
        answer = question.carrier.carry(question.span)
        peer = found_by_peer(question.old, question.span, question.new)
        ours[question.group][grade(question.gold, answer.span)] += 1
        theirs[question.group][grade(question.gold, peer)] += 1
        if answer.span is None:
            asked[question.group][answer.outcome.value.replace("_", " ")] += 1
            if question.gold and is_shown(answer, question.gold):
                asked[question.group]["place shown"] += 1
    for group in sorted(ours):
        count = sum(ours[group].values())
        print(f"  {' '.join(group)}, {count}")
        print(f"    ours       {shares(ours[group], count)}")
        if asked[group]:
            print(f"    to a person: {shares(asked[group], count)}")
        print(f"    the peer   {shares(theirs[group], count)}")


def is_shown(answer: Carried, gold: Span) -> bool:
    return any(share(proposal.span, gold) >= 0.8 for proposal in answer.proposals)


def shares(counts: Counter[str], count: int) -> str:
    return "   ".join(
        f"{name} {100 * number / count:.1f} %"
        for name, number in sorted(counts.items(), key=lambda item: -item[1])
    )


PLACES = [
    "Arzac",
    "Bellune",
    "Corlay",
    "Dinan",
    "Épieds",
    "Ferrand",
    "Gouarec",
    "Hennebont",
    "Ivry",
    "Josselin",
]
THINGS = [
    "écoles",
    "routes",
    "ponts",
    "lits",
    "arbres",
    "trains",
    "maisons",
    "bus",
    "bancs",
    "stades",
]


def article(length: int) -> list[str]:
    """Paragraphs of made-up news, all different, so long in all."""
    chance = random.Random(length)
    paragraphs: list[str] = []
    total = 0
    while total < length:
        sentences = [
            f"À {chance.choice(PLACES)}, {chance.randrange(10_000)} {chance.choice(THINGS)} "
            f"ont été {chance.choice(['ouverts', 'fermés', 'rénovés', 'vendus'])} "
            f"{chance.choice(['par la ville', 'sans appel d’offres', 'depuis le printemps'])}, "
            f"selon {chance.choice(['le maire', 'la préfecture', 'un rapport'])} "
            f"de {chance.choice(PLACES)}."
            for _ in range(chance.randrange(2, 7))
        ]
        paragraphs.append(" ".join(sentences))
        total += len(paragraphs[-1]) + 2
    return paragraphs


def edited(paragraphs: list[str], often: float) -> list[str]:
    """The paragraphs with so many of them edited, and a few moved, deleted and inserted."""
    chance = random.Random(len(paragraphs))
    found = []
    for paragraph in paragraphs:
        words = paragraph.split(" ")
        if chance.random() < often:
            at = chance.randrange(len(words))
            words[at : at + chance.randrange(2)] = ["notamment"]
        if chance.random() > often / 10:
            found.append(" ".join(words))
        if chance.random() < often / 10:
            found.append(f"Mise à jour : {chance.choice(article(100))}")
    found.append(found.pop(len(found) // 3))
    return found


def timings() -> None:
    old, new = article(60_000), edited(article(60_000), 0.3)
    text, other = "\n\n".join(old), "\n\n".join(new)
    spans = random.Random(1).sample(sentences(text), 500)

    def all_of_them() -> None:
        carrier = Carrier(text, blocks(text), other, blocks(other))
        for span in spans:
            carrier.carry(span)

    print(
        f"500 passages, 60 000 characters             {seconds(all_of_them):7.2f} s     aim < 2"
    )
    long = article(1_000_000)
    text = "\n\n".join(long)
    before, all_spans = blocks(text), sentences(text)
    for name, often in (("one in a hundred", 0.01), ("every third", 0.3)):
        other = "\n\n".join(edited(long, often))
        after = blocks(other)
        gone = [span for span in all_spans if span.of(text) not in other]
        spans = random.Random(2).sample(gone, 5)
        carrier = Carrier(text, before, other, after)
        reading = seconds(partial(Carrier, text, before, other, after))
        first = [seconds(partial(carrier.carry, span), rounds=1) for span in spans]
        print(
            f"one passage in 1 000 000 characters, {name} paragraphs edited\n"
            f"      both texts compared                   {1000 * reading:7.1f} ms\n"
            f"      and then an edited passage            {1000 * statistics.median(first):7.1f} ms, "
            f"{1000 * max(first):.1f} at worst"
            f"   aim < 60"
        )
        peer = seconds(partial(found_by_peer, text, spans[0], other), rounds=1)
        print(f"      the peer, an edited passage           {1000 * peer:7.1f} ms")


def seconds(deed: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The processor's time that the deed takes, the least of several times."""
    took = []
    for _ in range(rounds):
        began = time.process_time()
        deed()
        took.append(time.process_time() - began)
    return min(took)


def main() -> None:
    print("passages in an edited text, labelled by hand")
    table(labelled())
    timings()
    if folder := os.environ.get("REANCHOR_DATA"):
        print(f"passages in {folder}")
        table(from_folder(Path(folder)))


if __name__ == "__main__":
    main()

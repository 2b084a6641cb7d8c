"""What a detector is given and what it gives: the protocol that any of them keeps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from annotations.text.blocks import Block
from annotations.text.segmentation import sentences
from annotations.text.spans import Span

# One sentence in so many is shown: an editor reads a page of 40 sentences and finds six marked.
SHARE = 1 / 7
# So many neighbours in a row are shown at most, as long as there are others to show.
LONGEST_RUN = 2


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an edition, where it stands, and in what.

    `kind` is that of its block: "paragraph", "subhead", "list" and so on; one that is not
    known is read as a paragraph. `number` counts the edition's sentences from 0, of `count`
    in all; a sentence alone is the only one.
    """

    text: str
    span: Span
    kind: str = "paragraph"
    number: int = 0
    count: int = 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be checked: the higher the `score`, the more it asks for it.

    Scores rank; they are no probabilities, and those of two detectors do not compare.
    `reasons` are slugs of `REASONS`, the strongest first.
    """

    span: Span
    score: float
    reasons: tuple[str, ...]


class Detector(Protocol):
    """What ranks sentences: ours, or any other program or service in its place.

    `name` and `version` are kept with every suggestion, and change when its answers may.
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def rank(self, sentences: Sequence[Sentence], *, language: str) -> list[Candidate]:
        """A candidate for each sentence that can be judged, the best first.

        Questions, captions, subheads and teasers need none. The same sentences give the
        same list. `language` is that of the article: "fr", "en-GB".
        """
        ...


def sentences_of(text: str, blocks: Iterable[Block]) -> list[Sentence]:
    """The sentences of a laid-out `text`, in reading order."""
    found = [
        (span, block.kind) for block in blocks for span in sentences(text, block.span)
    ]
    return [
        Sentence(span.of(text), span, kind, number, len(found))
        for number, (span, kind) in enumerate(found)
    ]


def calm(candidates: Sequence[Candidate], *, share: float = SHARE) -> list[Candidate]:
    """The few of a detector's `candidates` to show, in reading order.

    They are the best: one in seven, or another `share`, but one at least if there is one.
    They are spread: a sentence that would be the third of three neighbours waits until
    no other is left.
    """
    wanted = min(max(round(len(candidates) * share), 1), len(candidates))
    places = {
        candidate.span: place
        for place, candidate in enumerate(sorted(candidates, key=lambda c: c.span))
    }
    shown: dict[int, Candidate] = {}
    waiting: list[Candidate] = []
    for candidate in candidates:
        if len(shown) == wanted:
            break
        place = places[candidate.span]
        if run_with(place, shown) > LONGEST_RUN:
            waiting.append(candidate)
        else:
            shown[place] = candidate
    for candidate in waiting[: wanted - len(shown)]:
        shown[places[candidate.span]] = candidate
    return [shown[place] for place in sorted(shown)]


def run_with(place: int, taken: Iterable[int]) -> int:
    """How many neighbours in a row there are once `place` is taken, too."""
    places = {*taken, place}
    first = last = place
    while first - 1 in places:
        first -= 1
    while last + 1 in places:
        last += 1
    return last - first + 1

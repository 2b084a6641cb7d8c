"""Following a passage from text to text: what its words were, and where they are now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime

from .models import (
    Appearance,
    Carriage,
    CarriageState,
    Edition,
    HistoryEntry,
    User,
)
from .snapshots import Content
from .text.carrying.folding import spelled


def carriages() -> QuerySet[Carriage]:
    """With the words before and after and the numbers of the texts, but no text."""
    texts = [
        f"{edition}__{column}"
        for edition in ("edition", "appearance__edition")
        for column in ("text", "blocks", "search")
    ]
    return (
        Carriage.objects.select_related(
            "edition", "appearance__edition", "passage", "settled_by"
        )
        .defer(*texts)
        .order_by("edition__number", "pk")
    )


class Ways:
    """The carriages of some claims, to be followed from passage to passage without a query."""

    def __init__(self, rows: Iterable[Carriage]) -> None:
        self._onward: dict[int, list[Carriage]] = {}
        self._places: dict[tuple[int, int, int], int] = {}
        self._arrived: set[int] = set()
        for row in sorted(rows, key=lambda row: (row.edition.number, row.pk)):
            self._onward.setdefault(row.appearance_id, []).append(row)
            old = row.appearance
            self._places[old.edition_id, old.start, old.end] = old.pk
            if row.passage_id:
                self._arrived.add(row.passage_id)

    def begins(self, appearance: Appearance) -> bool:
        """Whether it was highlighted there, and not carried there."""
        return appearance.pk not in self._arrived

    def onward(self, appearance: int) -> list[Carriage]:
        """From here to the next text where it stands, with what was said of those between."""
        steps = []
        for row in self._onward.get(appearance, []):
            steps.append(row)
            if row.passage_id:
                break
        return steps

    def end(self, appearance: int) -> Carriage | None:
        """The last that is known of a passage; None if no later text was compared."""
        last = None
        while rows := self._onward.get(appearance):
            last = rows[-1]
            if last.passage_id is None:
                break
            appearance = last.passage_id
        return last

    def in_text(self, row: Content, edition: int) -> Appearance | None:
        """What a published passage became in this text."""
        here = self._places.get((row["edition"], row["start"], row["end"]))
        while here is not None and (steps := self.onward(here)):
            passage = steps[-1].passage
            if passage is not None and passage.edition_id == edition:
                return passage
            here = steps[-1].passage_id
        return None

    def end_of_place(self, edition: int, start: int, end: int) -> Carriage | None:
        """The last that is known of the passage that stood there."""
        appearance = self._places.get((edition, start, end))
        return None if appearance is None else self.end(appearance)


@dataclass(frozen=True, slots=True)
class Line:
    """A passage through the texts of its article: where it began, and each step since."""

    first: Appearance
    steps: list[Carriage] = field(default_factory=list)

    @property
    def last(self) -> Appearance:
        """Where its words were found last."""
        for step in reversed(self.steps):
            if step.passage is not None:
                return step.passage
        return self.first

    @property
    def waiting(self) -> Carriage | None:
        """What a person has yet to settle."""
        return self.steps[-1] if self.steps and self.steps[-1].is_waiting else None


def lines(appearances: Iterable[Appearance], rows: Iterable[Carriage]) -> list[Line]:
    """The passages of a claim, each with its way from text to text. No query."""
    ways = Ways(rows)
    known = {appearance.pk: appearance for appearance in appearances}
    found = []
    for first in sorted(known.values(), key=lambda row: row.pk):
        if not ways.begins(first):
            continue
        steps: list[Carriage] = []
        here: int | None = first.pk
        while here is not None and (onward := ways.onward(here)):
            for step in onward:
                if step.passage_id in known:
                    step.passage = known[step.passage_id]
            steps += onward
            here = onward[-1].passage_id
        found.append(Line(first, steps))
    return found


@dataclass(frozen=True, slots=True)
class Settlement:
    """What somebody decided about a passage; another decision may have followed."""

    edition: Edition
    state: CarriageState
    quote: str
    reason: str
    by: User | None
    at: datetime


def settlements(rows: Iterable[Carriage]) -> list[Settlement]:
    """What people decided about passages, each decision, as it came, by the history.

    One query, or none; another where somebody settled what somebody else settled anew.
    """
    settled = {row.pk: row for row in rows if row.settled_by_id}
    if not settled:
        return []
    entries = HistoryEntry.objects.filter(
        claim__in={row.appearance.claim_id for row in settled.values()},
        table=Carriage._meta.db_table,
        row__in=settled,
    )
    states: dict[int, dict[str, Any]] = {}
    decided: list[tuple[HistoryEntry, dict[str, Any]]] = []
    for entry in entries.order_by("pk"):
        state = {**states.get(entry.row, {}), **entry.became}
        states[entry.row] = state
        if "settled_at" in entry.values and state.get("settled_by_id"):
            decided.append((entry, state))
    people = {row.settled_by_id: row.settled_by for row in settled.values()}
    others = {state["settled_by_id"] for _entry, state in decided} - people.keys()
    if others:
        people |= {user.pk: user for user in User.objects.filter(pk__in=others)}
    return [
        Settlement(
            settled[entry.row].edition,
            CarriageState(state["state"]),
            state.get("quote", ""),
            state.get("reason", ""),
            people.get(state["settled_by_id"]),
            parse_datetime(state["settled_at"]) or entry.at,
        )
        for entry, state in decided
    ]


@dataclass(frozen=True, slots=True)
class Since:
    """That checked words are not the article's any more, and what stands there instead.

    `words` are empty while nobody has said where they stand now; `is_gone` once somebody
    has said that nothing does.
    """

    quote: str
    language: str
    headline: str
    article: int
    words: str
    is_gone: bool
    found_on: datetime


def says_the_same(row: Content, passage: Appearance) -> bool:
    """Whether a published passage and a later one differ in spelling at most."""
    return spelled(passage.quote) == spelled(row["quote"])


def since(row: Content, ways: Ways) -> Since | None:
    """What became of a published passage if its words have changed; else nothing."""
    last = ways.end_of_place(row["edition"], row["start"], row["end"])
    if last is None:
        return None
    if last.passage is not None and says_the_same(row, last.passage):
        return None
    return Since(
        quote=row["quote"],
        language=row["language"],
        headline=row["headline"],
        article=row["article"],
        words=last.passage.quote if last.passage else "",
        is_gone=last.state in (CarriageState.ORPHAN, CarriageState.GONE),
        found_on=last.edition.retrieved_at,
    )


def changed_since(content: Content, claim: int) -> list[Since]:
    """What became of the passages of one fact-check, where their words changed. One query."""
    ways = Ways(carriages().filter(appearance__claim=claim))
    found = (since(row, ways) for row in content["appearances"])
    return [one for one in found if one is not None]


def latest_of(article: int) -> Edition | None:
    """The latest text of an article, without the text itself."""
    texts = Edition.objects.filter(article=article).defer("text", "blocks", "search")
    return texts.order_by("-number").first()

"""What an entry says, record by record: the deed it stands for, in the newsroom's words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from annotations.models import (
    Appearance,
    CarriageState,
    Claimant,
    ClaimStatus,
    Edition,
    HistoryEntry,
    Rating,
    Source,
    Suggestion,
    User,
)
from annotations.models.history import Operation

from .phrases import SHORT, Clause, changed
from .values import Rows, columns, model_of, name, words


@dataclass(slots=True)
class Telling:
    """What is known besides the entry: the rows it points to, and what was told before it.

    `moved` are the transactions in which a step tells of the claim's new state; `rating` is
    what was decided last.
    """

    rows: Rows
    moved: set[int] = field(default_factory=set)
    rating: int | None = None
    titles: dict[int, int] = field(default_factory=dict)
    carried: dict[int, dict[str, Any]] = field(default_factory=dict)

    def words(self, entry: HistoryEntry, column: str) -> str:
        """What a row that was made says in this column."""
        return words(entry.table, column, entry.values.get(column), self.rows)


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done, and why if it was said; no clause is nothing to tell."""

    clauses: list[Clause]
    reason: str = ""


# Kept by the deeds themselves; told only where nothing else would be.
KEPT = {"version", "moved_at"}
STATUS = {"status", "round"}


def changes(entry: HistoryEntry, telling: Telling, of: str = "") -> list[Clause]:
    """A clause for each field that changed."""
    values = entry.values
    told = [column for column in values if column not in KEPT] or list(values)
    order = list(columns(entry.table))
    told.sort(key=lambda column: order.index(column) if column in order else len(order))
    return [changed(entry, column, values[column], telling.rows, of) for column in told]


def of_claim(entry: HistoryEntry, telling: Telling) -> Deed:
    values = entry.values
    if entry.operation == Operation.DELETE:
        return Deed([Clause(_("took the highlight back"))])
    if entry.operation != Operation.UPDATE:
        clauses = [Clause(_("highlighted the claim"))]
        if statement := values.get("statement"):
            clauses.append(changed(entry, "statement", [None, statement], telling.rows))
        return Deed(clauses)
    if entry.transaction in telling.moved and values.keys() <= STATUS | KEPT:
        return Deed([])
    if values.keys() == {"assigned_to_id"}:
        person = name(telling.rows, User, values["assigned_to_id"][1])
        if not person:
            return Deed([Clause(_("took the claim from the person in charge"))])
        return Deed([Clause(_("assigned the claim to %(name)s") % {"name": person})])
    return Deed(changes(entry, telling))


def of_authorship(entry: HistoryEntry, telling: Telling) -> Deed:
    if entry.operation == Operation.DELETE:
        who = {"name": telling.words(entry, "user_id")}
        return Deed([Clause(_("removed %(name)s from those who wrote it") % who)])
    return Deed([Clause(_("became one of those who wrote it"))])


def of_passage(entry: HistoryEntry, telling: Telling) -> Deed:
    if entry.operation == Operation.UPDATE:
        return of_anything(entry, telling)
    edition = telling.rows.get(Edition, {}).get(entry.values.get("edition_id", 0))
    said = {
        "quote": entry.values.get("quote", ""),
        "article": edition.article.headline if isinstance(edition, Edition) else "–",
    }
    if entry.operation == Operation.DELETE:
        return Deed([Clause(_("took back the passage “%(quote)s”") % said)])
    return Deed([Clause(_("marked “%(quote)s” in “%(article)s”") % said)])


def of_carriage(entry: HistoryEntry, telling: Telling) -> Deed:
    """What became of a passage in a later text: what comparing says, what people decide."""
    if entry.operation == Operation.DELETE:
        return of_anything(entry, telling)
    known = telling.carried.setdefault(entry.row, {})
    known.update(entry.became)
    passage = telling.rows.get(Appearance, {}).get(known.get("appearance_id", 0))
    quote = passage.quote if isinstance(passage, Appearance) else ""
    state = known.get("state", "")
    said = {
        "quote": quote or "–",
        "version": name(telling.rows, Edition, known.get("edition_id")),
        "state": dict(CarriageState.choices).get(state, state),
    }
    if "settled_at" in entry.values and known.get("settled_by_id"):
        what = _("settled a passage in %(version)s: %(state)s") % said
        clause = Clause(what, old=quote, new=known.get("quote", ""))
        return Deed([clause], known.get("reason", ""))
    if "state" in entry.values:
        return Deed(
            [Clause(_("looked for “%(quote)s” in %(version)s: %(state)s") % said)]
        )
    return Deed(changes(entry, telling, said["quote"]))


def of_suggestion(entry: HistoryEntry, telling: Telling) -> Deed:
    """It belongs to the claim that it became, and to none while it waits."""
    one = telling.rows.get(Suggestion, {}).get(entry.row)
    if entry.became.get("claim_id") is None or not isinstance(one, Suggestion):
        return of_anything(entry, telling)
    detector = {"detector": f"{one.detector} {one.detector_version}"}
    what = _("accepted what the detector suggested (%(detector)s)") % detector
    return Deed([Clause(what)])


def of_evidence(entry: HistoryEntry, telling: Telling) -> Deed:
    values = entry.values
    if entry.operation != Operation.UPDATE:
        telling.titles[entry.row] = values["source_id"]
        said = {
            "title": telling.words(entry, "source_id"),
            "stance": telling.words(entry, "stance"),
        }
        what = _("attached “%(title)s” (%(stance)s)") % said
        if entry.operation == Operation.DELETE:
            what = _("removed “%(title)s” (%(stance)s)") % said
        return Deed([Clause(what, new=values.get("excerpt", ""))])
    title = name(telling.rows, Source, telling.titles.get(entry.row))
    if values.get("detached_at", [0])[-1]:
        return Deed([Clause(_("detached “%(title)s”") % {"title": title})])
    if values.keys() == {"position"}:
        return Deed([Clause(_("put “%(title)s” in another place") % {"title": title})])
    return Deed(changes(entry, telling, title))


def of_verdict(entry: HistoryEntry, telling: Telling) -> Deed:
    said = {
        "rating": telling.words(entry, "rating_id"),
        "round": entry.values["round"],
    }
    what = _("gave the verdict “%(rating)s” in round %(round)s") % said
    return Deed([Clause(what)], entry.values["reason"])


def of_decision(entry: HistoryEntry, telling: Telling) -> Deed:
    before, telling.rating = telling.rating, entry.values["rating_id"]
    said = {
        "old": name(telling.rows, Rating, before),
        "new": telling.words(entry, "rating_id"),
    }
    if before is None:
        what = _("set the rating to “%(new)s”") % said
    elif before == telling.rating:
        what = _("kept the rating at “%(new)s”") % said
    else:
        what = _("changed the rating from “%(old)s” to “%(new)s”") % said
    return Deed([Clause(what)], entry.values.get("reason", ""))


def of_step(entry: HistoryEntry, telling: Telling) -> Deed:
    states = dict(ClaimStatus.choices)
    said = {
        "old": states[entry.values["old_status"]],
        "new": states[entry.values["new_status"]],
    }
    what = _("moved the claim from “%(old)s” to “%(new)s”") % said
    return Deed([Clause(what)], entry.values.get("reason", ""))


def of_factcheck(entry: HistoryEntry, telling: Telling) -> Deed:
    values = entry.values
    if entry.operation != Operation.UPDATE:
        title = {"title": values["title"]}
        if entry.operation == Operation.DELETE:
            return Deed([Clause(_("removed the fact-check “%(title)s”") % title)])
        clauses = [Clause(_("wrote the fact-check “%(title)s”") % title)]
        for column in ("summary", "body", "exception"):
            if values.get(column):
                clauses.append(
                    changed(entry, column, [None, values[column]], telling.rows)
                )
        return Deed(clauses)
    if values.get("retracted_at", [0])[-1]:
        what = Clause(_("retracted the fact-check"))
        return Deed([what], values.get("retraction", ["", ""])[1])
    if values.get("published_at", [0])[-1]:
        until = values.get("embargo_until", [None, None])[1]
        if until is None:
            return Deed([Clause(_("published the fact-check"))])
        day = {"day": words(entry.table, "embargo_until", until, telling.rows)}
        return Deed([Clause(_("approved the fact-check for %(day)s") % day)])
    return Deed(changes(entry, telling))


def of_revision(entry: HistoryEntry, telling: Telling) -> Deed:
    number = {"number": entry.values.get("number", "")}
    return Deed([Clause(_("put down revision %(number)s for readers") % number)])


def of_source(entry: HistoryEntry, telling: Telling) -> Deed:
    return Deed(changes(entry, telling, name(telling.rows, Source, entry.row)))


def of_claimant(entry: HistoryEntry, telling: Telling) -> Deed:
    return Deed(changes(entry, telling, name(telling.rows, Claimant, entry.row)))


def of_anything(entry: HistoryEntry, telling: Telling) -> Deed:
    """Any record that has no words of its own here: its name, and its fields."""
    model = model_of(entry.table)
    what = {"what": model._meta.verbose_name if model else entry.table}
    if entry.operation == Operation.UPDATE:
        return Deed(changes(entry, telling, str(what["what"])))
    if entry.operation == Operation.DELETE:
        clause = _("removed: %(what)s") % what
    else:
        clause = _("added: %(what)s") % what
    said = [
        f"{column}: {text[:SHORT]}"
        for column in entry.values
        if (text := telling.words(entry, column)) and column not in ("id", "claim_id")
    ]
    return Deed([Clause(clause, new="\n".join(said))])


Teller = Callable[[HistoryEntry, Telling], Deed]

TELLERS: dict[str, Teller] = {
    "annotations_claim": of_claim,
    "annotations_authorship": of_authorship,
    "annotations_appearance": of_passage,
    "annotations_carriage": of_carriage,
    "annotations_suggestion": of_suggestion,
    "annotations_evidence": of_evidence,
    "annotations_verdict": of_verdict,
    "annotations_decision": of_decision,
    "annotations_transition": of_step,
    "annotations_factcheck": of_factcheck,
    "annotations_revision": of_revision,
    "annotations_source": of_source,
    "annotations_claimant": of_claimant,
}

# Facts that a rule of the database keeps as they are: what happens to them all the same is
# told plainly.
LASTING = {
    "annotations_verdict",
    "annotations_decision",
    "annotations_transition",
    "annotations_revision",
}


def deed_of(entry: HistoryEntry, telling: Telling) -> Deed:
    """What the entry says was done; `telling` has to be told them in order."""
    teller = TELLERS.get(entry.table, of_anything)
    is_made = entry.operation in (Operation.INSERT, Operation.FOUND)
    if entry.table in LASTING and not is_made:
        teller = of_anything
    return teller(entry, telling)

"""A claim's whole story, from the first highlight on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Claim, HistoryEntry, User
from annotations.models.history import Operation, Origin
from annotations.reviewing import current_round

from .deeds import Telling, deed_of
from .phrases import Clause
from .values import name, rows_named

# What can be asked for, and the records it is about.
KINDS = {
    "words": (
        gettext_lazy("The claim's words"),
        ["claim", "authorship", "claimant"],
    ),
    "passages": (gettext_lazy("Passages"), ["appearance", "carriage", "suggestion"]),
    "evidence": (gettext_lazy("Evidence"), ["evidence", "source"]),
    "verdicts": (gettext_lazy("Verdicts and decisions"), ["verdict", "decision"]),
    "steps": (gettext_lazy("Steps"), ["transition"]),
    "publication": (gettext_lazy("Publication"), ["factcheck", "revision"]),
    "other": (gettext_lazy("Everything else"), []),
}
KIND_OF = {
    f"annotations_{record}": kind
    for kind, (_label, records) in KINDS.items()
    for record in records
}

# Where a row says itself who made it and when; the first that it has counts.
MADE_BY = [
    "created_by_id",
    "added_by_id",
    "reviewer_id",
    "by_id",
    "author_id",
    "published_by_id",
    "settled_by_id",
    "answered_by_id",
    "user_id",
]
MADE_AT = [
    "created_at",
    "added_at",
    "given_at",
    "at",
    "written_at",
    "published_at",
    "settled_at",
    "answered_at",
    "made_at",
]
# A row whose own time is further back than this was not made when it was written down.
A_WHILE = timedelta(minutes=1)
# Where a change says itself who made it.
CHANGED_BY = [
    "published_by_id",
    "retracted_by_id",
    "detached_by_id",
    "settled_by_id",
    "answered_by_id",
]


@dataclass(frozen=True, slots=True)
class Happening:
    """What somebody did, when, through which door, and why if they said so.

    `person` is their id, None where the history does not know it.
    """

    at: datetime
    who: str
    person: int | None
    kind: str
    clauses: list[Clause]
    reason: str
    where: str


def story(claim: Claim, *, seen_by: User) -> list[Happening]:
    """What happened to the claim and to all that hangs on it, in order.

    Verdicts that `seen_by` may not know of are not in it, nor is it told that there are
    any. As many queries as there are kinds of records, however long the story is.
    """
    entries = _entries(claim, seen_by)
    people = [_person(entry) for entry in entries]
    telling = Telling(
        rows_named(entries, {person for person in people if person}),
        moved={
            entry.transaction
            for entry in entries
            if entry.table == "annotations_transition"
        },
    )
    told = []
    for entry, person in zip(entries, people, strict=True):
        deed = deed_of(entry, telling)
        if deed.clauses:
            who = name(telling.rows, User, person) or _program(entry)
            told.append(
                Happening(
                    at=_moment(entry),
                    who=who,
                    person=person,
                    kind=KIND_OF.get(entry.table, "other"),
                    clauses=deed.clauses,
                    reason=deed.reason,
                    where=_where(entry),
                )
            )
    return told


def _entries(claim: Claim, seen_by: User) -> list[HistoryEntry]:
    """The claim's entries, and those of its sources and claimants, as far as they may be
    seen. Two queries, and those of `current_round`."""
    told = list(HistoryEntry.objects.filter(claim=claim.pk).order_by("pk"))
    sources = {
        entry.values.get("source_id")
        for entry in told
        if entry.table == "annotations_evidence"
    }
    claimants: set[int] = set()
    for entry in told:
        if entry.table == "annotations_claim":
            ids = entry.values.get("claimant_id", [])
            claimants.update(ids if isinstance(ids, list) else [ids])
    around = HistoryEntry.objects.filter(
        Q(table="annotations_source", row__in=sources - {None})
        | Q(table="annotations_claimant", row__in=claimants - {None}),
        operation=Operation.UPDATE,
        claim=None,
    )
    is_hidden = current_round(claim, seen_by=seen_by).others_hidden
    seen = [
        entry
        for entry in told
        if entry.table != "annotations_verdict"
        or _may_be_seen(entry, claim, seen_by, is_hidden=is_hidden)
    ]
    return sorted([*seen, *around], key=lambda entry: (_moment(entry), entry.pk))


def _may_be_seen(
    verdict: HistoryEntry, claim: Claim, seen_by: User, *, is_hidden: bool
) -> bool:
    """Whether somebody may know of a verdict: of those of a round that runs, not before
    they have given their own."""
    said = verdict.values
    if isinstance(said.get("round"), int):
        return (
            said["round"] < claim.round
            or said["reviewer_id"] == seen_by.pk
            or (said["round"] == claim.round and not is_hidden)
        )
    return not is_hidden


def _person(entry: HistoryEntry) -> int | None:
    """Who did it: whoever was logged in, or else whom the row names."""
    said = entry.values
    if entry.table == "annotations_authorship" and entry.operation != Operation.DELETE:
        return said.get("user_id")
    if entry.by is not None:
        return entry.by
    if entry.operation == Operation.UPDATE:
        changes = (said[column] for column in CHANGED_BY if column in said)
        return next((new for _old, new in changes if new is not None), None)
    if entry.operation == Operation.DELETE:
        return None
    return next((said[column] for column in MADE_BY if said.get(column)), None)


def _moment(entry: HistoryEntry) -> datetime:
    """When it was done: of a row that was there before the history, or comes from another
    database, the row says it."""
    if entry.operation in (Operation.INSERT, Operation.FOUND):
        said = (entry.values.get(column) for column in MADE_AT)
        moment = parse_datetime(next((at for at in said if at), ""))
        if moment is not None and entry.at - moment > A_WHILE:
            return moment
    return entry.at


def _program(entry: HistoryEntry) -> str:
    """What did it, where nobody was logged in."""
    if entry.origin == Origin.COMMAND:
        return _("The command “%(name)s”") % {"name": entry.place}
    if entry.origin == Origin.SQL:
        return _("Somebody in the database, as “%(name)s”") % {"name": entry.place}
    return _("Somebody who was not logged in")


def _where(entry: HistoryEntry) -> str:
    """Through which door, and when, where that was later than it was done."""
    if entry.operation == Operation.FOUND:
        return _("before the history began")
    where = {
        Origin.PAGE: _("on the desk"),
        Origin.ADMIN: _("in the administration"),
        Origin.COMMAND: _("by the command “%(name)s”"),
        Origin.SQL: _("in the database, as “%(name)s”"),
    }[Origin(entry.origin)] % {"name": entry.place}
    if _moment(entry) == entry.at:
        return where
    day = formats.date_format(timezone.localtime(entry.at), "SHORT_DATETIME_FORMAT")
    return _("%(where)s, written down on %(day)s") % {"where": where, "day": day}

"""What happened to a claim: its steps and every change of its words, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import ForeignKey, Model, QuerySet
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from annotations.following import settlements
from annotations.models import Carriage, Claim, Evidence, FactCheck, User

# Longer values fold away, so that the history can be read at a glance.
SHORT = 80


@dataclass(frozen=True, slots=True)
class Change:
    """One field, and what stood in it before and after."""

    label: str
    old: str
    new: str

    @property
    def is_long(self) -> bool:
        return max(len(self.old), len(self.new)) > SHORT


@dataclass(frozen=True, slots=True)
class Happening:
    """What somebody did, when, and why if they said so."""

    at: datetime
    who: str
    what: str
    reason: str = ""
    changes: list[Change] = field(default_factory=list)


# The fields people write; the others are kept by the deeds, and steps tell of them.
CLAIM_FIELDS = [
    "statement",
    "claimant",
    "claimant_is_unknown",
    "claimed_on",
    "kind",
    "note",
    "assigned_to",
]
EVIDENCE_FIELDS = ["stance", "excerpt", "locator", "note"]
FACTCHECK_FIELDS = ["title", "summary", "body", "exception"]


def happenings(claim: Claim) -> list[Happening]:
    """The history of the claim, its evidence and its fact-check. Seven queries, or eight.

    Verdicts are not part of it: who may see them is for `reviewing` to say.
    """
    steps = list(claim.transitions.select_related("by"))
    events = {
        Claim: _events(Claim, "claimant", "assigned_to").filter(pgh_obj=claim.pk),
        Evidence: _events(Evidence, "source").filter(claim=claim.pk),
        FactCheck: _events(FactCheck).filter(claim=claim.pk),
    }
    rows = {model: list(found) for model, found in events.items()}
    names = _names([row for found in rows.values() for row in found])
    told = [
        *_of_claim(rows[Claim], names),
        *_of_evidence(rows[Evidence], names),
        *_of_factcheck(rows[FactCheck], names),
        *_of_suggestions(claim),
        *_of_passages(claim),
        *(
            Happening(step.at, str(step.by), str(step), reason=step.reason)
            for step in steps
        ),
    ]
    # Turned round, not sorted in reverse: of what happened at once, the last is first.
    return sorted(told, key=lambda happening: happening.at)[::-1]


def _events(model: type[Model], *related: str) -> QuerySet[Any]:
    recorded: type[Model] = model.pgh_event_model  # type: ignore[attr-defined]
    return recorded._default_manager.select_related("pgh_context", *related).order_by(
        "pgh_id"
    )


def _names(events: list[Any]) -> dict[int, str]:
    """The names of all who had a hand in it."""
    columns = ("created_by_id", "added_by_id", "detached_by_id", "author_id")
    ids = {getattr(event, column, None) for event in events for column in columns}
    ids |= {_actor(event) for event in events}
    people = User.objects.filter(pk__in=[one for one in ids if one is not None])
    return {user.pk: str(user) for user in people}


def _actor(event: Any) -> int | None:
    context = event.pgh_context
    return context.metadata.get("user") if context else None


def _who(event: Any, names: dict[int, str]) -> str:
    return names.get(_actor(event) or 0) or _("outside the desk")


def _of_claim(events: list[Any], names: dict[int, str]) -> Iterator[Happening]:
    for old, new in _pairs(events):
        if old is None:
            yield Happening(
                new.created_at, names[new.created_by_id], _("Highlighted the claim")
            )
        elif changes := _changes(old, new, CLAIM_FIELDS):
            yield Happening(
                new.pgh_created_at,
                _who(new, names),
                _("Changed the claim"),
                changes=changes,
            )


def _of_evidence(events: list[Any], names: dict[int, str]) -> Iterator[Happening]:
    for old, new in _pairs(events):
        title = {"title": new.source.title}
        if old is None:
            yield Happening(
                new.added_at,
                names[new.added_by_id],
                _("Attached “%(title)s”") % title,
                changes=_changes(None, new, EVIDENCE_FIELDS),
            )
        elif new.detached_at and not old.detached_at:
            yield Happening(
                new.detached_at,
                names[new.detached_by_id],
                _("Detached “%(title)s”") % title,
            )
        elif changes := _changes(old, new, EVIDENCE_FIELDS):
            yield Happening(
                new.pgh_created_at,
                _who(new, names),
                _("Changed what “%(title)s” says") % title,
                changes=changes,
            )


def _of_factcheck(events: list[Any], names: dict[int, str]) -> Iterator[Happening]:
    for old, new in _pairs(events):
        changes = _changes(old, new, FACTCHECK_FIELDS)
        if old is None:
            yield Happening(
                new.written_at,
                names[new.author_id],
                _("Wrote the fact-check"),
                changes=changes,
            )
        elif changes:
            yield Happening(
                new.pgh_created_at,
                _who(new, names),
                _("Changed the fact-check"),
                changes=changes,
            )


def _of_suggestions(claim: Claim) -> Iterator[Happening]:
    for one in claim.suggestions.select_related("answered_by"):
        if one.answered_at:
            words = {"detector": f"{one.detector} {one.detector_version}"}
            yield Happening(
                one.answered_at,
                str(one.answered_by),
                _("Accepted what the detector suggested (%(detector)s)") % words,
            )


def _of_passages(claim: Claim) -> Iterator[Happening]:
    """What people decided about its passages in changed articles."""
    settled = Carriage.objects.filter(
        appearance__claim=claim, settled_by__isnull=False
    ).select_related("appearance")
    before = {row.pk: row.appearance.quote for row in settled}
    for event in settlements(settled):
        yield Happening(
            event.settled_at,
            str(event.settled_by),
            _("Settled a passage in %(version)s: %(state)s")
            % {"version": event.edition, "state": event.get_state_display()},
            reason=event.reason,
            changes=[
                Change(_("Words"), before[event.pgh_obj_id], event.quote),
            ],
        )


def _pairs(events: list[Any]) -> Iterator[tuple[Any | None, Any]]:
    """Each state of a row with the one before it; `events` may be of many rows."""
    before: dict[int, Any] = {}
    for event in events:
        yield before.get(event.pgh_obj_id), event
        before[event.pgh_obj_id] = event


def _changes(old: Any | None, new: Any, names: list[str]) -> list[Change]:
    changes = []
    for name in names:
        was = _words(old, name) if old else ""
        now = _words(new, name)
        if was != now:
            label = capfirst(str(new._meta.get_field(name).verbose_name))
            changes.append(Change(label, was, now))
    return changes


def _words(event: Any, name: str) -> str:
    """What stands in a field, in words."""
    kind = event._meta.get_field(name)
    value = getattr(event, name)
    if value is None or value == "":
        return ""
    if kind.choices:
        return str(getattr(event, f"get_{name}_display")())
    if isinstance(kind, ForeignKey):
        return str(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(formats.localize(value))

"""Saying where a passage stands in a text that was changed, or that it is gone."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from .carrying import carry_on, stand
from .models import Appearance, Carriage, CarriageState, Claim, Edition, User
from .refusals import Refusal, Stale
from .text.spans import Span

# The number of a proposal, words selected by hand, or none: they are no longer there.
type Choice = int | Span | None


class SettleRefused(Refusal):
    """The passage stays as it is."""


def settle(
    carriage: Carriage, choice: Choice, *, seen: int, by: User, reason: str = ""
) -> Carriage:
    """Settle the passage as `by` chose, from the version they had `seen`.

    It can be settled anew while no later text has come. Whoever settles does not become an
    author of the claim: its statement and its evidence stay as they are, and what was
    published stays as it was. Raises `Stale` if somebody else was quicker, and
    `SettleRefused` where it cannot be.
    """
    if not by.has_perm("annotations.settle_carriage"):
        raise SettleRefused(_("You may not settle passages."))
    while True:
        try:
            with transaction.atomic():
                return _settled(carriage, choice, seen=seen, by=by, reason=reason)
        except IntegrityError as error:
            if not isinstance(error.__cause__, UniqueViolation):
                raise
            # Somebody highlighted the same words just now: the next look finds them.


def _settled(
    carriage: Carriage, choice: Choice, *, seen: int, by: User, reason: str
) -> Carriage:
    edition = Edition.objects.select_for_update(no_key=True).get(pk=carriage.edition_id)
    claim_id = carriage.appearance.claim_id
    claim = Claim.objects.select_for_update(no_key=True).filter(pk=claim_id)
    if not claim.values_list("pk"):
        raise SettleRefused(
            _("There is no such passage; perhaps its claim was undone.")
        )
    current = Carriage.objects.select_related("appearance", "passage").get(
        pk=carriage.pk
    )
    state, span = _chosen(current, choice, edition)
    if current.version != seen:
        if _is_done(current, state, span, by):
            return current
        raise Stale(_why_stale(current), current=current)
    if current.state == CarriageState.OVERTAKEN or _has_gone_on(current, edition):
        raise SettleRefused(
            _("A later version of the article has come. Settle the passage there.")
        )
    before = current.passage
    passage, is_new = None, False
    if span is not None:
        [(passage, is_new)] = stand(edition, [(current.appearance, span, by.pk)])
        is_new = is_new or (passage == before and current.has_made_passage)
    written = Carriage.objects.filter(
        pk=current.pk, version=seen, state=current.state
    ).update(
        state=state,
        passage=passage,
        quote=passage.quote if passage else "",
        has_made_passage=is_new,
        settled_by=by,
        settled_at=Now(),
        reason=reason.strip(),
        version=F("version") + 1,
    )
    if not written:
        raise Stale(_why_stale(current), current=current)
    if before and before != passage and current.has_made_passage:
        is_needed = Carriage.objects.filter(passage=before).exists()
        if not is_needed:
            Appearance.objects.filter(pk=before.pk).delete()
    carry_on(edition)
    current.refresh_from_db()
    return current


def _chosen(
    carriage: Carriage, choice: Choice, edition: Edition
) -> tuple[CarriageState, Span | None]:
    match choice:
        case None:
            return CarriageState.ORPHAN, None
        case Span():
            if not choice.of(edition.text).strip():
                raise SettleRefused(
                    _("No words were selected. Select those that make the claim.")
                )
            return CarriageState.SELECTED, choice
        case number:
            if not 0 <= number < len(carriage.proposals):
                raise SettleRefused(_("There is no such proposal."))
            start, end, *_rest = carriage.proposals[number]
            is_first = number == 0
            state = CarriageState.ACCEPTED if is_first else CarriageState.CHOSEN
            return state, Span(start, end)


def _is_done(
    carriage: Carriage, state: CarriageState, span: Span | None, by: User
) -> bool:
    """Whether `by` has settled it so already: the button was pressed twice."""
    passage = carriage.passage
    there = Span(passage.start, passage.end) if passage else None
    return carriage.settled_by_id == by.pk and carriage.state == state and there == span


def _has_gone_on(carriage: Carriage, edition: Edition) -> bool:
    """Whether a later text knows of it already."""
    later = Carriage.objects.filter(edition__number__gt=edition.number)
    from_here = [carriage.appearance_id]
    if carriage.passage_id:
        from_here.append(carriage.passage_id)
    return later.filter(appearance__in=from_here).exists()


def _why_stale(carriage: Carriage) -> str:
    if carriage.state == CarriageState.OVERTAKEN:
        return _("A later version of the article has come. Settle the passage there.")
    return _("%(name)s has settled this passage meanwhile: %(state)s.") % {
        "name": carriage.settled_by or _("Somebody else"),
        "state": carriage.get_state_display(),
    }

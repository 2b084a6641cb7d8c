"""Verdicts, given blind, and the decision that follows."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from .models import Claim, ClaimStatus, Decision, Rating, User, Verdict
from .refusals import Refusal
from .workflow import is_author, move, newsroom


class ReviewRefused(Refusal):
    """The verdict or decision was not taken down."""


@dataclass(frozen=True, slots=True)
class Round:
    """What somebody may know of the verdicts of a claim's current round.

    Until a person has given their own verdict, or all that were asked for are in,
    `others_hidden` is true and `verdicts` is empty: not even how many there are can
    sway them. A complete round waits for a decision where the verdicts differ, and
    where the newsroom now asks for fewer than it did.
    """

    verdicts: list[Verdict]
    others_hidden: bool
    own: Verdict | None
    decision: Decision | None
    may_judge: bool
    may_decide: bool
    is_complete: bool
    agree: bool


def current_round(claim: Claim, *, seen_by: User) -> Round:
    """The verdicts of this round as `seen_by` may see them. Four queries at most."""
    verdicts = list(
        claim.verdicts.filter(round=claim.round).select_related("rating", "reviewer")
    )
    own = next((one for one in verdicts if one.reviewer_id == seen_by.pk), None)
    in_review = claim.status == ClaimStatus.IN_REVIEW
    complete = in_review and len(verdicts) >= newsroom().verdicts_asked
    wrote = in_review and is_author(claim, seen_by)
    may_judge = (
        in_review
        and not complete
        and own is None
        and not wrote
        and seen_by.has_perm("annotations.add_verdict")
    )
    hidden = in_review and not complete and own is None
    agree = not hidden and len({verdict.rating_id for verdict in verdicts}) == 1
    decision = (
        None
        if in_review
        else claim.decisions.filter(round=claim.round)
        .select_related("rating", "by")
        .first()
    )
    return Round(
        verdicts=[] if hidden else verdicts,
        others_hidden=hidden,
        own=own,
        decision=decision,
        may_judge=may_judge,
        may_decide=(
            complete
            and own is None
            and not wrote
            and seen_by.has_perm("annotations.add_decision")
        ),
        is_complete=complete,
        agree=agree,
    )


@transaction.atomic
def give_verdict(claim: Claim, rating: Rating, *, reason: str, by: User) -> Verdict:
    """Take down the verdict of `by`; the last of a unanimous round decides the claim."""
    if not by.has_perm("annotations.add_verdict"):
        raise ReviewRefused(_("You may not give verdicts."))
    # Verdicts on one claim take turns, so that one of them is the last.
    current = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    if current.status != ClaimStatus.IN_REVIEW or current.round != claim.round:
        raise ReviewRefused(
            _("This claim is not in that review any more: it is “%(status)s” now.")
            % {"status": current.get_status_display()}
        )
    if is_author(current, by):
        raise ReviewRefused(
            _("You wrote on this claim; somebody else has to judge it.")
        )
    if not reason.strip():
        raise ReviewRefused(_("Say why: a verdict without a reason convinces nobody."))
    if rating.retired_at or not rating.scale.is_current:
        raise ReviewRefused(_("This rating is not in use any more. Choose another."))
    asked = newsroom().verdicts_asked
    given = list(current.verdicts.filter(round=current.round))
    if any(verdict.reviewer_id == by.pk for verdict in given):
        raise ReviewRefused(_("You have given your verdict already."))
    if len(given) >= asked:
        raise ReviewRefused(_("All the verdicts that were asked for are in."))
    verdict = Verdict.objects.create(
        claim=current,
        round=current.round,
        reviewer=by,
        rating=rating,
        reason=reason.strip(),
    )
    ratings = {one.rating_id for one in given} | {rating.pk}
    if len(given) + 1 == asked and len(ratings) == 1:
        Decision.objects.create(
            claim=current, round=current.round, rating=rating, by=by
        )
        move(current, ClaimStatus.DECIDED, by=by)
    return verdict


@transaction.atomic
def decide(claim: Claim, rating: Rating, *, reason: str, by: User) -> Decision:
    """Say which rating stands where the verdicts differ, and why."""
    if not by.has_perm("annotations.add_decision"):
        raise ReviewRefused(_("You may not decide about claims."))
    if not reason.strip():
        raise ReviewRefused(_("Give the reason of the decision."))
    if rating.retired_at or not rating.scale.is_current:
        raise ReviewRefused(_("This rating is not in use any more. Choose another."))
    current = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    if current.status != ClaimStatus.IN_REVIEW or current.round != claim.round:
        raise ReviewRefused(
            _("This claim is not in that review any more: it is “%(status)s” now.")
            % {"status": current.get_status_display()}
        )
    if is_author(current, by):
        raise ReviewRefused(_("Whoever wrote a claim cannot decide about it."))
    try:
        with transaction.atomic():
            decision = Decision.objects.create(
                claim=current,
                round=current.round,
                rating=rating,
                reason=reason.strip(),
                by=by,
            )
    except IntegrityError as error:
        raise ReviewRefused(_("This round is decided already.")) from error
    move(current, ClaimStatus.DECIDED, by=by)
    return decision

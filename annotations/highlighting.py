"""Making claims of an article's words."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from .models import Appearance, Claim, ClaimStatus, Edition, User
from .refusals import Refusal
from .text.anchoring import context
from .text.spans import Span


class HighlightRefused(Refusal):
    """The words make no claim, or the claim cannot be taken back."""


@dataclass(frozen=True, slots=True)
class Highlighted:
    """The claim that the words make, where they stand, and whether they made it just now."""

    claim: Claim
    appearance: Appearance
    is_new: bool


def highlight(edition: Edition, span: Span, *, by: User) -> Highlighted:
    """Make a claim of the words in `span`, or find the claim that they already are.

    Two editors who read the same article will point at the same words. The second
    gets the first one's claim, and nothing is written down twice.
    """
    there = _standing_at(edition, span)
    if there is None:
        try:
            with transaction.atomic():
                claim = Claim.objects.create(created_by=by)
                appearance = _stand(claim, edition, span, ordinal=1, by=by)
        except IntegrityError:
            # Somebody else made it between our look and our insert.
            there = _standing_at(edition, span)
            if there is None:
                raise
        else:
            return Highlighted(claim, appearance, is_new=True)
    return Highlighted(there.claim, there, is_new=False)


@transaction.atomic
def highlight_again(edition: Edition, span: Span, *, by: User) -> Highlighted:
    """Make another claim of words that are one already: a sentence may claim two things."""
    Edition.objects.select_for_update(no_key=True).only("pk").get(pk=edition.pk)
    here = Appearance.objects.filter(
        edition=edition, start=span.start, end=span.end
    ).order_by("-ordinal")
    last = here.first()
    claim = Claim.objects.create(created_by=by)
    ordinal = last.ordinal + 1 if last else 1
    appearance = _stand(claim, edition, span, ordinal=ordinal, by=by)
    return Highlighted(claim, appearance, is_new=True)


@transaction.atomic
def add_passage(claim: Claim, edition: Edition, span: Span, *, by: User) -> Highlighted:
    """Note that `claim` is made by these words too; twice does no harm."""
    Edition.objects.select_for_update(no_key=True).only("pk").get(pk=edition.pk)
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    here = list(
        Appearance.objects.filter(edition=edition, start=span.start, end=span.end)
    )
    for appearance in here:
        if appearance.claim_id == claim.pk:
            return Highlighted(claim, appearance, is_new=False)
    if not claim.can_be_written:
        raise HighlightRefused(
            _("Passages are added while a claim is open; this one is not.")
        )
    ordinal = max((appearance.ordinal for appearance in here), default=0) + 1
    appearance = _stand(claim, edition, span, ordinal=ordinal, by=by)
    return Highlighted(claim, appearance, is_new=True)


def _standing_at(edition: Edition, span: Span) -> Appearance | None:
    return (
        Appearance.objects.select_related("claim__claimant")
        .filter(edition=edition, start=span.start, end=span.end)
        .order_by("ordinal")
        .first()
    )


def _stand(
    claim: Claim, edition: Edition, span: Span, *, ordinal: int, by: User
) -> Appearance:
    prefix, suffix = context(edition.text, span)
    return Appearance.objects.create(
        claim=claim,
        edition=edition,
        start=span.start,
        end=span.end,
        ordinal=ordinal,
        quote=span.of(edition.text),
        prefix=prefix,
        suffix=suffix,
        added_by=by,
    )


def can_be_undone(claim: Claim) -> bool:
    """Whether nothing hangs on the highlight yet. One query, where the claim is fresh."""
    is_untouched = (
        claim.status == ClaimStatus.OPEN
        and claim.version == 1
        and not claim.round
        and claim.assigned_to_id is None
    )
    by_others = Appearance.objects.filter(claim=OuterRef("pk")).exclude(
        added_by=OuterRef("created_by")
    )
    return is_untouched and not (
        Claim.objects.filter(pk=claim.pk)
        .filter(
            Q(evidence__isnull=False)
            | Q(transitions__isnull=False)
            | Q(factcheck__isnull=False)
            | Exists(by_others)
        )
        .exists()
    )


@transaction.atomic
def undo(claim: Claim, *, by: User) -> None:
    """Take a fresh highlight back, as if it had not been made."""
    locked = Claim.objects.select_for_update().filter(pk=claim.pk).first()
    if locked is None:
        return
    if locked.created_by_id != by.pk:
        raise HighlightRefused(
            _("Somebody else made this claim. Drop it with a reason instead.")
        )
    if not can_be_undone(locked):
        raise HighlightRefused(
            _("There is work on this claim already. Drop it with a reason instead.")
        )
    locked.delete()

"""Writing down what a claim says, and who says it."""

from datetime import date

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from .measuring import read_figures
from .models import Authorship, Claim, Claimant, ClaimStatus, User
from .refusals import Refusal, Stale
from .workflow import at_rest


class WriteRefused(Refusal):
    """The claim cannot be written on now."""


def claimant_named(name: str, kind: str = "") -> Claimant | None:
    """The claimant of this name, made if it is new; letter case is no difference.

    `kind` corrects what is recorded; without it that stays, and a new one is a person.
    """
    name = " ".join(name.split())
    if not name:
        return None
    # Compared as the unique constraint compares, so that a race is met by its answer.
    known = Claimant.objects.alias(folded=Lower("name")).filter(
        folded=Lower(Value(name))
    )
    claimant = known.get_or_create(defaults={"name": name})[0]
    if kind and claimant.kind != kind:
        claimant.kind = kind
        claimant.save(update_fields=["kind"])
    return claimant


@transaction.atomic
def write(
    claim: Claim,
    *,
    seen: int,
    by: User,
    statement: str,
    claimant: str,
    claimant_is_unknown: bool,
    claimant_kind: str = "",
    claimed_on: date | None,
    kind: str,
    note: str,
) -> Claim:
    """Save the claim as `by` wrote it, on top of the version they had `seen`.

    Raises `Stale` if somebody else has saved since, `WriteRefused` if the claim is
    not open.
    """
    written = Claim.objects.filter(
        pk=claim.pk,
        version=seen,
        status__in=[ClaimStatus.OPEN, ClaimStatus.SUGGESTED],
    ).update(
        statement=statement,
        claimant=None
        if claimant_is_unknown
        else claimant_named(claimant, claimant_kind),
        claimant_is_unknown=claimant_is_unknown,
        claimed_on=claimed_on,
        kind=kind,
        note=note,
        version=F("version") + 1,
    )
    current = Claim.objects.select_related("claimant").get(pk=claim.pk)
    if not written:
        if not current.can_be_written:
            raise WriteRefused(at_rest(current))
        raise Stale(
            _("Somebody else has saved this claim while you were writing."),
            current=current,
        )
    Authorship.objects.get_or_create(claim=current, user=by)
    read_figures(current)
    return current

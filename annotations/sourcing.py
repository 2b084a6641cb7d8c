"""Attaching sources to claims."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from .models import Claim, Evidence, Source, User
from .models.sources import SourceKind
from .refusals import Refusal, Stale
from .workflow import at_rest

# As many as fit under a field without hiding the page.
PROPOSED = 8


class SourceRefused(Refusal):
    """The evidence stays as it was."""


def sources_like(query: str, most: int = PROPOSED) -> QuerySet[Source]:
    """The newest sources whose title, publisher or address has these words."""
    found = Source.objects.all()
    for word in query.split():
        found = found.filter(
            Q(title__icontains=word)
            | Q(publisher__icontains=word)
            | Q(address__icontains=word)
        )
    return found[:most]


def _open(claim: Claim) -> Claim:
    """The claim, locked, if its evidence may still change."""
    locked = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    if not locked.can_be_written:
        raise SourceRefused(at_rest(locked))
    return locked


def known_otherwise(
    *,
    address: str,
    title: str,
    publisher: str,
    published_on: date | None,
    kind: str,
) -> Source | None:
    """The source at this address, if it is described in other words than these."""
    known = Source.objects.filter(address=address).first() if address else None
    if known is None:
        return None
    described = (known.title, known.publisher, known.published_on, known.kind)
    return known if described != (title, publisher, published_on, kind) else None


def keep_source(
    *,
    by: User,
    title: str,
    publisher: str,
    address: str = "",
    published_on: date | None = None,
    kind: str = SourceKind.SECONDARY,
) -> Source:
    """The source at this address if there is one, or else a new one.

    A source that was used before stays as it is; it is corrected in the admin, where
    one sees what else hangs on it.
    """
    described = {
        "title": title,
        "publisher": publisher,
        "published_on": published_on,
        "kind": kind,
        "added_by": by,
    }
    if address:
        return Source.objects.get_or_create(address=address, defaults=described)[0]
    twin = Source.objects.filter(
        address="", title=title, publisher=publisher, published_on=published_on
    ).first()
    return twin or Source.objects.create(**described)


@transaction.atomic
def attach(
    claim: Claim,
    source: Source,
    *,
    by: User,
    stance: str,
    excerpt: str = "",
    locator: str = "",
    note: str = "",
) -> Evidence:
    """Put the words of `source` under `claim`, last; the same words twice are one."""
    claim = _open(claim)
    same = claim.evidence.attached().filter(
        source=source, excerpt=excerpt, locator=locator
    )
    there = same.first()
    if there:
        return there
    last = claim.evidence.aggregate(last=Max("position"))["last"] or 0
    return Evidence.objects.create(
        claim=claim,
        source=source,
        stance=stance,
        excerpt=excerpt,
        locator=locator,
        note=note,
        position=last + 1,
        added_by=by,
    )


@transaction.atomic
def revise(
    evidence: Evidence,
    *,
    seen: int,
    by: User,
    stance: str,
    excerpt: str,
    locator: str,
    note: str,
) -> Evidence:
    """Save the evidence on top of the version that `by` had seen; `Stale` if it moved on."""
    _open(evidence.claim)
    try:
        with transaction.atomic():
            written = (
                Evidence.objects.attached()
                .filter(pk=evidence.pk, version=seen)
                .update(
                    stance=stance,
                    excerpt=excerpt,
                    locator=locator,
                    note=note,
                    version=F("version") + 1,
                )
            )
    except IntegrityError as error:
        raise SourceRefused(
            _("These words of this source are attached already.")
        ) from error
    current = Evidence.objects.select_related("source", "claim").get(pk=evidence.pk)
    if not written:
        if current.detached_at:
            raise SourceRefused(
                _("Somebody has detached this evidence meanwhile. Attach it again.")
            )
        raise Stale(
            _("Somebody else has saved this evidence while you were writing."),
            current=current,
        )
    return current


@transaction.atomic
def detach(evidence: Evidence, *, by: User) -> None:
    """Take the evidence off its claim; it stays in the history. Twice does no harm."""
    _open(evidence.claim)
    Evidence.objects.attached().filter(pk=evidence.pk).update(
        detached_by=by, detached_at=Now()
    )


@transaction.atomic
def arrange(claim: Claim, order: Sequence[int], *, by: User) -> None:
    """Put the claim's evidence into this order of ids; what is not named comes after."""
    _open(claim)
    place = {pk: position for position, pk in enumerate(order)}
    attached = list(claim.evidence.attached())
    attached.sort(key=lambda piece: place.get(piece.pk, len(place)))
    for position, piece in enumerate(attached, start=1):
        if piece.position != position:
            Evidence.objects.filter(pk=piece.pk).update(position=position)


def shift(evidence: Evidence, *, by: User, up: bool) -> None:
    """Move the evidence one place up or down; at the end it stays."""
    order = list(evidence.claim.evidence.attached().values_list("pk", flat=True))
    if evidence.pk not in order:
        raise SourceRefused(
            _("Somebody has detached this evidence meanwhile. Attach it again.")
        )
    here = order.index(evidence.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        arrange(evidence.claim, order, by=by)

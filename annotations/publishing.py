"""Writing the fact-check, giving it to readers, and taking it back."""

import re
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from .interchange.claimreview import claim_review
from .models import Authorship, Claim, ClaimStatus, FactCheck, Revision, User
from .refusals import Refusal, Stale
from .snapshots import snapshot
from .text.cleaning import normalise
from .workflow import has_judged, move, ready_for_readers

# An address people can read out; longer titles are cut at a word.
SLUG_LENGTH = 80
# In an address a comma is lost, and "3,4" would be read as 34; a space of thousands is not.
BEHIND_THE_POINT = re.compile(r"(?<=\d)[.,](?=\d)")
BETWEEN_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")


class PublishRefused(Refusal):
    """Readers see what they saw before."""


def free_slug(title: str, *, of: FactCheck | None = None) -> str:
    """An address for this title that nothing but `of` has, until the transaction ends."""
    figures = BETWEEN_THOUSANDS.sub("", BEHIND_THE_POINT.sub("-", title))
    words = slugify(figures)[: SLUG_LENGTH + 1]
    if len(words) > SLUG_LENGTH:
        words = words.rpartition("-")[0] or words[:SLUG_LENGTH]
    stem = words or "verification"
    # Two pages of one title take turns, or both would find the same address free.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [stem])
    slug, number = stem, 1
    others = FactCheck.objects.exclude(pk=of.pk) if of else FactCheck.objects.all()
    while others.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug


@transaction.atomic
def write_factcheck(
    claim: Claim,
    *,
    seen: int,
    by: User,
    title: str,
    summary: str,
    body: str,
    exception: str,
) -> FactCheck:
    """Save the fact-check as `by` wrote it, on top of the version they had `seen`.

    `seen` is 0 where they saw none. Raises `Stale` if somebody else has saved since.
    """
    if not by.has_perm("annotations.change_factcheck"):
        raise PublishRefused(_("You may not write fact-checks."))
    locked = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    if locked.status in (
        ClaimStatus.PUBLISHED,
        ClaimStatus.RETRACTED,
        ClaimStatus.DROPPED,
    ):
        raise PublishRefused(
            _("This claim is “%(status)s”; its fact-check is not written any more.")
            % {"status": locked.get_status_display()}
        )
    if has_judged(locked, by):
        raise PublishRefused(
            _("You judged this claim; somebody else writes its fact-check.")
        )
    # Browsers end lines in "\r\n", which would go out to machines as it is.
    title, summary, body, exception = map(normalise, (title, summary, body, exception))
    page = FactCheck.objects.filter(claim=locked).first()
    if page is None:
        page = FactCheck.objects.create(
            claim=locked,
            slug=free_slug(title),
            title=title,
            summary=summary,
            body=body,
            exception=exception,
            author=by,
        )
    else:
        if page.version != seen:
            raise Stale(
                _("Somebody else has saved this fact-check while you were writing."),
                current=page,
            )
        # Nobody outside has the address yet, so it follows the title.
        slug = page.slug if title == page.title else free_slug(title, of=page)
        FactCheck.objects.filter(pk=page.pk).update(
            slug=slug,
            title=title,
            summary=summary,
            body=body,
            exception=exception,
            version=F("version") + 1,
        )
        page.refresh_from_db()
    Authorship.objects.get_or_create(claim=locked, user=by)
    return page


@transaction.atomic
def publish(
    page: FactCheck, *, by: User, embargo_until: datetime | None = None
) -> Revision:
    """Give the fact-check to readers, at once or when the embargo ends.

    What is published is the version that `by` read; raises `Stale` if there is another.
    """
    if not by.has_perm("annotations.publish_factcheck"):
        raise PublishRefused(_("You may not publish."))
    claim = Claim.objects.select_for_update(no_key=True).get(pk=page.claim_id)
    seen, page = page.version, FactCheck.objects.get(pk=page.pk)
    if page.version != seen:
        raise Stale(
            _("Somebody has changed the fact-check since you read it. Read it again."),
            current=page,
        )
    if page.published_at:
        raise PublishRefused(_("It is published already."))
    if claim.status != ClaimStatus.DECIDED:
        raise PublishRefused(
            _("A claim is published once it is decided; this one is “%(status)s”.")
            % {"status": claim.get_status_display()}
        )
    refusals = list(ready_for_readers(claim, by))
    if refusals:
        raise PublishRefused(" ".join(refusals))
    if embargo_until is not None and embargo_until <= timezone.now():
        raise PublishRefused(_("The embargo ends in the past. Choose a later time."))

    page.published_by = by
    page.published_at = timezone.now()
    page.embargo_until = embargo_until
    page.save(update_fields=["published_by", "published_at", "embargo_until"])
    revision = Revision.objects.create(
        factcheck=page, number=1, content=snapshot(page), published_by=by
    )
    claim_review(revision)  # raises if the markup were not valid
    move(claim, ClaimStatus.PUBLISHED, by=by)
    return revision


@transaction.atomic
def retract(page: FactCheck, *, reason: str, by: User) -> None:
    """Take the fact-check back; a page with the reason stays at its address."""
    if not by.has_perm("annotations.retract_factcheck"):
        raise PublishRefused(_("You may not retract."))
    if not reason.strip():
        raise PublishRefused(
            _("Give the reason of the retraction: readers will see it.")
        )
    claim = Claim.objects.select_for_update(no_key=True).get(pk=page.claim_id)
    taken_back = FactCheck.objects.filter(
        pk=page.pk, published_at__isnull=False, retracted_at=None
    ).update(retracted_by=by, retracted_at=timezone.now(), retraction=reason.strip())
    if not taken_back:
        raise PublishRefused(_("It is not published, so it cannot be retracted."))
    move(claim, ClaimStatus.RETRACTED, by=by, reason=reason)

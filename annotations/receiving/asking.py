"""Asking for an article: by address, with a file, with a pasted text."""

import hashlib
from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext as _

from annotations.importing import Imported, import_article
from annotations.models import (
    Article,
    Edition,
    Intake,
    IntakeOrigin,
    IntakeStatus,
    Upload,
    User,
)
from annotations.models.intakes import PATIENCE, UNDER_WAY
from annotations.recognising import article_at, keys_of, nearest, take_turns
from annotations.text.aliases import key
from annotations.text.blocks import lay_out
from annotations.text.cleaning import LONGEST, normalise

from .fetching import row, take_in
from .keeping import ReceivingRefused
from .reading import LARGEST_FILE

LONGEST_NAME = 255


@transaction.atomic
def ask_for(address: str, *, by: User) -> Intake:
    """Have the page at `address`, a canonical one, fetched, for somebody to review.

    Whoever asks for a page that is on its way already gets what is there; what has
    failed is tried again.
    """
    own = key(address)
    take_turns([own])
    there = Intake.objects.unsettled().filter(key=own).first()
    if there:
        return _begin(there, by=by)
    intake = Intake.objects.create(
        origin=IntakeOrigin.ADDRESS,
        status=IntakeStatus.QUEUED,
        address=address,
        key=own,
        asked_by=by,
    )
    transaction.on_commit(partial(take_in.enqueue, intake_id=intake.pk))
    return intake


@transaction.atomic
def receive_file(
    name: str, data: bytes, *, by: User, batch: UUID | None = None, size: int = 0
) -> Intake:
    """Have the file read, for somebody to review; a file that is refused says why.

    `size` is how large it was if `data` is not all of it. The same file, while it waits,
    is the same row.
    """
    name = " ".join(normalise(name).split())[-LONGEST_NAME:] or "?"
    described = {
        "origin": IntakeOrigin.FILE,
        "file_name": name,
        "asked_by": by,
        "batch": batch,
    }
    problem = "file:empty" if not data else ""
    if max(size, len(data)) > LARGEST_FILE:
        problem = "file:too_large"
    if problem:
        return Intake.objects.create(
            status=IntakeStatus.FAILED, problem=problem, **described
        )
    digest = hashlib.sha256(data).hexdigest()
    take_turns([digest])
    there = Intake.objects.unsettled().filter(sha256=digest).first()
    if there and there.status != IntakeStatus.FAILED:
        Intake.objects.filter(pk=there.pk).update(batch=batch)
        return _begin(there, by=by) if there.is_given_up else there
    if there:
        # A file that could not be read may be readable under another name.
        Intake.objects.filter(pk=there.pk).update(
            status=IntakeStatus.QUEUED,
            problem="",
            problem_status=None,
            step="",
            moved_at=Now(),
            **described,
        )
        intake = there
    else:
        intake = Intake.objects.create(
            status=IntakeStatus.QUEUED, sha256=digest, **described
        )
    Upload.objects.update_or_create(intake=intake, defaults={"data": data})
    transaction.on_commit(partial(take_in.enqueue, intake_id=intake.pk))
    intake.refresh_from_db()
    return intake


@transaction.atomic
def receive_text(raw: str, *, by: User, **described: Any) -> Imported | Intake:
    """Keep a pasted text; one much like an article that is here waits for a choice instead.

    What has failed to be fetched from the same address is settled by it. Raises
    `ImportRefused` as `import_article` does.
    """
    address = described.get("address", "")
    text, blocks = lay_out(raw)
    if 0 < len(text) <= LONGEST and not article_at([address]):
        twins = not address and _is_here(text)
        near = None if twins else nearest(text)
        if near:
            return Intake.objects.create(
                origin=IntakeOrigin.TEXT,
                status=IntakeStatus.READY,
                asked_by=by,
                page_address=address,
                near=near.edition,
                likeness=near.share,
                blocks=[
                    row(block.kind, block.span.of(text), locator=block.locator)
                    for block in blocks
                ],
                **{
                    name: given
                    for name, given in described.items()
                    if name != "address"
                },
            )
    imported = import_article(raw, by=by, **described)
    settle([address], imported.article, by=by)
    return imported


def settle(addresses: Iterable[str], article: Article, *, by: User) -> None:
    """What is on its way from these addresses is `article`, which came by another door."""
    Intake.objects.unsettled().filter(key__in=keys_of(addresses)).update(
        status=IntakeStatus.KEPT,
        step="",
        problem="",
        problem_status=None,
        article=article,
        asked_by=Coalesce("asked_by", by.pk),
        settled_by=by,
        settled_at=Now(),
        moved_at=Now(),
    )


def _is_here(text: str) -> bool:
    """Whether an article without an address has this very text."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Edition.objects.filter(sha256=digest, article__address="").exists()


@transaction.atomic
def try_again(intake: Intake, *, by: User) -> Intake:
    """Fetch or read it once more: a failed page, an entry of a feed, what was given up."""
    return _begin(intake, by=by)


def _begin(intake: Intake, *, by: User) -> Intake:
    """Queue it, unless it is under way, to review or settled; then it stays as it is."""
    may_begin = Q(status__in=[IntakeStatus.WAITING, IntakeStatus.FAILED])
    is_given_up = Q(status__in=UNDER_WAY, moved_at__lt=Now() - PATIENCE)
    has_something = ~Q(address="") | Q(upload__isnull=False)
    found = Intake.objects.filter(pk=intake.pk)
    # A join may not be updated.
    begun = Intake.objects.filter(
        may_begin | is_given_up, pk__in=found.filter(has_something).values("pk")
    ).update(
        status=IntakeStatus.QUEUED,
        step="",
        problem="",
        problem_status=None,
        asked_by=Coalesce("asked_by", by.pk),
        moved_at=Now(),
    )
    if begun:
        transaction.on_commit(partial(take_in.enqueue, intake_id=intake.pk))
    current = found.get()
    if not begun and current.status == IntakeStatus.FAILED:
        raise ReceivingRefused(
            _("There is nothing to read once more. Send the file again.")
        )
    return current

"""Correcting what has come in, and keeping or dismissing it."""

from collections.abc import Sequence
from typing import Any, Literal, cast

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from annotations.importing import Imported, import_article
from annotations.models import Article, Intake, IntakeStatus, Upload, User
from annotations.models.intakes import UNSETTLED
from annotations.recognising import article_at, nearest
from annotations.refusals import Refusal, Stale
from annotations.text.blocks import Kind
from annotations.text.extracted import ExtractedBlock

# What becomes of a text that is here already, or much like one that is.
type Choice = Literal["", "own", "next"]


class ReceivingRefused(Refusal):
    """It stays as it was."""


@transaction.atomic
def review(
    intake: Intake,
    *,
    seen: int,
    by: User,
    blocks: Sequence[dict[str, Any]],
    address: str = "",
    **fields: Any,
) -> Intake:
    """Save the corrections on top of the version that `by` had seen; `Stale` if it moved on."""
    saved = Intake.objects.filter(
        pk=intake.pk, status=IntakeStatus.READY, version=seen
    ).update(
        blocks=list(blocks), page_address=address, version=F("version") + 1, **fields
    )
    current = Intake.objects.get(pk=intake.pk)
    if not saved:
        _check_is_ready(current)
        raise _stale(current)
    return current


def keep(
    intake: Intake,
    *,
    seen: int,
    by: User,
    blocks: Sequence[dict[str, Any]],
    choice: Choice = "",
    address: str = "",
    **fields: Any,
) -> Imported:
    """Make an article of what was reviewed, or the next version of one; once.

    Somebody who comes second gets the article that the first has kept. `choice` is asked
    for where the article, or a text much like it, is here: `Stale` where that has come to
    light only now.
    """
    text = "\n\n".join(block["text"] for block in blocks if not block["dropped"])
    if intake.status == IntakeStatus.READY and not choice:
        _look_around(intake, text=text, addresses=[address, *intake.aliases])
    with transaction.atomic():
        locked = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
        if locked.status == IntakeStatus.KEPT:
            if list(blocks) != locked.blocks:
                _check_is_ready(locked)
            article = cast(Article, locked.article)
            edition = article.editions.defer("text", "blocks", "search").latest(
                "number"
            )
            return Imported(article, edition, False, False)
        _check_is_ready(locked)
        if locked.version != seen:
            raise _stale(locked)
        if not text.strip():
            raise ReceivingRefused(
                _("Every block is dropped. Keep at least one, or dismiss the article.")
            )
        imported = import_article(
            [
                ExtractedBlock(
                    cast(Kind, block["kind"]), block["text"], locator=block["locator"]
                )
                for block in blocks
                if not block["dropped"]
            ],
            by=by,
            address=address,
            aliases=locked.aliases,
            apart=choice == "own",
            article=_to_continue(locked, choice, address),
            **fields,
        )
        Intake.objects.filter(pk=locked.pk).update(
            status=IntakeStatus.KEPT,
            article=imported.article,
            blocks=list(blocks),
            page_address=address,
            settled_by=by,
            settled_at=Now(),
            moved_at=Now(),
            version=F("version") + 1,
            **fields,
        )
        return imported


def _look_around(intake: Intake, *, text: str, addresses: Sequence[str]) -> None:
    """Raise `Stale` if a text much like this one has come in since it was fetched."""
    if intake.near_id or article_at(addresses):
        return
    near = nearest(text)
    if near is None:
        return
    found = Intake.objects.filter(pk=intake.pk, status=IntakeStatus.READY)
    if found.update(near=near.edition, likeness=near.share, version=F("version") + 1):
        raise Stale(
            _(
                "A text much like this one is here. Say below what is to become of this one."
            ),
            current=found.get(),
        )


def _to_continue(intake: Intake, choice: Choice, address: str) -> Article | None:
    """The article of which this becomes the next version although addresses do not say so."""
    if choice == "own":
        if address and article_at([address]):
            raise ReceivingRefused(
                _(
                    "Another article is at this very address. Make this text its next "
                    "version, or correct the address."
                )
            )
        return None
    if intake.twin_id or article_at([address, *intake.aliases]):
        return None
    if intake.near_id is None:
        return None
    if not choice:
        raise ReceivingRefused(
            _(
                "A text much like this one is here. Say whether this is an article of its "
                "own or the next version of that one."
            )
        )
    return Article.objects.get(editions=intake.near_id)


@transaction.atomic
def dismiss(intake: Intake, *, by: User, reason: str = "") -> Intake:
    """Say that it will not be kept; twice does no harm."""
    Intake.objects.filter(pk=intake.pk, status__in=UNSETTLED).update(
        status=IntakeStatus.DISMISSED,
        step="",
        problem="",
        problem_status=None,
        dismissed_because=reason,
        settled_by=by,
        settled_at=Now(),
        moved_at=Now(),
        version=F("version") + 1,
    )
    Upload.objects.filter(intake=intake.pk).delete()
    current = Intake.objects.get(pk=intake.pk)
    if current.status != IntakeStatus.DISMISSED:
        raise ReceivingRefused(_("Somebody has kept this article meanwhile."))
    return current


def _check_is_ready(intake: Intake) -> None:
    if intake.status == IntakeStatus.READY:
        return
    if intake.status == IntakeStatus.KEPT:
        raise Stale(
            _(
                "Somebody has kept this article meanwhile. What you wrote is still here: "
                "copy what the article lacks."
            ),
            current=intake,
        )
    if intake.status == IntakeStatus.DISMISSED:
        raise Stale(
            _(
                "Somebody has dismissed this article meanwhile. What you wrote is still "
                "here: paste it as a new article if it is to be kept."
            ),
            current=intake,
        )
    raise ReceivingRefused(_("This article is not ready for its review yet."))


def _stale(intake: Intake) -> Stale:
    return Stale(
        _(
            "Somebody else has corrected this article while you were reading. What you "
            "wrote is still here: look it over, then send it once more."
        ),
        current=intake,
    )

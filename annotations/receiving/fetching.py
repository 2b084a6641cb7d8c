"""Fetching a page or reading a file, in a worker, up to the review."""

import logging
from typing import Any

from django.db.models import F
from django.db.models.functions import Now
from django.tasks import task

from annotations.models import Intake, IntakeStatus, IntakeStep, Upload
from annotations.models.people import Language
from annotations.recognising import article_at, nearest
from annotations.text.syndication import shortened

from .problems import CannotRead
from .reading import Found, fetch_page, read_file, read_page

logger = logging.getLogger(__name__)


# Before feeds and whatever else waits: somebody is looking at the page.
@task(priority=10)
def take_in(intake_id: int) -> str:
    """Fetch or read it, if nobody does; the state it is in afterwards.

    Of two workers one begins. One that was given up and wakes up changes nothing: what is
    written has to fit the attempt.
    """
    startable = Intake.objects.startable().filter(pk=intake_id)
    begun = startable.update(
        status=IntakeStatus.FETCHING,
        step=IntakeStep.FETCHING,
        attempts=F("attempts") + 1,
        moved_at=Now(),
    )
    intake = Intake.objects.filter(pk=intake_id).first()
    if intake is None:
        return "gone"
    if not begun:
        return intake.status
    try:
        found = read(intake)
        step(intake, IntakeStep.COMPARING)
        changed = ready(intake, found)
    except CannotRead as failure:
        changed = {
            "status": IntakeStatus.FAILED,
            "problem": failure.problem,
            "problem_status": failure.status,
        }
    if write(intake, step="", moved_at=Now(), **changed):
        # What was read is in the row now; what cannot be read is of no use.
        Upload.objects.filter(intake=intake_id).delete()
    status: str = changed["status"]
    logger.info("intake %d attempt %d: %s", intake_id, intake.attempts, status)
    return status


def write(intake: Intake, **changed: Any) -> bool:
    """Whether the row took it: not if it was dismissed or begun again meanwhile."""
    mine = Intake.objects.filter(
        pk=intake.pk, status=IntakeStatus.FETCHING, attempts=intake.attempts
    )
    return mine.update(**changed) > 0


def step(intake: Intake, name: IntakeStep) -> None:
    write(intake, step=name)


def read(intake: Intake) -> Found:
    if intake.address:
        page = fetch_page(intake.address)
        step(intake, IntakeStep.READING)
        return read_page(page)
    step(intake, IntakeStep.READING)
    upload = Upload.objects.filter(intake=intake).first()
    return read_file(intake.file_name, bytes(upload.data) if upload else b"")


def ready(intake: Intake, found: Found) -> dict[str, Any]:
    """The columns of an intake that waits for its review."""
    extracted = found.extracted
    blocks = [
        row(block.kind, block.text, doubt=block.doubt, locator=block.locator)
        for block in extracted.blocks
    ]
    if not blocks:
        raise CannotRead("page:empty" if intake.address else "file:empty")
    twin = article_at([found.address, *found.aliases])
    kept = [block["text"] for block in blocks if not block["dropped"]]
    near = nearest("\n\n".join(kept)) if twin is None else None
    return {
        "status": IntakeStatus.READY,
        "headline": shortened(extracted.headline or intake.headline, 300),
        "outlet": shortened(extracted.outlet, 200),
        "byline": shortened(extracted.byline, 200),
        "language": extracted.language or intake.language or Language.FRENCH,
        "published_on": extracted.published_on or intake.published_on,
        "page_address": found.address,
        "aliases": list(found.aliases),
        "blocks": blocks,
        "twin": twin,
        "near": near.edition if near else None,
        "likeness": near.share if near else None,
        "version": F("version") + 1,
    }


def row(kind: str, text: str, *, doubt: str = "", locator: str = "") -> dict[str, Any]:
    """A block as JSON keeps it; a doubted one is proposed to be dropped."""
    return {
        "kind": kind,
        "text": text,
        "doubt": doubt,
        "locator": locator,
        "dropped": bool(doubt),
    }

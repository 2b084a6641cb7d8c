"""Looking after feeds: politely, one round after the other, and nothing is fetched unasked."""

import logging
import random
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.tasks import task
from django.utils import timezone

from .models import (
    ArticleAddress,
    Feed,
    Intake,
    IntakeOrigin,
    IntakeStatus,
    Rounds,
    User,
)
from .outgoing import LIMITS, FetchRefused, fetch
from .text.aliases import key
from .text.syndication import Entry, NotAFeed, read_feed

logger = logging.getLogger(__name__)

# HTML is asked for too, as some sites say that of their feeds; what is none is refused.
ACCEPT = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
    "text/plain",
    "text/html",
)
FEED_LIMITS = replace(LIMITS, seconds=10.0, sent_bytes=2_000_000, body_bytes=5_000_000)

# News wants to be soon, and the site its peace.
INTERVAL = timedelta(minutes=15)
# Nobody asks more often, by a button neither.
SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(days=1)
# What was published before that is no news; a new feed may have months of it.
OLDEST = timedelta(days=7)
# Feeds that a round asks, so that the worker is soon there for what people wait for.
AT_ONCE = 10
# After so long without its round the chain of tasks is taken for broken.
GRACE = timedelta(minutes=10)


@transaction.atomic
def watch(
    address: str, *, by: User, language: str, title: str = "", is_active: bool = True
) -> Feed:
    """Watch the feed at `address`; the one that is watched already if there is one."""
    feed, is_new = Feed.objects.get_or_create(
        address=address,
        defaults={
            "title": title,
            "language": language,
            "is_active": is_active,
            "added_by": by,
        },
    )
    if is_new and is_active:
        transaction.on_commit(partial(check_feed.enqueue, feed_id=feed.pk))
        ensure_rounds()
    return feed


@transaction.atomic
def revise(feed: Feed, *, address: str, **fields: Any) -> Feed:
    """Correct what is known of the feed; at another address it begins anew."""
    current = Feed.objects.select_for_update().get(pk=feed.pk)
    anew = {"etag": "", "last_modified": "", "failures": 0, "problem": ""}
    if current.address != address:
        fields |= anew | {"problem_status": None, "next_check_at": Now()}
    Feed.objects.filter(pk=feed.pk).update(address=address, **fields)
    ensure_rounds()
    return Feed.objects.get(pk=feed.pk)


@transaction.atomic
def check_soon(feed: Feed) -> bool:
    """Have the feed asked now, unless it was just asked; whether it will be."""
    may_be_asked = Feed.objects.active().filter(pk=feed.pk)
    may_be_asked = may_be_asked.exclude(checked_at__gt=Now() - SHORTEST)
    if not may_be_asked.update(next_check_at=Now()):
        return False
    transaction.on_commit(partial(check_feed.enqueue, feed_id=feed.pk))
    return True


@task
def check_feed(feed_id: int) -> int:
    """Look after one feed; how many entries are new."""
    feed = Feed.objects.filter(pk=feed_id).first()
    return look_after(feed) if feed else 0


def look_after_due(most: int | None = None) -> dict[str, int]:
    """Look after the feeds that are due, or `most` of them; new entries by feed."""
    found = {}
    for feed in list(Feed.objects.due()[:most]):
        found[str(feed)] = look_after(feed)
    return found


def look_after(feed: Feed) -> int:
    """Ask the feed for its entries, if it is due and nobody else does; how many are new."""
    mine = Feed.objects.active().filter(pk=feed.pk, next_check_at__lte=Now())
    if not mine.update(next_check_at=Now() + INTERVAL, checked_at=Now()):
        return 0
    try:
        answer = fetch(
            feed.address,
            accept=ACCEPT,
            etag=feed.etag,
            last_modified=feed.last_modified,
            limits=FEED_LIMITS,
        )
        news = None if answer.not_modified else read_feed(answer.body)
    except FetchRefused as refusal:
        failed(feed, f"fetch:{refusal.reason}", refusal.status, refusal.retry_after)
        return 0
    except NotAFeed as no:
        failed(feed, f"feed:{no.reason}", None, None)
        return 0
    wait = max(varied(INTERVAL), answer.retry_after or timedelta())
    changed = {
        "failures": 0,
        "problem": "",
        "problem_status": None,
        "next_check_at": timezone.now() + wait,
    }
    new = 0
    with transaction.atomic():
        if news is not None:
            new = receive(feed, news.entries)
            changed |= {
                "etag": answer.etag,
                "last_modified": answer.last_modified,
                "title": feed.title or news.title,
            }
        Feed.objects.filter(pk=feed.pk).update(**changed)
    logger.info("feed %d: %d new", feed.pk, new)
    return new


def failed(
    feed: Feed, problem: str, status: int | None, retry_after: timedelta | None
) -> None:
    """Leave the feed alone for a while: twice as long each time, and as long as it asks."""
    wait = min(INTERVAL * 2 ** min(feed.failures + 1, 10), LONGEST)
    wait = max(varied(wait), retry_after or timedelta())
    Feed.objects.filter(pk=feed.pk).update(
        failures=F("failures") + 1,
        problem=problem,
        problem_status=status,
        next_check_at=timezone.now() + wait,
    )
    logger.info("feed %d: %s, again in %s", feed.pk, problem, wait)


def varied(wait: timedelta) -> timedelta:
    """Up to a tenth longer, so that feeds do not all come at once."""
    return wait * random.uniform(1, 1.1)  # noqa: S311  it is no secret


def receive(feed: Feed, entries: list[Entry]) -> int:
    """Have those entries wait for a person that are news and were never here; how many."""
    oldest = timezone.localdate() - OLDEST
    entries = [
        entry
        for entry in entries
        if entry.published_on is None or entry.published_on >= oldest
    ]
    keys = {entry.name: key(entry.address) for entry in entries}
    of_feed = Intake.objects.filter(feed=feed)
    seen = set(of_feed.filter(entry__in=keys).values_list("entry", flat=True))
    taken = set(
        Intake.objects.filter(key__in=keys.values()).values_list("key", flat=True)
    ) | set(
        ArticleAddress.objects.filter(key__in=keys.values()).values_list(
            "key", flat=True
        )
    )
    new: dict[str, Entry] = {}
    for entry in entries:
        own = keys[entry.name]
        if entry.name not in seen and own not in taken:
            new.setdefault(own, entry)
    rows = [
        Intake(
            origin=IntakeOrigin.FEED,
            status=IntakeStatus.WAITING,
            feed=feed,
            entry=entry.name,
            address=entry.address,
            key=own,
            headline=entry.title,
            summary=entry.summary,
            published_on=entry.published_on,
            language=feed.language,
        )
        # The first of a feed is its newest, and the newest come first in the queue.
        for own, entry in reversed(new.items())
    ]
    Intake.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def ensure_rounds() -> bool:
    """Begin the chain of rounds, or again if it has broken; whether that was needed.

    A backend that cannot run a task later leaves the rounds to `manage.py watch_feeds`.
    """
    if not watch_feeds.get_backend().supports_defer:
        return False
    if not Feed.objects.active().exists():
        return False
    ticket = uuid4()
    begun = {"ticket": ticket, "due_at": timezone.now()}
    _row, is_new = Rounds.objects.get_or_create(pk=1, defaults=begun)
    broken = Rounds.objects.filter(pk=1, due_at__lt=timezone.now() - GRACE)
    if not is_new and not broken.update(**begun):
        return False
    transaction.on_commit(partial(watch_feeds.enqueue, ticket=str(ticket)))
    return True


@task
def watch_feeds(ticket: str) -> int:
    """One round: the next is queued before the feeds are asked; how many entries are new."""
    if not carry_on(ticket):
        return 0
    return sum(look_after_due(AT_ONCE).values())


@transaction.atomic
def carry_on(ticket: str) -> bool:
    """Queue the round after this one; False if `ticket` is not that of the chain."""
    following, due_at = uuid4(), next_round()
    if not Rounds.objects.filter(pk=1, ticket=ticket).update(
        ticket=following, due_at=due_at
    ):
        return False
    if not Feed.objects.active().exists():
        Rounds.objects.all().delete()
        return True
    later = watch_feeds.using(run_after=due_at)
    transaction.on_commit(partial(later.enqueue, ticket=str(following)))
    return True


def next_round() -> datetime:
    """When the next feed is due, those counted as asked that this round asks."""
    now = timezone.now()
    if Feed.objects.due()[AT_ONCE : AT_ONCE + 1]:
        return now + SHORTEST
    feeds = Feed.objects.active().filter(next_check_at__gt=now)
    first = feeds.order_by("next_check_at").values_list("next_check_at", flat=True)[:1]
    return max(now + SHORTEST, min([*first, now + INTERVAL]))

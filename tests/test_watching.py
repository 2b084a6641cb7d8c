"""Feeds are asked politely, one round after the other; what they bring waits for a person."""

from datetime import timedelta
from email.utils import format_datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.tasks import task_backends
from django.utils import timezone

from annotations import receiving, watching
from annotations.models import Feed, Intake, IntakeStatus, Rounds
from annotations.receiving import problems
from annotations.watching import (
    AT_ONCE,
    GRACE,
    INTERVAL,
    LONGEST,
    ensure_rounds,
    look_after,
    watch_feeds,
)
from tests import make
from tests.outgoing.site import answer
from tests.test_receiving import site  # noqa: F401  a fixture
from tests.text.test_syndication import item, rss

pytestmark = pytest.mark.django_db

DUMMY = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}


def feed_of(*items: str, headers: tuple[str, ...] = ()) -> bytes:
    return answer(rss(*items), *headers, media="application/rss+xml")


def due(feed: Feed) -> Feed:
    Feed.objects.filter(pk=feed.pk).update(next_check_at=timezone.now())
    return Feed.objects.get(pk=feed.pk)


@pytest.fixture
def paper(site):  # noqa: F811
    """A feed that is due, on a site of this machine, and the site."""
    at, opened = site({"/feed": feed_of(item("https://paper.example/1", "One"))})
    return due(make.feed(address=f"{at}/feed")), opened


@pytest.fixture
def tasks(settings):
    """The tasks that were queued, as a backend that can wait keeps them."""
    settings.TASKS = DUMMY
    return task_backends["default"].results


def titles() -> list[str]:
    return list(Intake.objects.order_by("pk").values_list("headline", flat=True))


def test_new_entries_wait_for_a_person_and_no_page_is_fetched(paper):
    feed, opened = paper

    assert look_after(feed) == 1

    intake = Intake.objects.get()
    assert (intake.status, intake.headline) == (IntakeStatus.WAITING, "One")
    assert (intake.feed, intake.language) == (feed, "en")
    assert opened.paths == ["/robots.txt", "/feed"]


def test_an_entry_comes_in_once_whatever_became_of_it(paper, editor):
    feed, opened = paper
    look_after(feed)
    receiving.dismiss(Intake.objects.get(), by=editor)
    opened.answers["/feed"] = feed_of(
        item("https://paper.example/2", "Two"),
        item("https://paper.example/1?utm_source=rss", "One, corrected"),
    )

    assert look_after(due(feed)) == 1

    assert titles() == ["One", "Two"]


def test_what_is_an_article_or_on_its_way_does_not_come_in(paper, editor):
    feed, opened = paper
    make.article(address="https://www.paper.example/1/", by=editor)
    make.intake(address="https://paper.example/2", headline="Asked for")
    opened.answers["/feed"] = feed_of(
        item("https://paper.example/1"), item("https://paper.example/2")
    )

    assert look_after(feed) == 0

    assert titles() == ["Asked for"]


def test_what_is_older_than_a_week_is_no_news(paper):
    feed, opened = paper

    def entry(days):
        day = timezone.now() - timedelta(days=days)
        published = {"pubDate": format_datetime(day)}
        return item(f"https://paper.example/{days}", f"{days} days", **published)

    opened.answers["/feed"] = feed_of(entry(30), entry(9), entry(5), entry(0))

    assert look_after(feed) == 2

    assert titles() == ["0 days", "5 days"]


def test_a_feed_that_has_not_changed_says_so_and_brings_nothing(paper):
    feed, opened = paper
    modified = "Tue, 24 Nov 2026 10:00:00 GMT"
    opened.answers["/feed"] = feed_of(
        item(), headers=('ETag: "v1"', f"Last-Modified: {modified}")
    )
    look_after(feed)
    opened.answers["/feed"] = answer(b"", status="304 Not Modified", media=None)

    assert look_after(due(feed)) == 0

    assert 'if-none-match: "v1"' in opened.heads[-1].lower()
    assert f"if-modified-since: {modified}".lower() in opened.heads[-1].lower()
    feed.refresh_from_db()
    assert (feed.failures, feed.etag) == (0, '"v1"')


def test_nobody_asks_a_feed_that_is_not_due_or_not_watched(paper):
    feed, opened = paper
    look_after(feed)
    asked = len(opened.heads)
    feed.refresh_from_db()
    assert feed.next_check_at > timezone.now() + INTERVAL / 2

    assert look_after(feed) == 0
    Feed.objects.update(is_active=False)
    assert look_after(due(feed)) == 0

    assert len(opened.heads) == asked


def test_after_each_failure_it_is_left_alone_for_longer(paper):
    feed, opened = paper
    opened.answers["/feed"] = answer(b"", status="500 Internal Server Error")

    waits = []
    for _ in range(9):
        before = timezone.now()
        look_after(due(feed))
        feed.refresh_from_db()
        waits.append(feed.next_check_at - before)

    assert waits[0] >= 2 * INTERVAL
    assert all(waits[n + 1] > 1.5 * waits[n] for n in range(3))
    assert LONGEST <= waits[-1] <= 1.2 * LONGEST
    assert feed.failures == 9
    assert "error 500" in problems.sentence(feed.problem, feed.problem_status)
    opened.answers["/feed"] = feed_of(item())
    look_after(due(feed))
    feed.refresh_from_db()
    assert (feed.failures, feed.problem) == (0, "")


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_site_that_asks_for_peace_gets_it(paper, status):
    feed, opened = paper
    opened.answers["/feed"] = answer(b"", "Retry-After: 172800", status=status)

    look_after(feed)

    feed.refresh_from_db()
    assert feed.next_check_at > timezone.now() + timedelta(hours=47)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"<html><body>Hello</body></html>", "no RSS or Atom feed"),
        (rss(item(), before='<!DOCTYPE a [<!ENTITY b "c">]>'), "mean harm"),
    ],
)
def test_what_is_no_feed_says_so(paper, body, says):
    feed, opened = paper
    opened.answers["/feed"] = answer(body, media="text/xml")

    assert look_after(feed) == 0

    feed.refresh_from_db()
    assert says in problems.sentence(feed.problem, feed.problem_status)


def test_a_feed_is_watched_once_and_asked_at_once(
    editor,
    site,  # noqa: F811
    django_capture_on_commit_callbacks,
):
    at, _ = site({"/feed": feed_of(item(), item("https://paper.example/b"))})

    with django_capture_on_commit_callbacks(execute=True):
        feed = watching.watch(f"{at}/feed", by=editor, language="fr")
    again = watching.watch(f"{at}/feed", by=make.editor(), language="en")

    assert again == feed
    assert Intake.objects.count() == 2
    feed.refresh_from_db()
    assert (feed.title, feed.language) == ("The Paper", "fr")


def test_at_another_address_a_feed_begins_anew(editor):
    feed = make.feed(etag='"v1"', failures=3, problem="fetch:timeout")

    watching.revise(
        feed, address="https://other.example/", title="", language="fr", is_active=True
    )

    feed.refresh_from_db()
    assert (feed.etag, feed.failures, feed.problem) == ("", 0, "")


def test_a_person_can_have_it_asked_but_not_twice_in_a_minute():
    feed = make.feed()

    assert watching.check_soon(feed)
    Feed.objects.update(checked_at=timezone.now())
    assert not watching.check_soon(feed)


# The chain of rounds


def run_next(tasks, capture) -> int:
    """Run the one round that is queued."""
    [queued] = tasks
    tasks.clear()
    with capture(execute=True):
        return watch_feeds.call(**queued.kwargs)


def test_each_round_queues_the_next(paper, tasks, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert ensure_rounds()

    assert run_next(tasks, django_capture_on_commit_callbacks) == 1

    [following] = tasks
    assert following.task.run_after == Rounds.objects.get().due_at
    assert (
        timedelta(minutes=10)
        < following.task.run_after - timezone.now()
        < timedelta(minutes=16)
    )


def test_a_round_asks_some_and_the_next_comes_soon_for_the_others(
    tasks, django_capture_on_commit_callbacks
):
    for _ in range(AT_ONCE + 2):
        due(make.feed(address=f"http://10.0.0.1/{Feed.objects.count()}"))
    with django_capture_on_commit_callbacks(execute=True):
        ensure_rounds()

    run_next(tasks, django_capture_on_commit_callbacks)

    assert Feed.objects.filter(failures=1).count() == AT_ONCE
    [following] = tasks
    assert following.task.run_after - timezone.now() < timedelta(minutes=2)


def test_there_is_one_chain(paper, tasks, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert ensure_rounds()
        assert not ensure_rounds()
    [first] = tasks
    run_next(tasks, django_capture_on_commit_callbacks)

    with django_capture_on_commit_callbacks(execute=True):
        assert watch_feeds.call(**first.kwargs) == 0
        assert not ensure_rounds()

    assert len(tasks) == 1


def test_a_chain_that_has_broken_begins_again(
    paper, tasks, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        ensure_rounds()
    tasks.clear()
    Rounds.objects.update(due_at=timezone.now() - GRACE - timedelta(seconds=1))

    with django_capture_on_commit_callbacks(execute=True):
        assert ensure_rounds()

    assert run_next(tasks, django_capture_on_commit_callbacks) == 1


def test_a_worker_that_dies_in_a_round_does_not_break_the_chain(
    paper, tasks, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        ensure_rounds()
    [begun] = tasks

    with django_capture_on_commit_callbacks(execute=True):
        watching.carry_on(begun.kwargs["ticket"])  # and then it dies

    assert len(tasks) == 2


def test_without_feeds_there_are_no_rounds(tasks, django_capture_on_commit_callbacks):
    assert not ensure_rounds()
    feed = make.feed()
    with django_capture_on_commit_callbacks(execute=True):
        assert ensure_rounds()
    Feed.objects.filter(pk=feed.pk).update(is_active=False)

    run_next(tasks, django_capture_on_commit_callbacks)

    assert tasks == []
    assert not Rounds.objects.exists()


def test_a_backend_that_cannot_wait_leaves_it_to_cron(paper):
    assert not ensure_rounds()

    out = StringIO()
    call_command("watch_feeds", once=True, stdout=out)

    assert out.getvalue() == f"{paper[0]}: 1 new.\n"
    out = StringIO()
    call_command("watch_feeds", stdout=out)
    assert out.getvalue() == "No feed is due.\n"


def test_the_command_only_sees_to_the_chain_if_asked(
    paper, tasks, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("watch_feeds", start=True, stdout=StringIO())

    assert len(tasks) == 1
    assert not Intake.objects.exists()

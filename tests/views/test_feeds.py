"""The feeds that are watched, and who may say which."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.models import Feed
from tests import make
from tests.views.readers import text

pytestmark = pytest.mark.django_db

ADDRESS = "https://paper.example/feed.xml"


def test_an_editor_watches_a_feed(desk, editor):
    answer = desk.post(
        "/feeds/",
        {
            "address": f"{ADDRESS}#x",
            "title": "Paper",
            "language": "en",
            "is_active": "1",
        },
        follow=True,
    )

    feed = Feed.objects.get()
    assert "“Paper” is watched." in answer.text
    assert (feed.address, feed.added_by, feed.is_active) == (ADDRESS, editor, True)


@pytest.mark.parametrize(
    ("address", "says"),
    [("javascript:alert(1)", "An address begins with http"), (ADDRESS, "already")],
)
def test_a_feed_that_cannot_be_watched_is_shown_again(desk, address, says):
    make.feed(address=ADDRESS)

    answer = desk.post(
        "/feeds/", {"address": address, "title": "Typed", "language": "fr"}
    )

    assert answer.status_code == 422
    assert says in answer.text
    assert 'value="Typed"' in answer.text
    assert Feed.objects.count() == 1


def test_the_list_says_what_is_wrong_and_how_often(desk):
    make.feed(problem="fetch:timeout", failures=3)
    make.intake(origin="feed", feed=Feed.objects.get(), entry="1", status="waiting")

    page = text(desk.get("/feeds/"))

    assert "3 times in a row: The site took too long to answer." in page
    assert "1 entry waits" in page


def test_a_feed_is_changed_and_no_longer_watched(desk):
    feed = make.feed()

    desk.post(
        f"/feeds/{feed.pk}/",
        {"address": feed.address, "title": "Renamed", "language": "fr"},
    )

    feed.refresh_from_db()
    assert (feed.title, feed.is_active) == ("Renamed", False)
    assert "not watched" in desk.get("/feeds/").text


def test_a_feed_is_asked_now_but_not_at_every_click(desk):
    feed = make.feed(checked_at=timezone.now() - timedelta(seconds=61))

    first = desk.post(f"/feeds/{feed.pk}/check/", follow=True)
    Feed.objects.update(checked_at=timezone.now())
    second = desk.post(f"/feeds/{feed.pk}/check/", follow=True)

    assert "is being asked for new entries" in first.text
    assert "was asked less than a minute ago" in second.text


def test_who_only_reviews_claims_sees_the_feeds_and_changes_none(client, reviewer):
    make.feed()
    client.force_login(reviewer)

    page = client.get("/feeds/")

    assert page.status_code == 200
    assert "Watch it" not in page.text
    assert client.post("/feeds/", {"address": ADDRESS}).status_code == 403

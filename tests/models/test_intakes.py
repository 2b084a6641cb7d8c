"""What the database holds of intakes, feeds, addresses and fingerprints."""

from uuid import uuid4

import pytest
from django.utils import timezone

from annotations import receiving
from annotations.models import (
    ArticleAddress,
    Feed,
    Fingerprint,
    Intake,
    IntakeStatus,
    Rounds,
    Upload,
)
from tests import make

from .refusing import refused, sql

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"origin": "telegram"}, "intake_origin_is_known"),
        ({"status": "lost"}, "intake_status_is_known"),
        ({"step": "dancing"}, "intake_step_is_known"),
        ({"language": "de"}, "intake_language_is_known"),
        ({"address": "", "key": ""}, "intake_says_where_from"),
        ({"origin": "file"}, "intake_says_where_from"),
        ({"origin": "feed", "entry": "1"}, "intake_says_where_from"),
        ({"address": "javascript:x"}, "intake_address_is_on_the_web"),
        ({"key": ""}, "intake_address_is_on_the_web"),
        ({"page_address": "ftp://x.example/"}, "intake_page_address_is_on_the_web"),
        ({"asked_by": None}, "intake_asked_for_by_a_person"),
        ({"status": IntakeStatus.FAILED}, "intake_failed_says_why"),
        ({"problem": "fetch:timeout"}, "intake_failed_says_why"),
        ({"status": IntakeStatus.DISMISSED}, "intake_settled_by_somebody"),
        ({"settled_at": timezone.now()}, "intake_settled_by_somebody"),
    ],
)
def test_an_intake_is_in_order(changes, rule):
    intake = make.intake()

    with refused(rule):
        Intake.objects.filter(pk=intake.pk).update(**changes)


def test_what_is_kept_has_its_article_and_nothing_else_has(editor):
    intake = make.intake()
    settled = {"settled_by": editor, "settled_at": timezone.now()}

    with refused("intake_kept_has_its_article"):
        Intake.objects.filter(pk=intake.pk).update(status="kept", **settled)
    with refused("intake_kept_has_its_article"):
        Intake.objects.filter(pk=intake.pk).update(article=make.article())


def test_a_page_or_file_is_taken_in_once_at_a_time(editor):
    first = make.intake(address="https://paper.example/a")
    with refused("intake_once_at_a_time_per_address"):
        make.intake(address="https://www.paper.example/a/")
    receiving.dismiss(first, by=editor)
    make.intake(address="https://www.paper.example/a/")

    make.intake(origin="file", file_name="a", address="", sha256="x")
    with refused("intake_once_at_a_time_per_file"):
        make.intake(origin="file", file_name="b", address="", sha256="x")


def test_an_entry_of_a_feed_comes_in_once_for_ever(editor):
    feed = make.feed()
    first = make.intake(origin="feed", feed=feed, entry="1")
    receiving.dismiss(first, by=editor)

    with refused("intake_once_per_entry"):
        make.intake(origin="feed", feed=feed, entry="1")


def test_what_is_settled_stays_so(editor):
    intake = make.intake()
    receiving.dismiss(intake, by=editor)

    with refused("intake_settled_stays"):
        sql(
            "UPDATE annotations_intake SET status = 'ready', settled_by_id = NULL, "
            "settled_at = NULL WHERE id = %s",
            intake.pk,
        )


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"address": "javascript:x"}, "feed_address_is_on_the_web"),
        ({"language": "de"}, "feed_language_is_known"),
    ],
)
def test_a_feed_is_in_order(changes, rule):
    feed = make.feed()

    with refused(rule):
        Feed.objects.filter(pk=feed.pk).update(**changes)


def test_a_feed_is_watched_once():
    feed = make.feed()

    with refused("feed_once_per_address"):
        make.feed(address=feed.address)


def test_an_address_leads_to_one_article():
    make.article(address="https://paper.example/a")
    other = make.article()

    with refused("article_address_leads_to_one_article"):
        ArticleAddress.objects.create(
            article=other, address="https://paper.example/a", key="paper.example/a"
        )
    for address, key in [("https://x.example/", ""), ("x", "x")]:
        with refused("article_address_has_a_key"):
            ArticleAddress.objects.create(article=other, address=address, key=key)


def test_a_fingerprint_is_never_changed():
    make.edition()

    with refused("fingerprint_is_made_anew_not_changed"):
        Fingerprint.objects.update(method="other")


def test_there_is_one_row_of_rounds_and_no_upload_is_empty():
    with refused("rounds_are_one"):
        Rounds.objects.create(pk=2, ticket=uuid4(), due_at=timezone.now())
    with refused("upload_is_not_empty"):
        Upload.objects.create(intake=make.intake(), data=b"")

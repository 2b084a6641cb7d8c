"""A record altered behind the history's back is found, whichever it is."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from annotations import highlighting, replaying
from annotations.models import Claim, ClaimStatus, DetectorWeights, Rating, Source
from tests import make
from tests.models.refusing import sql
from tests.tampering import settle, without_triggers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _history(db) -> None:
    """From nothing on: what other tests have left unrecorded is not to be found here."""
    claim = make.claim(status=ClaimStatus.RETRACTED)
    claim.claimant.role = "Countess"
    claim.claimant.save()
    highlighting.undo(fresh := make.claim("It is blue."), by=fresh.created_by)
    settle()


def found() -> str:
    with pytest.raises(CommandError, match="Broken") as broken:
        call_command("verify_history", stdout=io.StringIO(), stderr=io.StringIO())
    return str(broken.value)


def test_records_that_nobody_tampered_with_are_as_their_history_says():
    out = io.StringIO()

    call_command("verify_history", stdout=out)

    count = replaying.verify_rows()
    assert count > 30
    assert f"Records: {count}, each as its history tells it." in out.getvalue()


@pytest.mark.parametrize(
    ("table", "change", "column"),
    [
        ("claim", "statement = 'It is flat.'", "statement"),
        ("claim", "status = 'published'", "status"),
        ("claim", "moved_at = moved_at - interval '1 day'", "moved_at"),
        ("claim", "claimed_on = '2001-01-01'", ""),
        (
            "verdict",
            "rating_id = (SELECT max(id) FROM annotations_rating)",
            "rating_id",
        ),
        ("verdict", "reason = 'Because.'", "reason"),
        ("decision", "by_id = by_id + 1", "by_id"),
        ("factcheck", "retraction = 'Somebody asked us to.'", "retraction"),
        ("revision", "content = jsonb_set(content, '{title}', '\"No.\"')", "content"),
        ("edition", "text = text || '!'", "text"),
        ("transition", "reason = 'None.'", "reason"),
        ("newsroom", "verdicts_asked = 1", "verdicts_asked"),
        ("user", "is_superuser = true", "is_superuser"),
        ("rating", "label_fr = 'Vrai'", "label_fr"),
        ("source", "publisher = 'Somebody'", "publisher"),
    ],
)
def test_a_field_altered_with_the_triggers_off_is_found(table, change, column):
    with without_triggers():
        sql(
            f"UPDATE annotations_{table} SET {change} "  # noqa: S608
            f"WHERE id = (SELECT min(id) FROM annotations_{table})"
        )

    if column:
        assert f": {column} was altered" in found()
        assert f"annotations_{table}, number" in found()
    else:  # no row ever had anything in this column, so nothing says that it was there
        replaying.verify_rows()


def test_a_row_removed_or_put_in_with_the_triggers_off_is_found():
    with without_triggers():
        sql(
            "DELETE FROM annotations_user_groups WHERE id = (SELECT min(id) FROM annotations_user_groups)"
        )
    assert "annotations_user_groups" in found()
    assert "is gone, and the history does not know why" in found()


def test_a_role_given_with_the_triggers_off_is_found():
    person = make.reviewer()
    settle()
    with without_triggers():
        sql(
            "INSERT INTO annotations_user_groups (user_id, group_id) "
            "SELECT %s, id FROM auth_group WHERE name = 'editors'",
            person.pk,
        )

    assert "is there, and the history does not know it" in found()


def test_a_first_author_removed_with_the_triggers_off_is_found():
    """Who highlighted a claim could then judge it."""
    with without_triggers():
        sql("DELETE FROM annotations_authorship")

    assert "annotations_authorship: that " in found()


def test_a_column_that_came_later_is_no_alarm():
    sql("ALTER TABLE annotations_source ADD COLUMN later text NOT NULL DEFAULT ''")
    assert replaying.verify_rows()

    sql(
        "UPDATE annotations_source SET later = 'x' WHERE id = (SELECT max(id) FROM annotations_source)"
    )
    assert replaying.verify_rows()


def test_a_column_that_is_gone_is_no_alarm():
    sql("ALTER TABLE annotations_rating DROP COLUMN definition_en")

    assert replaying.verify_rows()


def test_times_are_the_same_in_any_time_zone():
    sql("SET LOCAL TimeZone = 'Asia/Kathmandu'")
    Rating.objects.update(retired_at=timezone.now())
    sql("SET LOCAL TimeZone = 'UTC'")

    assert replaying.verify_rows()


def test_raw_sql_with_the_triggers_on_is_no_alarm():
    sql("UPDATE annotations_source SET publisher = 'Somebody'")

    assert Source.objects.filter(publisher="Somebody")
    assert Claim.objects.count() == 1
    assert replaying.verify_rows()


def test_a_null_within_a_column_is_no_alarm(moderator):
    DetectorWeights.objects.create(
        version="1", content=b"1", report={"before": None}, made_by=moderator
    )

    assert replaying.verify_rows() > 0

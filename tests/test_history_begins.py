"""What an installation had of history before goes over into the one that is chained."""

from importlib import import_module

import pytest
from django.db import connection

from annotations import chain, following, highlighting, replaying, settling
from annotations.models import HistoryEntry
from annotations.telling import story
from tests import make
from tests.models.refusing import refused, sql
from tests.tampering import without_triggers

pytestmark = pytest.mark.django_db

migration = import_module("annotations.migrations.0012_history_is_one")


def forget() -> None:
    """As before there was a history."""
    with without_triggers():
        for table in ("entry", "link", "head"):
            sql(f"DELETE FROM annotations_history{table}")  # noqa: S608


def begin(*steps: str) -> None:
    with connection.cursor() as cursor:
        for step in (migration.BEGIN, *steps, migration.END):
            cursor.execute(step)


def test_what_is_there_is_taken_down_as_found():
    claim = make.claim(statement="It is round.", status="published")
    forget()

    begin(migration.FIND)

    found = {(entry.table, entry.row): entry for entry in HistoryEntry.objects.all()}
    assert {entry.operation for entry in found.values()} == {"found"}
    whole = found["annotations_claim", claim.pk]
    assert whole.values["statement"] == "It is round."
    assert (whole.claim, "search" in whole.values) == (claim.pk, False)
    revision = found["annotations_revision", claim.factcheck.revisions.get().pk]
    assert revision.claim == claim.pk
    assert revision.values["content"].startswith("sha256:")
    person = found["annotations_user", claim.created_by_id]
    assert "username" not in person.values
    assert chain.verify().number == len(found)
    with refused("history_stays"):
        sql(
            "INSERT INTO annotations_historyentry SELECT * FROM annotations_historyentry"
        )


def test_what_was_removed_before_is_removed_in_the_history(editor):
    claim = make.claim(by=editor)
    gone = claim.pk
    sql(
        "CREATE TEMP TABLE annotations_claimevent AS SELECT 1 AS pgh_id, "
        "now() AS pgh_created_at, 'insert' AS pgh_label, id AS pgh_obj_id, "
        "NULL::uuid AS pgh_context_id, id, created_by_id FROM annotations_claim"
    )
    for record in ("evidence", "factcheck", "carriage"):
        sql(
            f"CREATE TEMP TABLE annotations_{record}event (pgh_id int, "
            "pgh_created_at timestamptz, pgh_label text, pgh_obj_id int, "
            "pgh_context_id uuid, claim_id int, appearance_id int)"
        )
    highlighting.undo(claim, by=editor)
    forget()

    begin(migration.CONVERT, migration.GONE, migration.FIND)

    told = HistoryEntry.objects.filter(table="annotations_claim", row=gone)
    assert [entry.operation for entry in told] == ["insert", "delete"]
    assert told.last().claim == gone
    assert replaying.verify_rows() > 0


def test_what_people_decided_about_a_passage_stays_told(editor):
    row = make.carriage("It is round.", "It is flat.", by=editor)
    settling.settle(row, None, seen=1, by=editor, reason="Gone.")
    sql(
        "CREATE TEMP TABLE annotations_carriageevent AS SELECT 1 AS pgh_id, "
        "now() AS pgh_created_at, 'update' AS pgh_label, id AS pgh_obj_id, "
        "NULL::uuid AS pgh_context_id, annotations_carriage.* FROM annotations_carriage"
    )
    for record in ("claim", "evidence", "factcheck"):
        sql(
            f"CREATE TEMP TABLE annotations_{record}event (pgh_id int, id int, "
            "pgh_created_at timestamptz, pgh_label text, pgh_obj_id int, "
            "pgh_context_id uuid, claim_id int)"
        )
    forget()

    begin(migration.CONVERT, migration.GONE, migration.FIND)

    entry = HistoryEntry.objects.get(table="annotations_carriage", row=row.pk)
    claim = row.appearance.claim
    assert (entry.operation, entry.claim) == ("found", claim.pk)
    row.refresh_from_db()
    [settled] = following.settlements([row])
    assert (settled.by, settled.at) == (editor, row.settled_at)
    [one] = [
        one
        for one in story(claim, seen_by=editor)
        if "settled a passage" in str(one.clauses[0])
    ]
    assert (one.who, one.reason) == ("editor", "Gone.")
    assert replaying.verify_rows() > 0


def test_what_was_recorded_record_by_record_becomes_entries_in_order():
    forget()
    columns = (
        "pgh_id int, pgh_created_at timestamptz, pgh_label text, pgh_obj_id int, "
        "pgh_context_id uuid, id int, note text, claim_id int, appearance_id int"
    )
    for record in ("claim", "evidence", "factcheck", "carriage"):
        sql(f"CREATE TEMP TABLE annotations_{record}event ({columns})")
    sql(
        "INSERT INTO pghistory_context (id, created_at, updated_at, metadata) VALUES "
        "('7e7e7e7e-0000-4000-8000-000000000000', now(), now(), "
        """'{"user": 3, "url": "/admin/annotations/claim/7/change/"}')"""
    )
    sql(
        "INSERT INTO annotations_claimevent VALUES "
        "(1, '2026-01-01T10:00Z', 'insert', 7, NULL, 7, '', NULL), "
        "(2, '2026-01-03T10:00Z', 'update', 7, '7e7e7e7e-0000-4000-8000-000000000000', 7, 'Hm.', NULL)"
    )
    sql(
        "INSERT INTO annotations_evidenceevent VALUES "
        "(1, '2026-01-02T10:00Z', 'insert', 9, NULL, 9, 'See.', 7)"
    )

    begin(migration.CONVERT)

    made, attached, changed = HistoryEntry.objects.order_by("pk")
    assert (made.table, made.row, made.claim, made.operation) == (
        "annotations_claim",
        7,
        7,
        "insert",
    )
    assert (attached.table, attached.row, attached.claim) == (
        "annotations_evidence",
        9,
        7,
    )
    assert (changed.at.isoformat(), changed.by, changed.origin) == (
        "2026-01-03T10:00:00+00:00",
        3,
        "admin",
    )
    assert changed.values == {"note": ["", "Hm."]}
    assert len({made.transaction, attached.transaction, changed.transaction}) == 3
    assert chain.verify().number == 3

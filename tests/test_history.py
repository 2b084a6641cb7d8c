"""Whatever door a change comes through, the database writes down who, when, what and where."""

import pghistory
import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from annotations import highlighting, inviting, workflow, writing
from annotations.models import (
    Claim,
    ClaimStatus,
    HistoryEntry,
    Newsroom,
    Source,
    User,
)
from tests import make
from tests.models.refusing import refused, sql
from tests.tampering import fetch, settle

pytestmark = pytest.mark.django_db

# Records without a history of their own, and why.
NOT_RECORDED = {
    "Figure": "read from a claim's words, and read again whenever they change",
    "Detection": "says itself which detector has read what, and never changes",
    "Fingerprint": "made of an edition's words, and made anew from them",
    "Rounds": "a clock: when the feeds are asked next",
    "Upload": "a file until it is read; what became of it is its intake's",
    "HistoryEntry": "is the history",
    "HistoryHead": "is the history",
    "HistoryLink": "is the history",
}


def entries(table: str, row: int) -> list[HistoryEntry]:
    return list(HistoryEntry.objects.filter(table=f"annotations_{table}", row=row))


def last(table: str, row: int) -> HistoryEntry:
    return entries(table, row)[-1]


def test_every_record_has_a_history_or_a_reason_to_have_none():
    recorded = {
        table
        for (table,) in fetch(
            "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE tgname = 'history_is_kept'"
        )
    }
    models = apps.get_app_config("annotations").get_models(include_auto_created=True)
    ours = {model._meta.db_table: model.__name__ for model in models}

    assert {ours[table] for table in ours if table not in recorded} == set(NOT_RECORDED)
    assert recorded - ours.keys() == {"auth_group", "auth_group_permissions"}


def test_a_highlight_is_written_down_with_all_its_columns(editor):
    edition = make.edition("The moon is round.", by=editor)

    made = highlighting.highlight(edition, make.span(edition, "round"), by=editor)

    (entry,) = entries("claim", made.claim.pk)
    assert (entry.operation, entry.claim) == ("insert", made.claim.pk)
    assert entry.values["status"] == "open"
    assert entry.values["created_by_id"] == editor.pk
    assert "search" not in entry.values
    (stood,) = entries("appearance", made.appearance.pk)
    assert stood.claim == made.claim.pk
    assert stood.values["quote"] == "round"
    assert stood.transaction == entry.transaction


def test_a_change_says_from_what_to_what_and_nothing_else(editor):
    claim = make.claim(statement="It is round.", by=editor)

    claim = writing.write(
        claim,
        seen=claim.version,
        by=editor,
        statement="It is a sphere.",
        claimant="Ada Lovelace",
        claimant_is_unknown=False,
        claimed_on=None,
        kind="event",
        note="",
    )

    assert last("claim", claim.pk).values == {
        "statement": ["It is round.", "It is a sphere."],
        "version": [2, 3],
    }


def test_what_changes_nothing_is_not_written_down(editor):
    claim = make.claim(by=editor)
    before = len(entries("claim", claim.pk))

    sql("UPDATE annotations_claim SET note = note")
    User.objects.filter(pk=editor.pk).update(last_login="2026-01-01T00:00:00Z")

    assert len(entries("claim", claim.pk)) == before
    assert len(entries("user", editor.pk)) == 1


def test_a_bulk_update_is_written_down_row_by_row():
    claims = [make.claim(f"It is {word}.") for word in ("red", "blue")]

    Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(note="Look.")

    for claim in claims:
        assert last("claim", claim.pk).values == {"note": ["", "Look."]}


def test_raw_sql_is_written_down_with_the_role_that_sent_it():
    claim = make.claim()

    sql("UPDATE annotations_claim SET note = 'Psst.' WHERE id = %s", claim.pk)

    entry = last("claim", claim.pk)
    assert (entry.origin, entry.by) == ("sql", None)
    assert entry.place == fetch("SELECT session_user")[0][0]
    assert entry.values == {"note": ["", "Psst."]}


def test_what_is_removed_stays_in_the_history(editor):
    claim = make.claim(by=editor)
    passage = claim.appearances.get().pk

    highlighting.undo(claim, by=editor)

    assert last("claim", claim.pk).operation == "delete"
    gone = last("appearance", passage)
    assert (gone.operation, gone.claim) == ("delete", claim.pk)
    assert gone.values["quote"] == "It is round."


def test_a_page_says_who_and_which_page(client, editor):
    claim = make.claim(by=editor)
    client.force_login(editor)

    client.post(
        reverse("annotations:write", args=[claim.pk]),
        {"seen": claim.version, "statement": "It is a sphere.", "kind": "event"},
    )

    entry = last("claim", claim.pk)
    assert entry.values["statement"] == ["", "It is a sphere."]
    assert (entry.by, entry.origin, entry.place) == (
        editor.pk,
        "page",
        "annotations:write",
    )


def test_the_administration_says_who_and_that_it_was_there(client, moderator):
    client.force_login(moderator)
    make.newsroom(name="The Daily Check")

    client.post(
        reverse("admin:annotations_newsroom_change", args=[1]),
        {
            "name": "The Nightly Check",
            "address": "https://factcheck.example/",
            "verdicts_asked": 3,
            "suggestions_one_in": 7,
        },
    )

    assert Newsroom.objects.get().name == "The Nightly Check"
    entry = last("newsroom", 1)
    assert (entry.by, entry.origin) == (moderator.pk, "admin")
    assert entry.place == "admin:annotations_newsroom_change"
    assert entry.values == {
        "name": ["The Daily Check", "The Nightly Check"],
        "verdicts_asked": [2, 3],
    }


def test_a_command_says_its_name_and_for_whom(tmp_path, editor):
    file = tmp_path / "moon.txt"
    file.write_text("The moon\n\nIt is made of cheese.")

    call_command("import_article", str(file), by=editor.username)

    entry = HistoryEntry.objects.get(table="annotations_edition")
    assert (entry.by, entry.origin, entry.place) == (
        editor.pk,
        "command",
        "import_article",
    )


def test_a_command_of_manage_py_is_known_by_its_connection():
    source = make.evidence(make.claim()).source

    sql("SET LOCAL application_name = 'manage.py shell'")
    Source.objects.filter(pk=source.pk).update(publisher="Somebody")

    entry = last("source", source.pk)
    assert (entry.origin, entry.place) == ("command", "shell")


def test_a_long_text_is_told_by_its_digest(editor):
    edition = make.edition("A text that is long.", by=editor)

    entry = last("edition", edition.pk)

    assert entry.values["text"] == f"sha256:{edition.sha256}"
    assert "long" not in entry.changes


def test_nobody_s_name_address_or_password_is_in_it(moderator):
    person = make.user("eve", "editors", first_name="Evelyn", last_name="Wood")
    person.email = "evelyn@example.org"
    person.set_password("another one")
    person.save()

    made, changed = entries("user", person.pk)

    assert changed.values == {"email": []}
    for word in ("eve", "Evelyn", "Wood", "example.org", "password", "$"):
        assert word not in made.changes, word
        assert word not in changed.changes, word
    revision = make.claim(status=ClaimStatus.PUBLISHED).factcheck.revisions.get()
    assert last("revision", revision.pk).values["content"].startswith("sha256:")


def test_who_works_where_is_written_down(moderator):
    person = make.editor("eve")
    reviewers = Group.objects.get(name="reviewers")

    with pghistory.context(user=moderator.pk):
        inviting.appoint(person, [reviewers], is_active=False, by=moderator)

    told = HistoryEntry.objects.filter(by=moderator.pk)
    rows = {(entry.table, entry.operation) for entry in told}
    assert rows == {
        ("annotations_user_groups", "delete"),
        ("annotations_user_groups", "insert"),
        ("annotations_user", "update"),
    }
    came = told.get(table="annotations_user_groups", operation="insert").values
    assert (came["user_id"], came["group_id"]) == (person.pk, reviewers.pk)
    assert last("user", person.pk).values == {"is_active": [True, False]}


def test_what_a_group_may_do_is_written_down():
    group = Group.objects.get(name="editors")
    permission = group.permissions.first()

    group.permissions.remove(permission)

    entry = HistoryEntry.objects.filter(table="auth_group_permissions").last()
    assert entry.operation == "delete"
    assert entry.values["permission_id"] == permission.pk


def test_a_revision_belongs_to_the_claim_it_is_about():
    claim = make.claim(status=ClaimStatus.PUBLISHED)

    assert last("revision", claim.factcheck.revisions.get().pk).claim == claim.pk


def test_what_is_refused_leaves_no_trace(editor):
    claim = make.claim(by=editor)
    before = HistoryEntry.objects.count()

    with pytest.raises(workflow.MoveRefused):
        workflow.move(claim, ClaimStatus.IN_REVIEW, by=editor)

    assert HistoryEntry.objects.count() == before


@pytest.mark.parametrize("table", ["historyentry", "historylink", "historyhead"])
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM annotations_{}",
        "TRUNCATE annotations_{}",
        "UPDATE annotations_{} SET {}",
        "INSERT INTO annotations_{0} SELECT * FROM annotations_{0}",
    ],
)
def test_nobody_changes_removes_or_writes_the_history(table, statement):
    make.claim()
    settle()
    column = {
        "historyentry": "changes = changes",
        "historylink": "hash = hash",
        "historyhead": "number = 0",
    }

    with refused("history_stays"):
        sql(statement.format(table, column[table]))


def test_what_pgtrigger_can_ignore_the_history_does_not():
    claim = make.claim()

    sql(
        "SELECT set_config('pgtrigger.ignore', '{history_is_kept,history_stays}', true)"
    )
    Claim.objects.filter(pk=claim.pk).update(note="Psst.")

    assert last("claim", claim.pk).values == {"note": ["", "Psst."]}
    with refused("history_stays"):
        sql("DELETE FROM annotations_historyentry")


def test_a_table_with_a_history_is_not_emptied():
    with refused("history_stays"):
        sql("TRUNCATE annotations_claim CASCADE")


def test_a_time_is_that_of_the_statement_as_in_the_row():
    claim = make.claim()

    assert entries("claim", claim.pk)[0].at == claim.created_at
    assert connection.in_atomic_block

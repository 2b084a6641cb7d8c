"""The history is verified, and whatever is done to it with all triggers off is found."""

import io
from hashlib import sha256

import pytest
from django.core.management import CommandError, call_command

from annotations import chain
from annotations.models import HistoryEntry, HistoryLink
from tests import make
from tests.models.refusing import sql
from tests.tampering import fetch, settle, without_triggers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _history(db) -> None:
    empty()
    make.claim("It is round.", statement="It is round.")
    make.evidence(make.claim("It is blue.", statement="It is blue."))
    settle()


def empty() -> None:
    with without_triggers():
        for table in ("entry", "link", "head"):
            sql(f"DELETE FROM annotations_history{table}")


def verify(*arguments: str) -> str:
    out = io.StringIO()
    arguments = ("--chain-only", *arguments)
    call_command("verify_history", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def found(*arguments: str) -> str:
    """What the command says is broken."""
    with pytest.raises(CommandError, match="Broken") as broken:
        verify(*arguments)
    return str(broken.value)


def entry(number: int) -> int:
    return HistoryLink.objects.get(number=number).entry


def middle() -> int:
    return HistoryLink.objects.count() // 2


def test_an_untouched_history_is_intact():
    count = HistoryEntry.objects.count()

    assert count > 8
    last = HistoryLink.objects.last()
    assert verify() == (
        f"Intact: {count} entries.\nHead: {count}:{bytes(last.hash).hex()}\n"
    )


def test_an_empty_history_is_intact():
    empty()

    assert verify().startswith("Intact: 0 entries.")


def test_each_hash_is_of_the_one_before_and_the_text_of_the_entry():
    first, second = HistoryEntry.objects.order_by("pk")[:2]
    written = (
        f"{first.pk}\n{round(first.at.timestamp() * 1_000_000)}\nannotations_user\n"
        f"{first.row}\n\ninsert\n\nsql\n{first.place}\n{first.transaction}\n{first.changes}"
    )
    rows = list(chain.links(1, 2))

    assert rows[0].written == written.encode()
    assert rows[0].hash == sha256(written.encode()).digest()
    assert rows[1].hash == sha256(rows[0].hash + rows[1].written).digest()
    assert rows[1].entry == second.pk


@pytest.mark.parametrize(
    "setting",
    ["TimeZone = 'Asia/Kathmandu'", "bytea_output = 'escape'"],
)
def test_the_server_s_settings_do_not_matter(setting):
    sql(f"SET LOCAL {setting}")
    make.claim("It is old.", statement='Elle coûte 3,5 € – 🌙 "vraiment" \\ \n.')
    settle()

    assert verify().startswith("Intact")


def test_a_claim_has_a_chain_of_its_own():
    claim = HistoryEntry.objects.filter(claim__isnull=False).last().claim
    rows = [row for row in chain.links(1, 1000) if row.claim == claim]
    hashed = b""

    for row in rows:
        hashed = sha256(hashed + row.written).digest()
        assert row.claim_hash == hashed

    number, head = fetch(
        f"SELECT number, hash FROM annotations_historyhead WHERE scope = {claim}"
    )[0]
    assert (number, bytes(head)) == (len(rows), hashed)
    assert len(rows) > 2


@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 microsecond'",
        "table_name = 'annotations_source'",
        "row_id = row_id + 1",
        "claim_id = COALESCE(claim_id, 0) + 1",
        "operation = 'delete'",
        "by_id = 7",
        "origin = 'page'",
        "place = 'elsewhere'",
        "transaction = transaction + 1",
        "changes = replace(changes, ':', ': ')",
    ],
)
def test_an_altered_field_is_found(change):
    number = middle()
    with without_triggers():
        sql(
            f"UPDATE annotations_historyentry SET {change} WHERE id = %s", entry(number)
        )

    assert f"Altered: number {number} (entry {entry(number)})" in found()


def test_an_altered_hash_is_found():
    number = middle()
    with without_triggers():
        sql(
            "UPDATE annotations_historylink SET hash = sha256(hash) WHERE number = %s",
            number,
        )

    assert f"The hash was altered at number {number} " in found()


def test_an_altered_hash_of_a_claim_is_found():
    number = HistoryLink.objects.exclude(claim_hash=None).first().number
    with without_triggers():
        sql(
            "UPDATE annotations_historylink SET claim_hash = sha256(hash) WHERE number = %s",
            number,
        )

    assert f"The hash for its claim was altered at number {number} " in found()


def test_an_altered_entry_with_a_hash_to_match_is_found():
    number = middle()
    with without_triggers():
        sql(
            "UPDATE annotations_historyentry SET by_id = 7 WHERE id = %s", entry(number)
        )
        before, row = chain.links(number - 1, number)
        hashed = sha256(before.hash + row.written).digest()
        sql(
            "UPDATE annotations_historylink SET hash = %s, claim_hash = %s WHERE number = %s",
            hashed,
            row.claim_hash,
            number,
        )

    said = found()
    assert f"number {number + 1} " in said or f"number {number} " in said


def test_a_removed_entry_is_found():
    number = middle()
    with without_triggers():
        sql("DELETE FROM annotations_historyentry WHERE id = %s", entry(number))

    assert f"What was written at number {number} " in found()


def test_an_entry_removed_with_its_place_is_found():
    number = middle()
    with without_triggers():
        sql("DELETE FROM annotations_historyentry WHERE id = %s", entry(number))
        sql("DELETE FROM annotations_historylink WHERE number = %s", number)

    assert f"Number {number} was removed" in found()


def test_an_entry_removed_and_the_rest_renumbered_is_found():
    number = middle()
    with without_triggers():
        sql("DELETE FROM annotations_historyentry WHERE id = %s", entry(number))
        sql("DELETE FROM annotations_historylink WHERE number = %s", number)
        for later in range(number + 1, HistoryLink.objects.last().number + 1):
            sql(
                "UPDATE annotations_historylink SET number = %s WHERE number = %s",
                later - 1,
                later,
            )

    assert f"number {number} " in found()


def test_the_last_entry_removed_with_its_place_is_found():
    number = HistoryLink.objects.last().number
    with without_triggers():
        sql("DELETE FROM annotations_historyentry WHERE id = %s", entry(number))
        sql("DELETE FROM annotations_historylink WHERE number = %s", number)

    assert f"Number {number} was removed: the history ends at {number - 1}" in found()


def test_an_end_cut_off_with_the_head_set_back_is_found_by_a_head_that_was_kept():
    number = HistoryLink.objects.last().number
    kept = verify().split("Head: ")[1].strip()
    with without_triggers():
        sql("DELETE FROM annotations_historyentry WHERE id = %s", entry(number))
        sql("DELETE FROM annotations_historylink WHERE number = %s", number)
        sql(
            "UPDATE annotations_historyhead SET number = link.number, hash = link.hash "
            "FROM annotations_historylink link WHERE scope = 0 AND link.number = %s",
            number - 1,
        )
        sql(
            "UPDATE annotations_historyhead head SET number = head.number - 1, hash = "
            "(SELECT claim_hash FROM annotations_historylink JOIN annotations_historyentry "
            "entry ON entry.id = entry_id WHERE claim_id = head.scope "
            "ORDER BY annotations_historylink.number DESC LIMIT 1) "
            "WHERE scope = (SELECT max(scope) FROM annotations_historyhead)"
        )

    assert verify().startswith(f"Intact: {number - 1}")
    assert f"Number {number} was removed: it was seen" in found(f"--head={kept}")


def test_a_history_written_anew_is_found_by_a_head_that_was_kept():
    kept = verify().split("Head: ")[1].strip()
    with without_triggers():
        sql("UPDATE annotations_historyentry SET by_id = 7 WHERE id = %s", entry(1))
        hashed, own = b"", {}
        for row in chain.links(1, 1000):
            hashed = sha256(hashed + row.written).digest()
            if row.claim is not None:
                count, before = own.get(row.claim, (0, b""))
                own[row.claim] = (count + 1, sha256(before + row.written).digest())
            sql(
                "UPDATE annotations_historylink SET hash = %s, claim_hash = %s WHERE number = %s",
                hashed,
                own[row.claim][1] if row.claim is not None else None,
                row.number,
            )
        for scope, (_, end) in {**own, 0: (0, hashed)}.items():
            sql(
                "UPDATE annotations_historyhead SET hash = %s WHERE scope = %s",
                end,
                scope,
            )

    assert verify().startswith("Intact")
    assert "The history was written anew" in found(f"--head={kept}")


def test_an_entry_put_in_is_found():
    with without_triggers():
        sql(
            "INSERT INTO annotations_historyentry (at, table_name, row_id, operation, "
            "origin, place, transaction, changes) SELECT at, table_name, row_id, operation, "
            "origin, place, transaction, changes FROM annotations_historyentry LIMIT 1"
        )

    assert f"Entry {HistoryEntry.objects.last().pk} was put in" in found()


def test_an_entry_put_in_at_the_end_with_a_hash_is_found():
    end = HistoryLink.objects.last()
    with without_triggers():
        sql(
            "INSERT INTO annotations_historyentry (at, table_name, row_id, operation, "
            "origin, place, transaction, changes) SELECT at, table_name, row_id, operation, "
            "origin, place, transaction, changes FROM annotations_historyentry LIMIT 1"
        )
        fresh = HistoryEntry.objects.last().pk
        sql(
            "INSERT INTO annotations_historylink (number, entry_id, hash) VALUES (%s, %s, '')",
            end.number + 1,
            fresh,
        )
        row = next(chain.links(end.number + 1, end.number + 1))
        sql(
            "UPDATE annotations_historylink SET hash = %s WHERE number = %s",
            sha256(bytes(end.hash) + row.written).digest(),
            row.number,
        )

    assert f"Number {end.number + 1} was put in" in found()


def test_entries_that_changed_places_are_found():
    number = middle()
    first, second = entry(number), entry(number + 1)
    with without_triggers():
        for place, moved in ((number, second), (number + 1, first)):
            sql(
                "UPDATE annotations_historylink SET entry_id = %s WHERE number = %s",
                moved,
                place,
            )

    assert f"The order was changed: number {number} (entry {second})" in found()


@pytest.mark.parametrize("scope", ["scope = 0", "scope > 0"])
def test_an_altered_head_is_found(scope):
    with without_triggers():
        sql(f"UPDATE annotations_historyhead SET hash = sha256(hash) WHERE {scope}")

    assert "was altered" in found()


def test_it_goes_on_from_a_number_and_takes_the_rest_as_verified():
    number = middle()
    count = HistoryLink.objects.count()
    with without_triggers():
        sql("UPDATE annotations_historyentry SET by_id = 7 WHERE id = %s", entry(2))

    assert "number 2 " in found()
    assert verify(f"--from={number}").startswith(f"Intact: {count}")
    with without_triggers():
        sql(
            "UPDATE annotations_historyentry SET by_id = 7 WHERE id = %s",
            entry(number + 1),
        )
    assert f"number {number + 1} " in found(f"--from={number}")


def test_a_number_that_is_not_there_to_go_on_from_is_refused():
    assert "There is no number 9999" in found("--from=10000")


def test_progress_names_where_to_go_on_from(monkeypatch):
    monkeypatch.setattr(chain, "CHUNK", 5)
    err = io.StringIO()

    call_command("verify_history", "--chain-only", stdout=io.StringIO(), stderr=err)

    count = HistoryLink.objects.count()
    assert err.getvalue().startswith(
        f"5 of {count} … (--from 6 goes on from here)\n10 of {count}"
    )


def test_a_disabled_trigger_leaves_what_it_missed_out_of_sight_but_not_a_forged_entry():
    """What was never written cannot be found; what is written outside the chain is."""
    sql("ALTER TABLE annotations_historyentry DISABLE TRIGGER history_is_chained")
    make.claim("It is heavy.")
    sql("ALTER TABLE annotations_historyentry ENABLE TRIGGER history_is_chained")

    assert "it has no place in the chain" in found()

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from annotations.models import Claim, Claimant
from annotations.refusals import Stale
from annotations.writing import WriteRefused, claimant_named, write
from tests import make
from tests.make import AT_REST

WORDS = {
    "statement": "The moon is made of cheese.",
    "claimant": "Galileo",
    "claimant_is_unknown": False,
    "claimed_on": date(2025, 10, 1),
    "kind": "event",
    "note": "",
}


def rewrite(claim, *, by, **fields):
    """Save the claim on top of what it is now."""
    return write(claim, seen=claim.version, by=by, **(WORDS | fields))


def test_what_was_written_is_kept(editor):
    claim = make.claim(by=editor)

    written = rewrite(claim, by=editor, note="Ask the observatory.")

    assert written.statement == "The moon is made of cheese."
    assert written.claimant.name == "Galileo"
    assert written.claimed_on == date(2025, 10, 1)
    assert (written.kind, written.note) == ("event", "Ask the observatory.")
    assert written.version == claim.version + 1


def test_two_who_save_the_same_claim_lose_nothing(editor):
    claim = make.claim()
    rewrite(claim, by=editor, statement="First.")

    with pytest.raises(Stale, match="while you were writing") as stale:
        rewrite(claim, by=make.editor(), statement="Second.", claimant="Nobody yet")

    assert stale.value.current.statement == "First."
    assert Claim.objects.get(pk=claim.pk).statement == "First."
    assert not Claimant.objects.filter(name="Nobody yet").exists()


@pytest.mark.parametrize("status", AT_REST)
def test_a_claim_that_is_not_open_is_not_written_on(editor, status):
    claim = make.claim(status=status)

    with pytest.raises(WriteRefused, match=AT_REST[status]):
        rewrite(claim, by=editor)


def test_whoever_writes_is_an_author_from_then_on(editor):
    claim = make.claim()
    assert list(claim.authors.all()) == [claim.created_by]

    claim = rewrite(claim, by=editor)
    rewrite(claim, by=editor)

    assert set(claim.authors.all()) == {claim.created_by, editor}


def test_an_unknown_claimant_has_no_name(editor):
    claim = make.claim(by=editor, statement="So.", claimant="Ada Lovelace")

    written = rewrite(claim, by=editor, claimant_is_unknown=True)

    assert written.claimant is None
    assert written.claimant_is_unknown


@pytest.mark.parametrize("spelling", ["Élodie Kaya", " élodie   kaya ", "ÉLODIE KAYA"])
def test_a_claimant_is_one_whatever_the_spelling_of_the_name(db, spelling):
    known = claimant_named("Élodie Kaya")

    assert claimant_named(spelling) == known
    assert claimant_named("  ") is None


def test_a_name_with_a_letter_whose_capital_is_another_is_found_again(db):
    known = claimant_named("100 kelvins")

    assert claimant_named("100 \u212aelvins") == known  # the sign of the kelvin


@pytest.mark.django_db(transaction=True)
def test_two_who_name_a_new_claimant_at_once_name_one():
    together = Barrier(2)

    def name(spelling):
        together.wait(timeout=10)
        try:
            return claimant_named(spelling).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(name, ["Ada Lovelace", "ADA LOVELACE"])

    assert first == second


def test_what_kind_a_claimant_is_stays_until_somebody_says_otherwise(editor):
    claim = make.claim(statement="So.", claimant="CNBC")
    assert claim.claimant.kind == "person"

    for said, recorded in [
        ("organisation", "organisation"),
        ("", "organisation"),
        ("person", "person"),
    ]:
        again = make.claim(statement="So.", claimant="cnbc", claimant_kind=said)
        assert again.claimant_id == claim.claimant_id
        assert again.claimant.kind == recorded

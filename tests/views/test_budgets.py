"""What a page asks of the database does not grow with what it shows.

Counts are of the page as a whole, log-in and all: a number that goes up is looked into.
"""

import pytest
from django.test import Client

from annotations.highlighting import highlight
from annotations.models import Carriage, ClaimStatus
from tests import make

pytestmark = pytest.mark.django_db

TEXT = "\n\n".join(f"Sentence number {n:03d} is one of many." for n in range(500))


def spread(edition, numbers, *, by):
    """A claim on each of these sentences."""
    for number in numbers:
        highlight(edition, make.span(edition, f"number {number:03d}"), by=by)


def test_the_desk_of_500_passages_asks_what_the_desk_of_10_asks(
    desk, editor, django_assert_max_num_queries, django_assert_num_queries
):
    edition = make.edition(TEXT, by=editor)
    address = f"/articles/{edition.article_id}/"
    spread(edition, range(10), by=editor)
    with django_assert_max_num_queries(8) as ten:
        assert desk.get(address).text.count("<mark ") == 10

    spread(edition, range(10, 500), by=editor)
    with django_assert_num_queries(len(ten)):
        assert desk.get(address).text.count("<mark ") == 500


def test_the_desk_with_a_claim_open_asks_as_much_whatever_hangs_on_it(
    desk, editor, django_assert_max_num_queries, django_assert_num_queries
):
    edition = make.edition(TEXT, by=editor)
    claim = make.claim("number 007", edition=edition, by=editor)
    address = f"/articles/{edition.article_id}/?claim={claim.pk}"
    make.evidence(claim)
    with django_assert_max_num_queries(19) as one:
        desk.get(address)

    for _ in range(8):
        make.evidence(claim)
    spread(edition, range(20, 40), by=editor)
    with django_assert_num_queries(len(one)):
        assert "Report" in desk.get(address).text


def test_the_pages_of_a_changed_article_ask_as_much_for_500_passages_as_for_10(
    desk, editor, django_assert_max_num_queries, django_assert_num_queries
):
    # Each passage waits for a person, which costs the most.
    changed = TEXT.replace("Sentence number", "Chapter item")

    def article(passages):
        edition = make.edition(TEXT, by=editor)
        spread(edition, range(passages), by=editor)
        make.next_edition(edition, changed)
        return f"/articles/{edition.article_id}/"

    few, many = article(10), article(500)
    assert Carriage.objects.waiting().count() == 510
    for page, budget in (("", 11), ("compare/", 9), ("settle/", 12)):
        with django_assert_max_num_queries(budget) as ten:
            assert desk.get(few + page).status_code == 200
        with django_assert_num_queries(len(ten)):
            assert desk.get(many + page).status_code == 200
    with django_assert_max_num_queries(9):
        desk.get(f"{many}carried/", headers={"HX-Request": "true"})


def test_settling_asks_as_much_whatever_else_waits(
    desk, editor, django_assert_max_num_queries
):
    edition = make.edition(TEXT, by=editor)
    spread(edition, range(60), by=editor)
    make.next_edition(edition, TEXT.replace("Sentence number", "Chapter item"))
    row = Carriage.objects.waiting().first()

    with django_assert_max_num_queries(24):
        answer = desk.post(
            f"/passages/{row.pk}/settle/",
            {"seen": 1, "gone": 1},
            headers={"HX-Request": "true"},
        )

    assert answer.status_code == 200


def test_lists_ask_as_much_for_many_rows_as_for_few(
    desk, editor, django_assert_max_num_queries, django_assert_num_queries
):
    addresses = ["/articles/", "/articles/?q=many", "/claims/", "/sources/?q=Report"]

    def more(rows):
        for number in range(rows):
            edition = make.edition(TEXT[:2000], by=editor, headline=f"Many {number}")
            make.evidence(make.claim("number 003", edition=edition, by=editor))

    more(2)
    few = {}
    for address in addresses:
        with django_assert_max_num_queries(8) as few[address]:
            assert desk.get(address).status_code == 200, address

    more(20)
    for address in addresses:
        with django_assert_num_queries(len(few[address])):
            desk.get(address)


def test_what_readers_see_asks_as_much_for_many_as_for_few(
    editor, django_assert_max_num_queries, django_assert_num_queries
):
    edition = make.edition(TEXT, by=editor)
    make.newsroom()

    def publish(numbers):
        for number in numbers:
            make.claim(
                f"number {number:03d}",
                edition=edition,
                by=editor,
                status=ClaimStatus.PUBLISHED,
            )

    publish(range(2))
    reader = Client()
    with django_assert_max_num_queries(4) as few:
        assert reader.get("/?q=so").text.count('class="entry"') == 2

    publish(range(2, 12))
    with django_assert_num_queries(len(few)):
        assert reader.get("/?q=so").text.count('class="entry"') == 12

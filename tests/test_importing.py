from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from annotations.importing import ImportRefused, import_article
from annotations.models import Article, Edition
from annotations.text.cleaning import LONGEST
from annotations.text.extracted import ExtractedBlock
from tests import make

ADDRESS = "https://example.org/moon/"


def take_in(raw, *, by, headline="The moon", **fields):
    return import_article(raw, by=by, headline=headline, **fields)


def test_an_article_is_kept_with_its_first_edition(editor):
    imported = take_in(
        "The moon.\n\nIt is round.",
        by=editor,
        address=ADDRESS,
        outlet="The Night",
        byline="A. Star",
        language="en",
        published_on=date(2025, 11, 20),
        selected_because="Many read it.",
    )

    assert imported.is_new_article
    assert imported.is_new_edition
    article, edition = imported.article, imported.edition
    assert (article.headline, article.address) == ("The moon", ADDRESS)
    assert (article.outlet, article.byline) == ("The Night", "A. Star")
    assert (article.language, article.published_on) == ("en", date(2025, 11, 20))
    assert (article.added_by, edition.retrieved_by) == (editor, editor)
    assert (edition.number, edition.text) == (1, "The moon.\n\nIt is round.")
    assert [block.span.of(edition.text) for block in edition.layout] == [
        "The moon.",
        "It is round.",
    ]


def test_the_same_address_leads_to_the_article_that_is_there(editor):
    first = take_in("It is round.", by=editor, address=ADDRESS)

    again = take_in("It is round.  \r\n", by=make.editor(), address=ADDRESS)

    assert (again.article, again.edition) == (first.article, first.edition)
    assert not (again.is_new_article or again.is_new_edition)


def test_another_text_under_an_address_is_its_next_edition(editor):
    first = take_in("It is round.", by=editor, address=ADDRESS)

    second = take_in("It is flat.", by=editor, address=ADDRESS, headline="Other")

    assert second.article == first.article
    assert not second.is_new_article
    assert second.is_new_edition
    assert second.edition.number == 2
    assert Article.objects.get().headline == "The moon"


def test_a_text_that_comes_back_is_an_edition_again(editor):
    for text in ("It is round.", "It is flat.", "It is round."):
        latest = take_in(text, by=editor, address=ADDRESS)

    assert latest.is_new_edition
    assert latest.edition.number == 3


def test_the_same_text_without_an_address_is_the_same_article(editor):
    first = take_in("It is round.", by=editor)

    again = take_in("It is round.", by=editor)
    other = take_in("It is flat.", by=editor)

    assert again.article == first.article
    assert not again.is_new_edition
    assert other.article != first.article


def test_the_same_text_at_two_addresses_is_two_articles(editor):
    first = take_in("It is round.", by=editor, address=ADDRESS)

    second = take_in("It is round.", by=editor, address=f"{ADDRESS}2/")
    third = take_in("It is round.", by=editor)

    assert len({first.article, second.article, third.article}) == 3


@pytest.mark.parametrize("raw", ["", " \n\t\n", "\u200b\u00ad", "\x00"])
def test_an_empty_text_is_refused(editor, raw):
    with pytest.raises(ImportRefused, match="The text is empty"):
        take_in(raw, by=editor, address=ADDRESS)

    assert not Article.objects.exists()


def test_a_text_of_more_than_half_a_million_characters_is_refused(editor):
    with pytest.raises(ImportRefused, match="at most 500,000 characters"):
        take_in("x" * (LONGEST + 1), by=editor, address=ADDRESS)

    assert not Article.objects.exists()


def test_the_longest_text_is_taken_in(editor):
    text = "🌙 " * (LONGEST // 2 - 1) + "🌙"

    assert take_in(text, by=editor).edition.text == text


def test_what_postgresql_could_not_keep_is_left_out(editor):
    edition = take_in("It\x00 is\ud800 ro\u00adund.", by=editor).edition

    edition.refresh_from_db()
    assert edition.text == "It is round."


def test_spaces_that_french_needs_stay(editor):
    text = "« 14,3\u00a0milliards », soit 5\u202f%."

    edition = take_in(text, by=editor).edition

    edition.refresh_from_db()
    assert edition.text == text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org/", "x"])
def test_an_address_that_is_not_on_the_web_is_kept_by_nobody(editor, address):
    with (
        pytest.raises(IntegrityError, match="article_address_is_on_the_web"),
        transaction.atomic(),
    ):
        take_in("It is round.", by=editor, address=address)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", [ADDRESS, ""], ids=["address", "no address"])
def test_two_who_import_the_same_article_at_once_import_one(address):
    people = [make.editor(), make.editor()]
    together = Barrier(2)

    def go(person):
        together.wait(timeout=10)
        try:
            return take_in("It is round.", by=person, address=address)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        imported = list(threads.map(go, people))

    assert sum(one.is_new_article for one in imported) == 1
    assert Article.objects.count() == Edition.objects.count() == 1


def test_blocks_that_are_known_are_kept_as_they_are(editor):
    blocks = [
        ExtractedBlock("subhead", "Why.", locator="00:01:23"),
        ExtractedBlock("item", "It is round."),
        ExtractedBlock("quote", "\u200b"),
    ]

    edition = take_in(blocks, by=editor).edition

    assert edition.text == "Why.\n\nIt is round."
    assert edition.blocks == [["subhead", 0, 4, "00:01:23"], ["item", 6, 18]]
    assert [block.locator for block in edition.layout] == ["00:01:23", ""]


def test_known_blocks_of_the_same_text_are_nothing_new(editor):
    first = take_in("It is round.\n\nIt is old.", by=editor, address=ADDRESS)

    again = take_in(
        [ExtractedBlock("item", "It is round."), ExtractedBlock("item", "It is old.")],
        by=editor,
        address=ADDRESS,
    )

    assert again.edition == first.edition


@pytest.mark.parametrize("blocks", [[], [ExtractedBlock("quote", " \u00ad\n")]])
def test_known_blocks_without_words_are_refused(editor, blocks):
    with pytest.raises(ImportRefused, match="is empty"):
        take_in(blocks, by=editor)

"""An article is known again by its addresses, and by its words."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection

from annotations.importing import import_article
from annotations.models import Article, ArticleAddress, Edition, Fingerprint
from annotations.recognising import article_at, know_as, nearest
from tests import make
from tests.text.test_fingerprints import edited, story

pytestmark = pytest.mark.django_db

ADDRESS = "https://www.paper.example/trains"
AMP = "https://amp.paper.example/trains?utm_source=x"


def take_in(text="It is round.", *, by, headline="The moon", **fields):
    return import_article(text, by=by, headline=headline, **fields)


def test_a_second_import_under_an_alias_leads_to_the_article_that_is_there(editor):
    first = take_in(by=editor, address=ADDRESS)

    again = take_in(by=editor, address="https://amp.paper.example/trains")

    assert again.article == first.article
    assert not again.is_new_edition
    assert Article.objects.get().address == ADDRESS


def test_the_other_addresses_of_an_article_lead_to_it_too(editor):
    short = "https://short.example/x7"
    first = take_in(by=editor, address=ADDRESS, aliases=[short])

    assert article_at([short]) == first.article
    assert take_in("New.", by=editor, address=short).edition.number == 2


def test_an_alias_of_another_article_stays_its_own(editor):
    first = take_in(by=editor, address=ADDRESS)
    second = take_in("It is flat.", by=editor, address="https://other.example/")

    know_as(second.article, [AMP, "not an address", ""])

    assert article_at([AMP]) == first.article


def test_a_text_can_stand_apart_although_its_alias_is_known(editor):
    first = take_in(by=editor, address=ADDRESS)

    other = take_in(
        "It is flat.",
        by=editor,
        address="https://other.example/",
        aliases=[AMP],
        apart=True,
    )

    assert other.article != first.article


def test_a_text_can_be_the_next_version_of_an_article_elsewhere(editor):
    first = take_in(by=editor, address=ADDRESS)

    second = take_in(
        "It is flat.",
        by=editor,
        address="https://other.example/",
        article=first.article,
    )

    assert second.article == first.article
    assert second.edition.number == 2
    assert article_at(["https://other.example/"]) == first.article


def test_an_address_given_by_hand_leads_to_its_article(editor):
    article = take_in(by=editor, address=ADDRESS).article
    Article.objects.filter(pk=article.pk).update(address="https://moved.example/a")

    assert article_at(["https://moved.example/a"]) == article


def test_agency_copy_is_found_among_others_and_only_where_it_is(
    editor, django_assert_num_queries
):
    words = story(1)
    for number in range(10):
        make.edition(" ".join(story(number + 100)), by=editor)
    original = make.edition(" ".join(words), by=editor)

    with django_assert_num_queries(2):
        near = nearest(edited(words, 40))

    assert near.edition == original
    assert 0.8 < near.share < 1
    assert nearest(" ".join(story(2))) is None
    assert nearest(edited(words, 40), besides=original.article) is None
    assert nearest("Few words.") is None


def test_the_likest_of_several_is_named(editor):
    words = story(1)
    make.edition(edited(words, 10), by=editor)
    best = make.edition(edited(words, 200), by=editor)
    make.edition(edited(words, 20), by=editor)

    assert nearest(" ".join(words)).edition == best


def test_articles_from_before_are_recognised_after_the_command(editor):
    article = make.article(" ".join(story(1)), by=editor, address=ADDRESS)
    make.edition(" ".join(story(2)), by=editor)
    Fingerprint.objects.all().delete()
    ArticleAddress.objects.all().delete()

    def run():
        out = StringIO()
        call_command("recognise_articles", batch=1, stdout=out, stderr=StringIO())
        return out.getvalue()

    assert run() == "Addresses: 2. Versions: 2.\n"
    assert run() == "Addresses: 0. Versions: 0.\n"
    assert article_at([AMP]) == article
    assert nearest(edited(story(1), 40)).edition.article == article


@pytest.mark.django_db(transaction=True)
def test_two_who_import_under_two_addresses_of_a_page_import_one_article():
    people = [make.editor(), make.editor()]
    addresses = [ADDRESS, "https://amp.paper.example/trains"]
    together = Barrier(2)

    def go(person, address):
        together.wait(timeout=10)
        try:
            return take_in(by=person, address=address)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        imported = list(threads.map(go, people, addresses))

    assert sum(one.is_new_article for one in imported) == 1
    assert Article.objects.count() == Edition.objects.count() == 1

"""How the blocks of a text look, on the desk and to readers."""

import pytest
from django.urls import reverse

from annotations.models import ClaimStatus
from annotations.text.extracted import ExtractedBlock
from tests import make
from tests.views.readers import reading

pytestmark = pytest.mark.django_db

BLOCKS = [
    ExtractedBlock("subhead", "Why it is", locator="p. 1"),
    ExtractedBlock("paragraph", "It shines.", locator="p. 1"),
    ExtractedBlock("item", "It is round.", locator='p. 2"><b>'),
    ExtractedBlock("item", "It is old."),
    ExtractedBlock("quote", "“It is far”,\nshe said."),
]


def test_the_desk_shows_every_block_as_what_it_is(desk):
    edition = make.edition(BLOCKS)

    page = desk.get(edition.article.get_absolute_url()).content.decode()

    for opening in (
        '<h2 class="block subhead" id="block-0" data-block="0" data-locator="p. 1">',
        '<p class="block paragraph" id="block-1" data-block="1">',
        '<p class="block item" id="block-2" data-block="2" data-locator="p. 2&quot;&gt;&lt;b&gt;">',
        '<p class="block item" id="block-3" data-block="3">',
        '<blockquote class="block quote" id="block-4" data-block="4">',
    ):
        assert opening in page
    assert page.count("</blockquote>") == 1


def test_a_highlight_paints_an_item_as_an_item(desk):
    edition = make.edition(BLOCKS)
    start = edition.text.index("It is round.")

    answer = desk.post(
        reverse("annotations:highlight", args=[edition.article_id]),
        {"desk": edition.pk, "at": start},
        headers={"HX-Request": "true"},
    )

    assert (
        '<p class="block item" id="block-2" data-block="2" '
        'data-locator="p. 2&quot;&gt;&lt;b&gt;" hx-swap-oob="true">'
    ) in answer.content.decode()


def test_readers_see_items_as_a_list_and_quotations_apart(client):
    edition = make.edition(BLOCKS)
    claim = make.claim("It is round.", edition=edition, status=ClaimStatus.PUBLISHED)

    shown = client.get(reading(claim.factcheck)).content.decode()

    assert "<h2>Why it is</h2>" in shown
    assert "<p>It shines.</p>" in shown
    assert "<li>It is old.</li></ul>" in shown
    assert shown.count("<ul><li><mark") == 1
    assert "<blockquote>“It is far”,\nshe said.</blockquote>" in shown

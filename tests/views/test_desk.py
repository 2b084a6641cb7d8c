"""What the desk answers, and what it asks of the database for it."""

import pytest

from annotations.highlighting import highlight
from annotations.models import Appearance
from tests import make

pytestmark = pytest.mark.django_db

TEXT = "The moon is made of cheese. It is round.\n\nNobody has tasted it."


def selected(edition, quote: str) -> dict[str, object]:
    return {"desk": edition.pk, "quote": quote}


@pytest.mark.parametrize("passages", [0, 60])
def test_a_highlight_makes_six_queries_however_many_passages_there_are(
    desk, editor, django_assert_num_queries, passages
):
    text = "\n\n".join(f"Sentence number {n} is one." for n in range(61))
    edition = make.edition(text, by=editor)
    for number in range(passages):
        highlight(edition, make.span(edition, f"number {number} "), by=editor)
    address = f"/articles/{edition.article_id}/highlight/"
    words = selected(edition, "Sentence number 60 is one.")
    desk.post(address, words, headers={"HX-Request": "true"})

    # The session, the person with their permissions, the article that tells the language of
    # its figures, the claim, the suggestions that still wait, the passages around it; the test's own
    # transaction adds a savepoint.
    with django_assert_num_queries(8):
        words = selected(edition, "number 60")
        answer = desk.post(address, words, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert Appearance.objects.filter(quote="number 60").exists()


def test_a_new_card_goes_below_that_of_the_passage_before(desk, editor):
    edition = make.edition(TEXT, by=editor)
    above = highlight(edition, make.span(edition, "made of cheese"), by=editor).claim
    highlight(edition, make.span(edition, "tasted"), by=editor)
    address = f"/articles/{edition.article_id}/highlight/"

    answer = desk.post(
        address, selected(edition, "It is round."), headers={"HX-Request": "true"}
    )
    assert f"afterend:#card-{above.pk}" in answer.text

    answer = desk.post(
        address, selected(edition, "The moon"), headers={"HX-Request": "true"}
    )
    assert "afterbegin:#claims" in answer.text

    answer = desk.post(
        address, selected(edition, "Nobody"), headers={"HX-Request": "true"}
    )
    last = Appearance.objects.get(quote="It is round.").claim_id
    assert f"afterend:#card-{last}" in answer.text


def test_the_text_at_hand_is_each_edition_s_own(desk, editor):
    one = make.edition("The first text.", by=editor)
    other = make.edition("Another text.", by=editor)

    for edition, words in [(one, "first"), (other, "Another"), (one, "text")]:
        address = f"/articles/{edition.article_id}/highlight/"
        answer = desk.post(address, selected(edition, words))
        assert answer.status_code == 302, answer.text

    assert [row.quote for row in one.appearances.all()] == ["first", "text"]
    assert [row.quote for row in other.appearances.all()] == ["Another"]

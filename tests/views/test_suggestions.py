"""Suggestions on the desk: shown, answered, hidden; with htmx and without."""

import re

import pytest
import time_machine
from django.test import Client

from annotations.highlighting import highlight
from annotations.models import Appearance, Claim, Suggestion, User
from annotations.suggesting import EXPECTED_WITHIN, SHOWN, reject
from tests import make

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
TEXT = (
    "The sun came up. The debt is 3 billion. It rained.\n\n"
    "Prices rose by 12% & more. People shrugged."
)
DEBT, PRICES = "The debt is 3 billion.", "Prices rose by 12% & more."


@pytest.fixture
def edition(editor):
    made = make.edition(TEXT, by=editor)
    make.suggestion(DEBT, edition=made)
    make.suggestion(PRICES, edition=made, rank=2, reasons=["share"])
    return made


def page(desk, edition, **headers):
    return desk.get(f"/articles/{edition.article_id}/", headers=headers).text


def row(quote) -> Suggestion:
    return Suggestion.objects.get(quote=quote)


def answer(desk, quote, state, edition, **extra):
    data = {"answer": state, "desk": edition.pk}
    return desk.post(f"/suggestions/{row(quote).pk}/answer/", data, **extra)


def marks(text):
    return re.findall(r'<span class="s suggested" id="s-(\d+)">', text)


def listed(text):
    return re.findall(r'<li id="suggestion-(\d+)"\s+class="card suggestion"', text)


# Shown


def test_the_desk_marks_the_sentences_and_lists_them_with_their_reasons(desk, edition):
    text = page(desk, edition)

    assert marks(text) == [str(row(DEBT).start), str(row(PRICES).start)]
    assert listed(text) == [str(row(DEBT).pk), str(row(PRICES).pk)]
    assert "<li>a figure</li><li>attributed to somebody</li>" in text
    assert '<span class="cue">Suggestion: </span>The debt' in text
    assert "Prices rose by 12% &amp; more." in text
    assert "<mark" not in text


def test_a_sentence_that_is_in_a_claim_is_not_shown(desk, edition, editor):
    highlight(edition, make.span(edition, "3 billion"), by=editor)

    text = page(desk, edition)

    assert marks(text) == [str(row(PRICES).start)]
    assert listed(text) == [str(row(PRICES).pk)]


def test_suggestions_cost_the_desk_one_query(
    desk, editor, edition, django_assert_max_num_queries, django_assert_num_queries
):
    empty = make.edition(TEXT, by=editor)
    with django_assert_max_num_queries(8) as few:
        page(desk, empty)
    with django_assert_num_queries(len(few)):
        assert len(marks(page(desk, edition))) == 2
    editor.sees_suggestions = False
    editor.save()
    with django_assert_num_queries(len(few) - 1):
        page(desk, edition)


def test_a_reviewer_sees_suggestions_and_cannot_answer_them(client, reviewer, edition):
    client.force_login(reviewer)

    text = page(client, edition)

    assert len(marks(text)) == 2
    assert 'value="accepted"' not in text
    assert answer(client, DEBT, "accepted", edition).status_code == 403
    assert answer(client, DEBT, "rejected", edition, headers=HTMX).status_code == 403
    assert row(DEBT).state == "waiting"


def test_whoever_may_not_make_claims_accepts_none(edition):
    person = make.user("half", "reviewers")
    person.user_permissions.add(
        *person.user_permissions.model.objects.filter(codename="change_suggestion")
    )
    client = Client()
    client.force_login(person)

    assert answer(client, DEBT, "accepted", edition).status_code == 403


# Answered


def test_accepting_without_htmx_opens_the_claim(desk, edition):
    sent = answer(desk, DEBT, "accepted", edition)

    claim = Claim.objects.get()
    assert sent.url == f"/articles/{edition.article_id}/?claim={claim.pk}#panel"
    assert claim.statement == DEBT
    text = desk.get(sent.url).text
    assert DEBT in text.partition('id="panel"')[2]
    assert listed(text) == [str(row(PRICES).pk)]


def test_accepting_with_htmx_swaps_what_has_changed_and_no_more(desk, edition):
    text = answer(desk, DEBT, "accepted", edition, headers=HTMX).text

    claim = Claim.objects.get()
    assert re.search(rf'data-claim="{claim.pk}"[^>]* hx-swap-oob="true"', text)
    assert f'id="suggestion-{row(DEBT).pk}" hx-swap-oob="delete"' in text
    assert re.search(r'id="suggestion-count"[^>]*oob="true">1</span>', text)
    assert listed(text) == []
    assert 'id="block-0"' in text
    assert 'id="block-1"' not in text
    assert f'id="p-{claim.pk}-{row(DEBT).start}"' in text
    assert marks(text) == []
    assert f"/claims/{claim.pk}/undo/" in text
    assert f'id="card-{claim.pk}"' in text


def test_rejecting_with_htmx_takes_the_mark_and_offers_to_undo(desk, edition):
    sent = answer(desk, PRICES, "rejected", edition, headers=HTMX)

    assert f'id="suggestion-{row(PRICES).pk}" hx-swap-oob="delete"' in sent.text
    assert 'id="block-1"' in sent.text
    assert 'id="block-0"' not in sent.text
    assert marks(sent.text) == []
    assert 'value="waiting" data-key="u"' in sent.text
    assert row(PRICES).state == "rejected"


def test_a_rejection_is_undone(desk, edition):
    answer(desk, PRICES, "rejected", edition)

    sent = answer(desk, PRICES, "waiting", edition, headers=HTMX)

    assert marks(sent.text) == [str(row(PRICES).start)]
    assert listed(sent.text) == [str(row(DEBT).pk), str(row(PRICES).pk)]


def test_rejecting_without_htmx_leads_back_to_the_list(desk, edition):
    sent = answer(desk, PRICES, "rejected", edition)

    assert sent.url == f"{edition.get_absolute_url()}#suggestions"
    assert "The suggestion is rejected." in desk.get(sent.url).text
    sent = answer(desk, PRICES, "waiting", edition)
    assert "The suggestion is back." in desk.get(sent.url).text


def test_an_answer_in_a_book_brings_the_next_suggestion(desk, editor):
    quotes = [f"Sentence number {n}." for n in range(SHOWN + 1)]
    book = make.edition(" ".join(quotes), by=editor)
    make.newsroom(suggestions_one_in=3)
    for rank, quote in enumerate(quotes, start=1):
        make.suggestion(quote, edition=book, rank=min(rank, 33))

    first = listed(page(desk, book))
    assert len(first) == SHOWN
    text = answer(desk, quotes[0], "rejected", book, headers=HTMX).text

    assert len(listed(text)) == SHOWN
    assert len({*listed(text)} - {*first}) == 1


def test_what_somebody_else_has_answered_is_said_and_nothing_is_changed(desk, edition):
    reject(row(DEBT), by=make.editor("colleague"))

    sent = answer(desk, DEBT, "accepted", edition, headers=HTMX)

    assert sent.status_code == 409
    assert "colleague has rejected this suggestion meanwhile." in sent.text
    assert not Claim.objects.exists()


@pytest.mark.parametrize("state", ["", "open", "<b>"])
def test_there_is_no_other_answer(desk, edition, state):
    assert answer(desk, DEBT, state, edition).status_code == 409


def test_a_highlight_of_a_suggested_sentence_takes_it_off_the_list(desk, edition):
    data = {"desk": edition.pk, "quote": "debt is 3 billion"}
    address = f"/articles/{edition.article_id}/highlight/"

    text = desk.post(address, data, headers=HTMX).text

    assert listed(text) == [str(row(PRICES).pk)]
    assert marks(text) == []


def test_undoing_an_accepted_suggestion_brings_it_back(desk, edition):
    answer(desk, DEBT, "accepted", edition)
    claim = Claim.objects.get()

    text = desk.post(
        f"/claims/{claim.pk}/undo/", {"desk": edition.pk}, headers=HTMX
    ).text

    assert marks(text) == [str(row(DEBT).start)]
    assert len(listed(text)) == 2
    assert not Appearance.objects.exists()


def test_a_step_repaints_the_marks_beside_it(desk, edition, editor):
    claim = make.claim(
        "It rained.", edition=edition, by=editor, statement="It did rain."
    )
    make.evidence(claim)
    sent = {"to": "in_review", "seen": "open", "round": 0, "desk": edition.pk}

    text = desk.post(f"/claims/{claim.pk}/move/", sent, headers=HTMX).text

    assert marks(text) == [str(row(DEBT).start)]


# Awaited


def test_a_fresh_text_asks_for_its_suggestions_until_they_are_there(desk, editor):
    edition = make.edition(TEXT, by=editor)
    address = f"/articles/{edition.article_id}/suggestions/"

    assert "Looking for claims…" in page(desk, edition)
    waiting = desk.get(address, headers=HTMX).text
    assert f'hx-get="{address}"' in waiting
    assert "data-quiet" in waiting
    make.suggestion(DEBT, edition=edition)
    there = desk.get(address, headers=HTMX).text

    assert listed(there) == [str(row(DEBT).pk)]
    assert "hx-get" not in there
    assert 'data-cue="Suggestion:"' in there
    assert 'class="block"' not in there


def test_an_older_text_does_not_ask(desk, editor):
    edition = make.edition(TEXT, by=editor)
    address = f"/articles/{edition.article_id}/suggestions/"

    with time_machine.travel(edition.retrieved_at + EXPECTED_WITHIN):
        text = desk.get(address, headers=HTMX).text

    assert 'id="suggestions"' in text
    assert "hx-get" not in text


def test_asked_for_without_htmx_it_is_the_article(desk, edition):
    sent = desk.get(f"/articles/{edition.article_id}/suggestions/")

    assert sent.url == edition.get_absolute_url()


# Hidden


def test_a_person_hides_suggestions_and_shows_them_again(desk, editor, edition):
    back = edition.get_absolute_url()

    sent = desk.post("/suggestions/show/", {"next": back})
    assert sent.url == back
    text = page(desk, edition)
    assert marks(text) == listed(text) == []
    assert "You have hidden them." in text
    assert not User.objects.get(pk=editor.pk).sees_suggestions

    desk.post("/suggestions/show/", {"show": "1", "next": "https://evil.example/"})
    assert len(marks(page(desk, edition))) == 2


def test_a_highlight_of_somebody_who_has_hidden_them_shows_none(desk, editor, edition):
    desk.post("/suggestions/show/")
    data = {"desk": edition.pk, "quote": "It rained"}

    text = desk.post(
        f"/articles/{edition.article_id}/highlight/", data, headers=HTMX
    ).text

    assert marks(text) == listed(text) == []


def test_readers_see_no_suggestions(desk, edition, editor):
    from annotations.models import ClaimStatus

    make.claim("It rained.", edition=edition, by=editor, status=ClaimStatus.PUBLISHED)

    text = Client().get(f"/en/articles/{edition.article_id}/lecture/").text

    assert DEBT in text
    assert "suggest" not in text.lower()

"""The pages on which versions are compared and passages settled, with htmx and without."""

import re

import pytest
from django.test import Client

from annotations import settling
from annotations.models import Carriage, CarriageState, ClaimStatus
from tests import make

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


@pytest.fixture
def row(editor) -> Carriage:
    return make.carriage("It costs 40 euros.", "It costs 45 euros.", by=editor)


def article_of(row) -> str:
    return f"/articles/{row.edition.article_id}/"


def settle(browser, row, htmx=False, **sent):
    address = f"/passages/{row.pk}/settle/"
    return browser.post(
        address, {"seen": row.version} | sent, headers=HTMX if htmx else {}
    )


# The desk


def test_the_desk_of_a_next_version_says_what_became_of_the_passages(desk, row):
    page = desk.get(article_of(row))

    assert "1 figure changed" in words(page)
    assert f'href="{article_of(row)}settle/"' in page.text
    assert "Settle 1 passage" in words(page)
    assert "hx-trigger" not in page.text.partition('id="carried"')[2][:300]


def test_the_desk_of_an_earlier_or_an_only_version_says_nothing_of_it(desk, row):
    assert 'id="carried"' not in desk.get(f"{article_of(row)}?edition=1").text
    only = make.edition("One text.")
    assert 'id="carried"' not in desk.get(f"/articles/{only.article_id}/").text


def test_the_list_of_articles_leads_to_the_passages_to_settle(desk, row):
    make.edition("Another text.")

    page = desk.get("/articles/")

    assert page.text.count("Settle 1 passage") == 1
    assert f'href="{article_of(row)}settle/"' in page.text


def test_while_passages_are_carried_over_the_desk_says_how_far_it_is(
    desk, editor, django_capture_on_commit_callbacks
):
    edition = make.edition(
        "It is round. It is old.", by=editor, address="https://a.example/"
    )
    make.claim("It is round.", edition=edition, by=editor)
    make.edition("It is round. It is new.", by=editor, address="https://a.example/")
    address = f"/articles/{edition.article_id}/"

    page = desk.get(address)
    assert "0 of 1 passage is compared" in words(page)
    assert f'hx-get="{address}carried/" hx-trigger="every 2s"' in page.text
    polled = desk.get(f"{address}carried/", headers=HTMX)
    assert "0 of 1 passage is compared" in words(polled)
    assert "<html" not in polled.text

    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(f"{address}carry/").status_code == 302
    polled = desk.get(f"{address}carried/", headers=HTMX)
    assert "1 carried" in words(polled)
    assert "every 2s" not in polled.text
    assert desk.get(f"{address}carried/").url == address


def test_importing_a_next_version_says_so_and_leads_to_the_desk(desk, row):
    article = row.edition.article
    sent = {
        "headline": "-",
        "address": article.address,
        "language": "en",
        "text": "Before. It costs 50 euros. After.",
    }

    answer = desk.post("/articles/new/", sent, follow=True)

    assert answer.redirect_chain == [(article_of(row), 302)]
    assert "this text is its version 3" in words(answer)
    assert "carried over to it" in words(answer)


# Settling


def test_a_passage_is_shown_with_its_old_words_the_reason_and_the_proposal(desk, row):
    page = desk.get(f"{article_of(row)}settle/")

    assert "A figure, a unit, a date or a negation has changed." in words(page)
    assert "“40 euros” has become “45 euros”." in words(page)
    assert "Before. It costs 40 euros. After." in words(page)
    assert "Before. It costs 45 euros. After." in words(page)
    assert "Another figure stands here." in words(page)


def test_without_scripts_a_settled_passage_leads_back_to_the_others(desk, row):
    answer = settle(desk, row, proposal=0)

    assert answer.status_code == 302
    assert answer.url == f"{article_of(row)}settle/"
    page = desk.get(answer.url)
    assert "Settled: the proposal accepted." in words(page)
    assert "Every passage is settled." in words(page)
    assert "What people settled" in words(page)


def test_with_htmx_only_the_passage_and_the_count_come_back(desk, row):
    answer = settle(desk, row, htmx=True, gone="1", reason="Rewritten.")

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert f'id="carriage-{row.pk}"' in answer.text
    assert 'id="left"' in answer.text
    assert "no longer in the text" in words(answer)
    assert "Rewritten." in words(answer)
    assert Carriage.objects.get(pk=row.pk).state == CarriageState.ORPHAN


@pytest.mark.parametrize(
    ("sent", "quote"),
    [
        ({"quote": "45 euros"}, "45 euros"),
        ({"quote": "After", "before": "euros."}, "After"),
        ({"at": "8"}, "It costs 45 euros."),
        ({"quote": "45 euros", "first_block": "0", "last_block": "0"}, "45 euros"),
    ],
)
def test_words_are_found_by_the_server(desk, row, sent, quote):
    settle(desk, row, **sent)

    assert Carriage.objects.get(pk=row.pk).quote == quote


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "No words were selected"),
        ({"quote": "46 euros"}, "The text does not have these words"),
        ({"quote": "e"}, "times. Add some words before them"),
        ({"at": "9"}, "there is no such sentence"),
        ({"proposal": "7"}, "There is no such proposal"),
        ({"seen": ""}, "Nothing was chosen"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(desk, row, sent, sentence):
    answer = settle(desk, row, **sent)

    assert answer.status_code == 409
    assert sentence in answer.text
    assert Carriage.objects.get(pk=row.pk).is_waiting


def test_a_stale_page_is_told_what_happened(desk, row):
    settling.settle(row, None, seen=1, by=make.editor("ada"))

    for htmx in (True, False):
        answer = settle(desk, row, htmx=htmx, proposal=0)
        assert answer.status_code == 409
        assert "ada has settled this passage meanwhile" in words(answer)


def test_reviewers_read_and_do_not_settle(row, reviewer):
    browser = Client()
    browser.force_login(reviewer)

    page = browser.get(f"{article_of(row)}settle/")
    assert "It costs 45 euros." in words(page)
    assert "It is here" not in page.text
    assert browser.get(f"/passages/{row.pk}/").status_code == 403
    assert settle(browser, row, proposal=0).status_code == 403
    assert browser.post(f"{article_of(row)}carry/").status_code == 403


def test_the_text_to_select_in_has_a_button_for_each_sentence(desk, row):
    page = desk.get(f"/passages/{row.pk}/")

    assert page.text.count('class="take"') == 3
    assert f'action="/passages/{row.pk}/settle/"' in page.text
    assert desk.get("/passages/999999/").status_code == 404


def test_claims_under_a_verdict_are_asked_about_first(desk, editor):
    edition = make.edition("Nobody came to see the dam. It is round.", by=editor)
    make.claim("Nobody came to see the dam.", edition=edition, by=editor)
    judged = make.claim(
        "It is round.", edition=edition, by=editor, status=ClaimStatus.IN_REVIEW
    )
    make.next_edition(edition, "Something else altogether was printed here.")

    asked = desk.get(f"/articles/{edition.article_id}/settle/").context["questions"]

    assert asked[0].carriage.appearance.claim == judged
    assert len(asked) == 2


# Comparing


def test_two_versions_stand_side_by_side_with_words_for_what_differs(desk, row):
    page = desk.get(f"{article_of(row)}compare/")

    assert re.search(r"<del><span[^>]*>\[deleted: </span>40", page.text)
    assert re.search(r"<ins><span[^>]*>\[inserted: </span>45", page.text)
    assert f'id="passage-{row.pk}"' in page.text
    assert f'href="/passages/{row.pk}/"' in page.text


def test_versions_are_named_and_those_that_are_not_there_are_missed(desk, row):
    compare = f"{article_of(row)}compare/"

    page = desk.get(f"{compare}?from=2&to=1")
    assert re.search(r"<del><span[^>]*>\[deleted: </span>45", page.text)
    same = desk.get(f"{compare}?from=2&to=2")
    assert "Both say the same, word for word." in words(same)
    for query in ("?from=3", "?to=0", "?to=x"):
        assert desk.get(compare + query).status_code == 404


def test_an_article_of_one_version_is_compared_with_itself(desk):
    only = make.edition("One text.")

    page = desk.get(f"/articles/{only.article_id}/compare/")

    assert "Both say the same, word for word." in words(page)


def test_long_stretches_that_did_not_change_are_folded(desk, editor):
    text = "\n\n".join(f"Paragraph number {n} says so." for n in range(9))
    edition = make.edition(text, by=editor)
    make.next_edition(edition, text.replace("number 8 says", "number 8 denies"))

    page = desk.get(f"/articles/{edition.article_id}/compare/")

    assert "6 paragraphs as they were" in words(page)
    assert page.text.count("<details") == 1


def test_hostile_words_are_only_words(desk, editor):
    edition = make.edition("Old <script>alert(1)</script> & words.", by=editor)
    make.claim("Old <script>alert(1)</script>", edition=edition, by=editor)
    make.next_edition(edition, "Old <script>alert(2)</script> & other words.")
    article = f"/articles/{edition.article_id}/"
    row = Carriage.objects.get()

    for path in ("compare/", "settle/"):
        assert "<script>alert" not in desk.get(article + path).text
    assert "<script>alert" not in desk.get(f"/passages/{row.pk}/").text


# The claim


def test_a_claim_tells_its_words_through_the_versions(desk, row, editor):
    settling.settle(row, 0, seen=1, by=editor, reason="As printed.")
    claim = row.appearance.claim

    page = words(desk.get(claim.get_absolute_url()))

    assert "version 1 : It costs 40 euros." in page
    assert "version 2 : It costs 45 euros. figure changed" in page
    assert (
        "version 2: the proposal accepted, editor It costs 45 euros. As printed."
        in page
    )
    # Of its passage, the latest words are what stands on top, once.
    assert page.count("The article has changed under these words.") == 0


def test_a_claim_under_which_the_article_has_changed_says_so(desk, row):
    page = desk.get(row.appearance.claim.get_absolute_url())

    assert "The article has changed under these words." in words(page)
    assert f'href="/passages/{row.pk}/"' in page.text


def test_claims_are_listed_by_whether_the_article_has_changed(desk, row):
    judged = make.carriage(
        "It weighs 3 tons.", "It weighs 4 tons.", status=ClaimStatus.PUBLISHED
    )

    page = desk.get("/claims/?for=changed")

    claims = [claim.pk for claim in page.context["page"].rows]
    assert claims == [judged.appearance.claim_id]

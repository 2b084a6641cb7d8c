import pytest
from django.test import Client
from django.urls import reverse

from annotations import reviewing, workflow
from annotations.models import Claim, ClaimStatus
from tests import make
from tests.admin.browsing import CLAIMS, form_of


def test_the_list_says_how_many_claims_are_in_each_state(browser):
    for status in (ClaimStatus.OPEN, ClaimStatus.OPEN, ClaimStatus.DROPPED):
        make.claim(status=status)

    page = browser.get(CLAIMS)

    assert "Open (2)" in page.text
    assert "Dropped (1)" in page.text
    assert "Published (0)" in page.text


def test_a_queue_lists_its_claims_only(browser):
    open_one = make.claim("The sea is dry.", statement="The sea is dry.")
    judged = make.claim("It is round.", status=ClaimStatus.IN_REVIEW)

    page = browser.get(CLAIMS, {"queue": "verdicts"})

    assert str(judged) in page.text
    assert str(open_one) not in page.text


def test_claims_under_which_the_article_has_changed_are_a_queue(browser):
    row = make.carriage(status=ClaimStatus.PUBLISHED)
    make.claim("The sea is dry.", statement="The sea is dry.")

    page = browser.get(CLAIMS, {"queue": "changed"})

    found = [claim.pk for claim in page.context["cl"].result_list]
    assert found == [row.appearance.claim_id]
    assert "The article has changed under it (1)" in browser.get("/admin/").text


def test_a_claim_without_a_statement_is_listed_by_the_words_it_quotes(browser):
    make.claim("The sea is dry.")

    page = browser.get(CLAIMS)

    assert "« The sea is dry. »" in page.text


@pytest.mark.parametrize("query", ["dry", "Neptune", "The sea has no"])
def test_a_claim_is_found_by_statement_claimant_or_quote(browser, query):
    found = make.claim(
        "The sea has no water.", statement="The sea is dry.", claimant="Neptune"
    )
    make.claim("It is round.", statement="The moon is round.")

    page = browser.get(CLAIMS, {"q": query})

    assert [claim.pk for claim in page.context["cl"].result_list] == [found.pk]


def test_the_list_costs_as_many_queries_for_five_rows_as_for_twenty_five(
    browser, editor, django_assert_num_queries, django_assert_max_num_queries
):
    text = " ".join(f"Sentence {number} is long." for number in range(25))
    edition = make.edition(text, by=editor)
    for number in range(5):
        make.claim(f"Sentence {number} is long.", edition=edition, by=editor)
    with django_assert_max_num_queries(25) as five:
        browser.get(CLAIMS)
    for number in range(5, 25):
        written = {"statement": f"It is long: {number}.", "claimant": f"Ada {number}"}
        make.claim(
            f"Sentence {number} is long.",
            edition=edition,
            by=editor,
            **(written if number % 2 else {}),
        )

    with django_assert_num_queries(len(five)):
        page = browser.get(CLAIMS)

    assert len(page.context["cl"].result_list) == 25


@pytest.mark.parametrize("who", ["moderator", "superuser"])
def test_nobody_adds_edits_or_deletes_a_claim_in_the_admin(db, client, request, who):
    claim = make.claim("It is round.", statement="It is round.")
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse("admin:annotations_claim_add")).status_code == 403
    assert client.post(form_of(claim), {"statement": "No."}).status_code == 403
    delete = reverse("admin:annotations_claim_delete", args=[claim.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert "delete_selected" not in client.get(CLAIMS).text
    assert Claim.objects.get(pk=claim.pk).statement == "It is round."


@pytest.mark.parametrize("who", ["editor", "reviewer"])
def test_those_who_are_not_staff_do_not_get_in(client, request, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(CLAIMS).status_code == 302


def test_the_form_shows_verdicts_only_when_they_are_all_in(browser):
    claim = make.claim(status=ClaimStatus.IN_REVIEW)
    early = make.reviewer("early")
    true = make.ratings()["true"]
    reviewing.give_verdict(claim, true, reason="I saw the cheese.", by=early)

    page = browser.get(form_of(claim)).text
    assert "Verdicts are given blind" in page
    assert "I saw the cheese." not in page
    assert "early" not in page

    false = make.ratings()["false"]
    reviewing.give_verdict(claim, false, reason="I did not.", by=make.reviewer())
    page = browser.get(form_of(claim)).text
    assert "I saw the cheese." in page
    assert "early" in page


def test_the_form_shows_passages_evidence_and_the_page(browser):
    claim = make.claim("It is round.", status=ClaimStatus.PUBLISHED)
    piece = claim.evidence.first()

    page = browser.get(form_of(claim)).text

    article = claim.appearances.get().edition.article
    assert f"{article.get_absolute_url()}?edition=1&amp;claim={claim.pk}" in page
    assert piece.source.title in page
    assert claim.factcheck.title in page


def test_the_form_says_what_is_missing_for_the_next_step(browser):
    claim = make.claim(statement="It is round.")

    page = browser.get(form_of(claim)).text

    assert "Attach at least one source with the exact words that matter." in page


def test_the_history_of_a_claim_stands_beside_its_form(client, browser, editor):
    claim = make.claim(by=editor)
    desk = Client()
    desk.force_login(editor)
    written = desk.post(
        reverse("annotations:write", args=[claim.pk]),
        {
            "seen": claim.version,
            "statement": "The moon is round.",
            "claimant": "Galileo",
            "kind": "event",
        },
    )
    assert written.status_code == 302
    claim.refresh_from_db()
    workflow.move(claim, ClaimStatus.DROPPED, by=editor, reason="Nobody doubts it.")

    page = browser.get(form_of(claim))

    told = page.context["happenings"]
    assert str(told[0].clauses[0]) == "moved the claim from “Open” to “Dropped”"
    assert told[0].reason == "Nobody doubts it."
    assert [str(clause) for clause in told[1].clauses] == [
        "wrote the statement: “The moon is round.”",
        "wrote the claimant: “Galileo”",
        "changed the kind from “Something else” to “Fact or event”",
    ]
    assert {one.who for one in told} == {"editor"}
    assert "wrote the claimant: “Galileo”" in page.text
    assert reverse("annotations:claim_story", args=[claim.pk]) in page.text


def test_a_history_has_no_page_of_its_own(browser):
    claim = make.claim()

    page = browser.get(reverse("admin:annotations_claim_history", args=[claim.pk]))

    assert page.url == f"{form_of(claim)}#history"

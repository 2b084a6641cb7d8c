import pytest
from django.urls import reverse

from annotations import reviewing
from annotations.models import ClaimStatus
from tests import make
from tests.admin.browsing import CLAIMS, form_of

START = reverse("admin:index")


def test_the_start_page_says_what_waits_for_whom_and_leads_there(browser, reviewer):
    claim = make.claim(status=ClaimStatus.IN_REVIEW)

    page = browser.get(START).text

    assert "Waiting for verdicts (1)" in page
    assert "Decided: waiting to be published (0)" in page
    assert form_of(claim) in page
    assert page.count(f"could do it: {reviewer}") == 1
    assert f"{CLAIMS}?queue=verdicts" in page
    assert f"{CLAIMS}?status__exact=in_review" in page


def test_a_claim_that_nobody_may_judge_is_pointed_out(browser):
    make.claim(status=ClaimStatus.IN_REVIEW)

    assert "nobody here may do it" in browser.get(START).text


def test_the_start_page_does_not_betray_verdicts(browser, reviewer):
    claim = make.claim(status=ClaimStatus.IN_REVIEW)
    before = browser.get(START).text.partition("desk-boards")[2]

    reviewing.give_verdict(claim, make.ratings()["true"], reason="Yes.", by=reviewer)

    assert browser.get(START).text.partition("desk-boards")[2] == before


def test_the_start_page_costs_as_many_queries_however_much_waits(
    browser, django_assert_num_queries, django_assert_max_num_queries
):
    make.claim(status=ClaimStatus.DECIDED)
    make.claim(status=ClaimStatus.IN_REVIEW)
    with django_assert_max_num_queries(26) as once:
        browser.get(START)
    for status in (ClaimStatus.DECIDED, ClaimStatus.IN_REVIEW) * 3:
        make.claim(status=status)

    with django_assert_num_queries(len(once)):
        browser.get(START)


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Se déconnecter"), ("en", "Log out")]
)
def test_the_admin_speaks_the_language_of_the_person(db, client, language, words):
    client.force_login(make.user("mo", "moderators", language=language, is_staff=True))

    assert words in client.get(START).text


def test_every_page_leads_back_to_the_desk(browser):
    page = browser.get(CLAIMS).text

    assert reverse("annotations:article_list") in page
    assert "Factcheck: the editorial desk" in page


@pytest.mark.parametrize("name", ["index", "annotations_claim_changelist"])
def test_no_style_or_script_of_ours_stands_in_a_page(browser, name):
    page = browser.get(reverse(f"admin:{name}")).text

    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page


def test_who_is_not_staff_is_led_away(client, editor):
    client.force_login(editor)

    assert client.get(START).status_code == 302

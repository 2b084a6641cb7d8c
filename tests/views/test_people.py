import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.defaults import server_error

from annotations.models import Claim
from tests import make

LANGUAGE = reverse("annotations:choose_language")
# A session that has ended speaks no language; the page is in the newsroom's.
LOGIN = "/accounts/login/"
HERE = {"Origin": "http://testserver"}

EARLIER = "This page was opened in an earlier session; nothing was saved yet."
ELSEWHERE = "This form did not come from this site, so nothing was done."
STATEMENT = "« 14,3\u00a0milliards » <b>& more</b>\r\n\r\nSecond line."


# The language


def test_the_language_is_chosen_for_good(desk, editor):
    back = reverse("annotations:claim_list") + "?status=open"

    answer = desk.post(LANGUAGE, {"language": "fr", "next": back})

    assert (answer.status_code, answer.url) == (302, back)
    editor.refresh_from_db()
    assert editor.language == "fr"
    assert '<html lang="fr">' in desk.get(back).text


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "\\\\evil"],
)
def test_choosing_a_language_leads_nowhere_but_here(desk, elsewhere):
    answer = desk.post(LANGUAGE, {"language": "en", "next": elsewhere})

    assert (answer.status_code, answer.url) == (
        302,
        reverse("annotations:article_list"),
    )


def test_a_language_that_nobody_speaks_here_is_refused(desk, editor):
    answer = desk.post(LANGUAGE, {"language": "tlh"})

    assert answer.status_code == 409
    assert "There is no such language." in answer.text
    editor.refresh_from_db()
    assert editor.language == "en"


def test_a_language_is_not_chosen_by_a_link(desk):
    assert desk.get(LANGUAGE, {"language": "fr"}).status_code == 405


# A session that ends while somebody writes


def in_french(message: str) -> str:
    with translation.override("fr"):
        return gettext(message)


@pytest.fixture
def browser(editor) -> Client:
    """A browser that is strict about forms, in which the editor is logged in."""
    client = Client(enforce_csrf_checks=True, headers=HERE)
    log_in(client)
    return client


def token_in(page) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]


def log_in(client):
    words = {"login": "editor", "password": "correct horse"}
    token = token_in(client.get(LOGIN))
    answer = client.post(LOGIN, words | {"csrfmiddlewaretoken": token})
    assert answer.status_code == 302


def end_session(client):
    client.session.flush()


def written(claim, token) -> dict[str, str]:
    return {
        "seen": str(claim.version),
        "statement": STATEMENT,
        "claimant": "Ada Lovelace",
        "kind": "event",
        "note": "",
        "csrfmiddlewaretoken": token,
    }


def kept_fields(page) -> dict[str, str]:
    """What the page would send, as a browser reads its text areas and hidden fields."""
    areas = re.findall(
        r'<textarea [^>]*name="([^"]*)"[^>]*>\n(.*?)</textarea>', page.text, re.DOTALL
    )
    hidden = re.findall(
        r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.text
    )
    fields = {name: unescape(value) for name, value in [*hidden, *areas]}
    return fields | {"csrfmiddlewaretoken": token_in(page)}


def test_what_was_written_when_the_session_ended_is_sent_again(browser, editor):
    claim = make.claim(by=editor)
    address = reverse("annotations:write", args=[claim.pk])
    token = token_in(browser.get(claim.get_absolute_url()))
    end_session(browser)

    # The session is over: the page keeps the words, and asks for a log-in.
    page = browser.post(address, written(claim, token))
    assert page.status_code == 401
    assert in_french("Your session has ended, and nothing was saved yet.") in page.text
    assert f'<a class="button" href="{LOGIN}" target="_blank">' in page.text
    assert kept_fields(page)["statement"] == STATEMENT

    # After the log-in in another tab the page's token is an old one: the words stay.
    log_in(browser)
    page = browser.post(address, kept_fields(page))
    assert page.status_code == 403
    assert in_french(EARLIER) in page.text
    assert f'action="{address}"' in page.text
    assert Claim.objects.get().statement == ""

    # That page has the token of today.
    answer = browser.post(address, kept_fields(page))
    assert answer.status_code == 302
    assert Claim.objects.get().statement.split() == STATEMENT.split()


def test_the_same_words_twice_under_one_name_are_kept_twice(client, db):
    page = client.post(reverse("annotations:article_new"), {"text": ["One", "Two"]})

    assert page.status_code == 401
    assert re.findall(r"\n(One|Two)</textarea>", page.text) == ["One", "Two"]


def test_a_password_is_not_shown_to_whoever_looks_over_the_shoulder(client):
    client = Client(enforce_csrf_checks=True, headers=HERE)

    page = client.post(LOGIN, {"login": "editor", "password": "correct horse"})

    assert page.status_code == 403
    assert "correct horse" not in page.text
    assert "editor</textarea>" in page.text


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://testserver.evil.example"]
)
def test_a_form_from_another_site_is_not_offered_to_be_sent_again(browser, origin):
    claim = make.claim()
    address = reverse("annotations:write", args=[claim.pk])

    page = browser.post(address, written(claim, "x" * 64), headers={"Origin": origin})

    assert page.status_code == 403
    assert in_french(ELSEWHERE) in page.text
    assert "<textarea" not in page.text
    assert STATEMENT.split()[0] not in page.text


def test_htmx_is_told_in_place_that_the_session_has_ended(client, db):
    address = reverse("annotations:write", args=[make.claim().pk])

    answer = client.post(
        address, {"statement": STATEMENT}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 401
    problem = re.search(r'<p id="problem".*?</p>', answer.text, re.DOTALL)[0]
    assert f'<a href="{LOGIN}" target="_blank">' in problem


def test_htmx_sends_the_token_of_the_cookie_after_another_log_in(browser, editor):
    claim = make.claim(by=editor)
    address = reverse("annotations:write", args=[claim.pk])
    token = token_in(browser.get(claim.get_absolute_url()))
    end_session(browser)
    htmx = HERE | {"HX-Request": "true"}
    assert browser.post(address, written(claim, token), headers=htmx).status_code == 401

    log_in(browser)
    token = browser.cookies["csrftoken"].value  # as problem.js reads it
    answer = browser.post(address, written(claim, token), headers=htmx)

    assert answer.status_code == 200
    assert Claim.objects.get().version == claim.version + 1


def test_a_page_asked_for_without_a_session_comes_after_the_log_in(client, editor):
    wanted = reverse("annotations:claim_list") + "?status=open"

    answer = client.get(wanted)
    words = {"login": "editor", "password": "correct horse"}
    answer = client.post(answer.url, words)

    assert (answer.status_code, answer.url) == (302, wanted)


# What goes wrong, in sentences


def problem_in(page) -> str:
    """What a person reads, and htmx picks out of the page."""
    return re.search(r'<p id="problem" role="alert"[^>]*>(.*?)</p>', page.text)[1]


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/articles/new/", 403, "A moderator can give you the permission."),
        ("/claims/404/", 404, "There is no such page. Perhaps it was undone"),
    ],
)
def test_an_error_says_what_to_do_where_htmx_looks_for_it(
    client, reviewer, address, status, sentence
):
    client.force_login(reviewer)

    for headers in ({}, {"HX-Request": "true"}):
        page = client.get(address, headers=headers)
        assert page.status_code == status
        assert sentence in problem_in(page)


def test_more_than_can_be_understood_is_answered_in_a_sentence(desk):
    fields = {f"field-{number}": "x" for number in range(4001)}

    page = desk.post(reverse("annotations:article_new"), fields)

    assert page.status_code == 400
    assert problem_in(page)


def test_a_server_error_has_a_page_that_needs_no_context(rf):
    page = server_error(rf.get("/"))

    assert page.status_code == 500
    page.text = page.content.decode()
    assert problem_in(page)

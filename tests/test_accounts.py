"""Log-in, log-out, passwords by mail, and what was written when a session ended."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from annotations.models import User
from tests import make

pytestmark = pytest.mark.django_db
LOGIN = reverse("account_login")


def token_of(page) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]


def log_in(client: Client, user: User, password: str = "correct horse"):
    page = client.get(LOGIN)
    return client.post(
        LOGIN,
        {
            "login": user.username,
            "password": password,
            "csrfmiddlewaretoken": token_of(page),
        },
    )


def written(claim) -> dict[str, object]:
    return {"seen": claim.version, "statement": "A long text.", "kind": "event"}


def test_one_logs_in_by_name_or_mail_and_comes_to_the_desk(editor):
    for name in (editor.username, editor.email):
        answer = Client().post(LOGIN, {"login": name, "password": "correct horse"})

        assert (answer.status_code, answer.url) == (
            302,
            reverse("annotations:article_list"),
        )


def test_a_wrong_password_is_said_beside_the_form(client, editor):
    answer = client.post(LOGIN, {"login": editor.username, "password": "wrong"})

    assert answer.status_code == 200
    assert "errorlist" in answer.text


def test_guessing_passwords_is_slowed_down(client, editor):
    for _ in range(12):
        answer = client.post(LOGIN, {"login": editor.username, "password": "wrong"})

    right = client.post(LOGIN, {"login": editor.username, "password": "correct horse"})
    assert answer.status_code in (200, 429)
    assert right.status_code != 302


def test_logging_out_ends_the_session(desk):
    desk.post(reverse("account_logout"))

    assert desk.get(reverse("annotations:article_list")).status_code == 302


def test_a_forgotten_password_is_replaced_by_mail(client, editor):
    client.post(reverse("account_reset_password"), {"email": editor.email})

    link = re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    done = client.post(
        form.redirect_chain[-1][0],
        {"password1": "battery staple 9", "password2": "battery staple 9"},
    )

    assert done.status_code == 302
    assert log_in(Client(), editor, "battery staple 9").status_code == 302


def test_asking_for_a_password_does_not_tell_who_works_here(client, editor):
    answers = [
        client.post(reverse("account_reset_password"), {"email": email})
        for email in (editor.email, "nobody@example.org")
    ]

    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0].url == answers[1].url


def test_nobody_signs_up(client):
    data = {"username": "x", "email": "x@example.org", "password1": "battery staple 9"}

    assert "invitation" in client.get("/en" + reverse("account_signup")).text
    client.post(reverse("account_signup"), data | {"password2": data["password1"]})
    assert not User.objects.exists()


def test_the_admin_uses_the_same_log_in(client):
    answer = client.get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0].startswith(LOGIN)


def test_the_language_is_the_persons_own(desk, editor):
    answer = desk.post(
        reverse("annotations:choose_language"),
        {"language": "fr", "next": "https://evil.example/"},
    )

    editor.refresh_from_db()
    assert editor.language == "fr"
    assert answer.url == reverse("annotations:article_list")
    assert '<html lang="fr">' in desk.get(answer.url).text


def test_what_was_written_when_the_session_ended_can_be_sent_again(editor):
    claim = make.claim(by=editor)
    address = reverse("annotations:write", args=[claim.pk])
    browser = Client(enforce_csrf_checks=True)
    log_in(browser, editor)
    old = token_of(browser.get(claim.get_absolute_url()))
    data = written(claim) | {"csrfmiddlewaretoken": old}
    same_origin = {"Origin": "http://testserver"}

    del browser.cookies["sessionid"]
    ended = browser.post(address, data)
    assert ended.status_code == 401
    assert "A long text." in ended.text

    log_in(browser, editor)
    stale = browser.post(address, data, headers=same_origin)
    assert stale.status_code == 403
    assert "A long text." in stale.text

    again = data | {"csrfmiddlewaretoken": token_of(stale)}
    assert browser.post(address, again, headers=same_origin).status_code == 302
    claim.refresh_from_db()
    assert claim.statement == "A long text."


def test_a_form_from_elsewhere_is_not_offered_again(editor):
    claim = make.claim(by=editor)
    browser = Client(enforce_csrf_checks=True)
    log_in(browser, editor)

    answer = browser.post(
        reverse("annotations:write", args=[claim.pk]),
        written(claim),
        headers={"Origin": "https://evil.example"},
    )

    assert answer.status_code == 403
    assert "A long text." not in answer.text


def test_htmx_is_told_that_the_session_ended(client, editor):
    claim = make.claim(by=editor)

    answer = client.post(
        reverse("annotations:write", args=[claim.pk]),
        written(claim),
        headers={"HX-Request": "true"},
    )

    assert answer.status_code == 401
    assert LOGIN in answer.text
    assert 'id="problem"' in answer.text

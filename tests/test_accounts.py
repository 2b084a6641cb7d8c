import re

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache
from django.urls import reverse
from django.utils import translation

from annotations.accounts import Backend
from annotations.models import User
from tests import make


def in_english(name: str) -> str:
    with translation.override("en"):
        return reverse(name)


LOGIN = in_english("account_login")
LOGOUT = in_english("account_logout")
RESET = in_english("account_reset_password")
PASSWORD = "correct horse"
NEW = "battery staple 9"


@pytest.fixture(autouse=True)
def _attempts_are_forgotten(db):
    """Limits on log-ins are counted in the cache, which outlives a test's rollback."""
    cache.clear()


def log_in(client, login, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": login, "password": password} | more)


def link_in(message) -> str:
    return re.search(r"https?://[^/]+(/\S+)", message.body)[1]


def errors_in(page) -> list[str]:
    return re.findall(r'class="errorlist[^"]*"[^>]*><li>(.*?)</li>', page.text)


# Log-in and log-out


@pytest.mark.parametrize("login", ["editor", "desk@example.org", "DESK@example.org"])
def test_people_log_in_by_name_or_address_and_come_to_the_desk(client, login):
    user = make.user("editor", "editors", email="desk@example.org")

    answer = log_in(client, login)

    assert (answer.status_code, answer.url) == (
        302,
        reverse("annotations:article_list"),
    )
    assert get_user(client) == user


def test_whoever_is_in_already_comes_to_the_desk(desk):
    answer = desk.get(LOGIN)

    assert (answer.status_code, answer.url) == (
        302,
        reverse("annotations:article_list"),
    )


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_a_log_in_leads_nowhere_but_here(client, editor, elsewhere):
    for answer in (
        log_in(client, "editor", next=elsewhere),
        client.post(LOGOUT, {"next": elsewhere}),
    ):
        assert answer.status_code == 302
        assert answer.url.startswith("/")
        assert not answer.url.startswith("//")


def test_a_wrong_password_and_a_name_nobody_has_are_told_alike(client, editor):
    wrong = log_in(client, "editor", "wrong horse")
    nobody = log_in(client, "nobody", "wrong horse")

    assert wrong.status_code == nobody.status_code == 200
    assert errors_in(wrong) == errors_in(nobody) != []


def test_somebody_who_left_does_not_get_in(client):
    make.user("gone", "editors", is_active=False)

    log_in(client, "gone")

    assert get_user(client).is_anonymous


def test_log_ins_that_fail_are_limited_for_every_process(client, editor):
    for _ in range(5):
        log_in(client, "editor", "wrong horse")

    page = log_in(client, "editor", PASSWORD)

    assert get_user(client).is_anonymous
    assert "Too many failed login attempts" in errors_in(page)[0]
    assert isinstance(cache._connections[cache._alias], DatabaseCache)


def test_too_many_log_ins_from_one_address_get_a_sentence(client, editor):
    for _ in range(31):
        page = log_in(client, "nobody", "wrong horse")

    assert page.status_code == 429
    assert "That was tried too often" in page.text


def test_a_log_out_is_asked_for_and_is_a_form(desk):
    page = desk.get(LOGOUT)
    assert page.status_code == 200
    assert get_user(desk).is_authenticated

    answer = desk.post(LOGOUT)

    assert (answer.status_code, answer.url) == (302, "/en/")
    assert get_user(desk).is_anonymous


def test_a_log_out_leaves_no_cookie_of_the_person(client, editor):
    log_in(client, "editor")

    client.post(LOGOUT)

    left = {name for name, cookie in client.cookies.items() if cookie.value}
    assert left <= {"csrftoken"}


def test_a_stranger_gets_a_cookie_with_a_form_only(client):
    client.get(in_english("account_signup"))
    assert not client.cookies

    client.get(LOGIN)
    assert set(client.cookies) == {"csrftoken"}


def test_nobody_signs_up(client):
    page = client.get(in_english("account_signup"))
    assert page.status_code == 200
    assert "ask a moderator of the newsroom for an invitation" in page.text

    client.post(
        in_english("account_signup"),
        {"username": "eve", "email": "eve@example.org", "password1": NEW}
        | {"password2": NEW},
    )

    assert not User.objects.exists()


# The admin has the same door


def test_the_admin_asks_for_the_log_in_of_the_newsroom(client, moderator):
    index = reverse("admin:index")

    answer = client.get(index, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/")
    log_in(client, "moderator")

    assert client.get(index).status_code == 200


def test_the_admin_is_not_for_editors(desk):
    answer = desk.get(reverse("admin:index"), follow=True)

    assert answer.status_code == 403


# A new password


def test_a_password_is_reset_by_mail(client):
    make.user("editor", "editors", email="desk@example.org")

    answer = client.post(RESET, {"email": "desk@example.org"})
    assert answer.url == in_english("account_reset_password_done")
    [message] = mail.outbox
    assert message.to == ["desk@example.org"]
    assert message.subject == "Choose a new password"
    assert "Your user name is editor" in message.body
    assert not message.alternatives

    form = client.get(link_in(message), follow=True)
    address = form.redirect_chain[-1][0]
    answer = client.post(address, {"password1": NEW, "password2": NEW})
    assert answer.url == in_english("account_reset_password_from_key_done")
    assert client.get(answer.url).status_code == 200

    log_in(client, "editor", NEW)
    assert get_user(client).username == "editor"


def test_a_link_for_a_new_password_works_once(client):
    make.user("editor", "editors", email="desk@example.org")
    client.post(RESET, {"email": "desk@example.org"})
    link = link_in(mail.outbox[0])
    address = client.get(link).url
    client.post(address, {"password1": NEW, "password2": NEW})

    page = client.get(link, follow=True)

    assert "This link does not work any more" in page.text
    assert f'href="{RESET}"' in page.text


def test_a_weak_password_is_refused_beside_its_field(client):
    make.user("editor", "editors", email="desk@example.org")
    client.post(RESET, {"email": "desk@example.org"})
    address = client.get(link_in(mail.outbox[0])).url

    page = client.post(address, {"password1": "12345", "password2": "12345"})

    assert page.status_code == 200
    assert errors_in(page)


def test_nobody_learns_whose_address_is_known_here(client):
    make.user("editor", "editors", email="desk@example.org")

    known = client.post(RESET, {"email": "desk@example.org"})
    unknown = client.post(RESET, {"email": "nobody@example.org"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    to_nobody = [m for m in mail.outbox if m.to == ["nobody@example.org"]]
    assert all("/key/" not in message.body for message in to_nobody)


def test_a_mail_names_this_site_and_not_another(client):
    make.user("editor", "editors", email="desk@example.org")

    answer = client.post(
        RESET, {"email": "desk@example.org"}, headers={"Host": "evil.example"}
    )

    assert answer.status_code == 400
    assert not mail.outbox


def test_the_password_is_changed_on_a_page_of_its_own(desk, editor):
    address = in_english("account_change_password")
    assert desk.get(address).status_code == 200

    desk.post(address, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    editor.refresh_from_db()
    assert editor.check_password(NEW)
    assert get_user(desk) == editor


# How the pages look

ENTRANCES = [
    "account_login",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
]
INSIDE = ["account_logout", "account_change_password"]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", [*ENTRANCES, *INSIDE])
def test_every_page_of_the_door_looks_like_ours(client, editor, name, language):
    if name in INSIDE:
        editor.language = language
        editor.save()
        client.force_login(editor)
    with translation.override(language):
        address = reverse(name)

    page = client.get(address)

    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert "annotations/annotations.css" in page.text
    assert page.text.count("<h1>") == 1
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert "<p><label" not in page.text


def test_what_somebody_may_do_comes_with_them_in_one_query(
    editor, django_assert_num_queries
):
    own = Permission.objects.get(codename="publish_factcheck")
    editor.user_permissions.add(own)
    asked = ModelBackend().get_all_permissions(User.objects.get(pk=editor.pk))

    with django_assert_num_queries(1):
        found = Backend().get_user(editor.pk)
        assert found.get_all_permissions() == asked
        assert found.has_perm("annotations.publish_factcheck")
        assert not found.has_perm("annotations.decide_claim")
    assert found == editor


def test_a_group_that_is_left_no_longer_opens_doors(desk, editor):
    assert desk.get("/articles/new/").status_code == 200

    editor.groups.clear()

    assert desk.get("/articles/new/").status_code == 403


def test_who_was_sent_away_is_nobody_and_a_superuser_may_everything(editor):
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert Backend().get_user(editor.pk) is None
    assert Backend().get_user(0) is None

    User.objects.filter(pk=editor.pk).update(is_active=True, is_superuser=True)
    assert Backend().get_user(editor.pk).has_perm("annotations.publish_factcheck")

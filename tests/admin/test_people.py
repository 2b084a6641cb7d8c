import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from annotations.models import User
from tests.admin.browsing import choose, form_of, press

PEOPLE = reverse("admin:annotations_user_changelist")
INVITE = reverse("admin:annotations_user_add")


def group(name):
    return Group.objects.get(name=name).pk


def as_shown(user, **fields):
    """The form of a colleague as it would be sent unchanged, but for `fields`."""
    return {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "language": user.language,
        "is_active": "on",
        "groups": [one.pk for one in user.groups.all()],
        **fields,
    }


INVITED = {
    "username": "nadia",
    "first_name": "Nadia",
    "last_name": "Ben",
    "email": "nadia@example.org",
    "language": "en",
}


def test_a_moderator_invites_a_colleague_who_gets_a_mail(
    browser, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = browser.post(INVITE, {**INVITED, "groups": [group("reviewers")]})

    assert page.status_code == 302
    nadia = User.objects.get(username="nadia")
    assert [one.name for one in nadia.groups.all()] == ["reviewers"]
    assert not nadia.is_staff
    assert not nadia.has_usable_password()
    assert mailoutbox[0].to == ["nadia@example.org"]


def test_a_new_moderator_may_enter_the_admin(browser):
    browser.post(INVITE, {**INVITED, "groups": [group("moderators")]})

    assert User.objects.get(username="nadia").is_staff


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("email", "", "This field is required."),
        ("email", "MOD@example.org", "Somebody has this e-mail address already."),
        ("username", "moderator", "A user with that username already exists."),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_in_words(
    browser, moderator, field, value, problem
):
    User.objects.filter(pk=moderator.pk).update(email="mod@example.org")

    page = browser.post(INVITE, {**INVITED, field: value})

    assert page.status_code == 200
    assert problem in page.text
    assert 'value="Nadia"' in page.text
    assert not User.objects.filter(first_name="Nadia").exists()


def test_an_invitation_carries_no_rights_that_were_smuggled_in(browser):
    browser.post(INVITE, {**INVITED, "is_superuser": "on", "is_staff": "on"})

    nadia = User.objects.get(username="nadia")
    assert not nadia.is_superuser
    assert not nadia.is_staff


def test_a_colleague_becomes_a_moderator_and_stops_being_one(browser, editor):
    both = [group("editors"), group("moderators")]

    browser.post(form_of(editor), as_shown(editor, groups=both))
    editor.refresh_from_db()
    assert editor.is_staff

    browser.post(form_of(editor), as_shown(editor, groups=[group("editors")]))
    editor.refresh_from_db()
    assert not editor.is_staff


def test_a_moderator_cannot_make_anybody_a_superuser(browser, editor, moderator):
    for person in (editor, moderator):
        sent = as_shown(person, is_superuser="on", is_staff="on", user_permissions=[1])
        page = browser.post(form_of(person), sent)

        assert page.status_code == 302
        person.refresh_from_db()
        assert not person.is_superuser
        assert not person.user_permissions.exists()
    assert not User.objects.get(pk=editor.pk).is_staff


def test_a_moderator_cannot_change_a_superuser(browser, superuser):
    page = browser.post(form_of(superuser), as_shown(superuser, email="me@example.org"))

    assert page.status_code == 403
    assert "may change a superuser" in press(browser, "send_link", superuser).text


def test_a_superuser_makes_another(client, superuser, moderator):
    client.force_login(superuser)

    client.post(form_of(moderator), as_shown(moderator, is_superuser="on"))

    moderator.refresh_from_db()
    assert moderator.is_superuser
    assert moderator.is_staff


@pytest.mark.parametrize("fields", [{"is_active": ""}, {"groups": []}])
def test_a_moderator_does_not_lock_themselves_out(browser, moderator, fields):
    page = browser.post(form_of(moderator), as_shown(moderator, **fields))

    assert page.status_code == 200
    assert "Ask a colleague" in page.text
    moderator.refresh_from_db()
    assert moderator.is_active
    assert moderator.is_staff


@pytest.mark.parametrize(
    "fields", [{"is_active": "", "is_superuser": "on"}, {"is_superuser": ""}]
)
def test_a_superuser_does_not_lock_themselves_out(client, superuser, fields):
    client.force_login(superuser)

    page = client.post(form_of(superuser), as_shown(superuser, **fields))

    assert "You cannot lock yourself out." in page.text
    superuser.refresh_from_db()
    assert superuser.is_active
    assert superuser.is_superuser


def test_somebody_who_leaves_is_logged_out_and_not_deleted(editor, superuser):
    theirs = Client()
    theirs.force_login(editor)
    mine = Client()
    mine.force_login(superuser)

    mine.post(form_of(editor), as_shown(editor, is_active=""))

    assert theirs.get(reverse("annotations:article_list")).status_code == 302
    delete = reverse("admin:annotations_user_delete", args=[editor.pk])
    assert mine.post(delete, {"post": "yes"}).status_code == 403


def test_a_password_link_is_sent_to_those_who_were_ticked(
    browser, editor, reviewer, mailoutbox, django_capture_on_commit_callbacks
):
    reviewer.is_active = False
    reviewer.save()

    with django_capture_on_commit_callbacks(execute=True):
        page = choose(browser, "send_link", editor, reviewer, address=PEOPLE)

    assert "Sent a link to 1 person." in page.text
    assert "“reviewer”: reviewer does not work here any more." in page.text
    assert [mail.to for mail in mailoutbox] == [[editor.email]]


def test_an_address_that_was_given_up_opens_no_door(browser, editor):
    EmailAddress.objects.create(user=editor, email=editor.email, verified=True)

    browser.post(form_of(editor), as_shown(editor, email="new@example.org"))

    assert not EmailAddress.objects.exists()


def test_passwords_are_neither_shown_nor_set_nor_searched(client, superuser, editor):
    client.force_login(superuser)

    page = client.get(form_of(editor)).text
    assert "password1" not in page
    assert editor.password not in page
    assert client.get(f"{PEOPLE}?password__startswith=md5").status_code == 400
    assert client.get(f"{form_of(editor)}../password/").status_code in (302, 404)


def test_people_are_filtered_by_their_work(browser, editor, moderator):
    page = browser.get(PEOPLE, {"group": "editors"})

    assert list(page.context["cl"].result_list) == [editor]
    assert "Moderators" in page.text


def test_groups_are_seen_and_not_changed(client, superuser, editor):
    client.force_login(superuser)
    editors = Group.objects.get(name="editors")
    form = reverse("admin:auth_group_change", args=[editors.pk])

    assert str(editor) in client.get(form).text
    assert client.post(form, {"name": "authors"}).status_code == 403
    assert client.get(reverse("admin:auth_group_add")).status_code == 403


def test_what_other_packages_put_into_the_admin_is_not_for_moderators(
    client, browser, superuser
):
    results = reverse("admin:django_tasks_database_dbtaskresult_changelist")
    assert browser.get(results).status_code == 403

    client.force_login(superuser)
    page = client.get(reverse("admin:index")).text
    assert results in page
    assert "emailaddress" not in page


def test_the_mailed_link_leads_to_a_password_that_works(
    browser, client, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(INVITE, INVITED)
    client.logout()
    link = re.search(r"https://factcheck\.example(/\S+)", mailoutbox[0].body)[1]
    form = client.get(link, follow=True)

    client.post(
        form.redirect_chain[-1][0],
        {"password1": "battery staple 9", "password2": "battery staple 9"},
    )

    assert client.login(username="nadia", password="battery staple 9")
    again = client.get(link, follow=True)
    assert 'name="password1"' not in again.text

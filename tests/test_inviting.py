import re

import pytest
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.utils import translation

from annotations.inviting import (
    InvitationRefused,
    appoint,
    invite,
    invite_again,
    place,
    send_invitation,
    send_password_link,
)
from annotations.models import User
from tests import make


def nadia(by, **fields):
    said = {
        "username": "nadia",
        "email": "nadia@example.org",
        "first_name": "Nadia",
        "last_name": "Ben",
        "groups": Group.objects.filter(name="editors"),
        "language": "en",
        **fields,
    }
    return invite(by=by, **said)


def test_an_invited_colleague_has_a_desk_and_no_password(moderator):
    invited = nadia(moderator)

    assert [group.name for group in invited.groups.all()] == ["editors"]
    assert invited.is_active
    assert not invited.is_staff
    assert not invited.has_usable_password()


@pytest.mark.parametrize("who", ["editor", "reviewer"])
def test_only_moderators_invite(request, who):
    with pytest.raises(InvitationRefused, match="may not invite"):
        nadia(request.getfixturevalue(who))


@pytest.mark.parametrize(
    "fields", [{"username": "other"}, {"email": "other@example.org"}]
)
def test_a_name_or_an_address_that_somebody_has_is_refused(moderator, fields):
    nadia(moderator)

    with pytest.raises(InvitationRefused, match="already"):
        nadia(moderator, **fields)

    assert User.objects.filter(first_name="Nadia").count() == 1


def test_an_invitation_without_an_address_is_refused(moderator):
    with pytest.raises(InvitationRefused, match="e-mail address"):
        nadia(moderator, email="")


def test_the_mail_goes_out_when_the_invitation_is_kept(
    moderator, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as waiting:
        nadia(moderator)
    assert not mailoutbox

    for callback in waiting:
        callback()
    assert [mail.to for mail in mailoutbox] == [["nadia@example.org"]]


@pytest.mark.parametrize(
    ("language", "address"), [("en", "/en/accounts/"), ("fr", "/accounts/")]
)
def test_the_mail_speaks_the_language_of_the_invited(
    moderator, mailoutbox, language, address
):
    invited = nadia(moderator, language=language)

    with translation.override("en" if language == "fr" else "fr"):
        assert send_invitation.call(invited.pk) is True

    [mail] = mailoutbox
    link = re.search(r"https://factcheck\.example(/\S+)", mail.body)[1]
    assert link.startswith(address)
    assert "nadia" in mail.body
    with translation.override(language):
        assert mail.subject == translation.gettext("Your desk is ready")
        assert translation.gettext("Choose your password here:") in mail.body


def test_a_name_stands_in_the_mail_as_it_is_written(moderator, mailoutbox):
    invited = nadia(moderator, first_name="D’Arc & fils", last_name="<3")

    send_invitation.call(invited.pk)

    assert "D’Arc & fils <3" in mailoutbox[0].body


def test_who_has_a_password_already_is_not_invited_again(moderator, mailoutbox):
    invited = nadia(moderator)
    invited.set_password("battery staple 9")
    invited.save()

    assert send_invitation.call(invited.pk) is False
    assert not mailoutbox


def test_a_forgotten_password_is_answered_with_a_link(
    moderator, editor, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        invite_again(editor, by=moderator)

    [mail] = mailoutbox
    assert mail.subject == "Choose a new password"
    assert "your password stays as it is" in mail.body


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"is_active": False}, "does not work here"),
        ({"email": ""}, "no e-mail address"),
    ],
)
def test_a_link_that_would_reach_nobody_is_not_sent(
    moderator, editor, mailoutbox, fields, problem
):
    User.objects.filter(pk=editor.pk).update(**fields)
    editor.refresh_from_db()

    with pytest.raises(InvitationRefused, match=problem):
        invite_again(editor, by=moderator)

    assert send_password_link.call(editor.pk) is False
    assert not mailoutbox


def test_moderators_work_in_the_admin_and_nobody_else_but_superusers(editor):
    moderators = Group.objects.filter(name="moderators")
    place(editor, moderators)
    assert User.objects.get(pk=editor.pk).is_staff

    place(editor, [])
    assert not User.objects.get(pk=editor.pk).is_staff

    root = make.user("root", is_superuser=True)
    place(root, [])
    assert User.objects.get(pk=root.pk).is_staff


def test_only_superusers_appoint_superusers(moderator):
    root = make.user("root", is_superuser=True, is_staff=True)

    with pytest.raises(InvitationRefused, match="Only a superuser"):
        appoint(root, [], is_active=False, by=moderator)

    assert User.objects.get(pk=root.pk).is_active


def test_editors_appoint_nobody(editor, reviewer):
    with pytest.raises(InvitationRefused, match="may not change"):
        appoint(reviewer, [], is_active=False, by=editor)


def test_a_link_is_worthless_once_a_password_was_chosen(moderator):
    invited = nadia(moderator)
    token = default_token_generator.make_token(invited)

    invited.set_password("battery staple 9")
    invited.save()

    assert not default_token_generator.check_token(invited, token)

"""Letting colleagues in: nobody signs up, a moderator invites."""

from collections.abc import Iterable
from functools import partial

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.tasks import task
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from .models import User
from .refusals import Refusal

# Whoever is in this group works in the admin.
STAFF = "moderators"


class InvitationRefused(Refusal):
    """Nobody was let in, and everybody is where they were."""


@transaction.atomic
def invite(
    *,
    username: str,
    email: str,
    first_name: str,
    last_name: str,
    groups: Iterable[Group],
    language: str,
    by: User,
) -> User:
    """Make room for a colleague, who gets a mail to choose a password."""
    if not by.has_perm("annotations.add_user"):
        raise InvitationRefused(_("You may not invite people."))
    if not email:
        raise InvitationRefused(_("An invitation needs an e-mail address."))
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                username,
                email,
                first_name=first_name,
                last_name=last_name,
                language=language,
            )
    except IntegrityError as error:
        raise InvitationRefused(
            _("Somebody has this name or e-mail address already.")
        ) from error
    place(user, groups)
    transaction.on_commit(partial(send_invitation.enqueue, user_id=user.pk))
    return user


def place(user: User, groups: Iterable[Group]) -> None:
    """Put somebody into these groups; moderators work in the admin, others do not."""
    groups = list(groups)
    user.groups.set(groups)
    is_staff = user.is_superuser or any(group.name == STAFF for group in groups)
    User.objects.filter(pk=user.pk).update(is_staff=is_staff)
    user.is_staff = is_staff


def objection(
    user: User, groups: Iterable[Group], *, is_active: bool, by: User
) -> str | None:
    """Why `by` may not give somebody this place, in a sentence, or nothing."""
    if not by.has_perm("annotations.change_user"):
        return _("You may not change who works here.")
    if user.is_superuser and not by.is_superuser:
        return _("Only a superuser may change a superuser.")
    if user.pk == by.pk:
        if not is_active:
            return _("You cannot lock yourself out. Ask a colleague to do it.")
        if not by.is_superuser and all(group.name != STAFF for group in groups):
            return _(
                "You would not get in here any more. "
                "Ask a colleague to take you out of the moderators."
            )
    return None


@transaction.atomic
def appoint(user: User, groups: Iterable[Group], *, is_active: bool, by: User) -> None:
    """Give a colleague the groups of their work, or end it.

    Addresses that somebody has given up no longer open the door: no password can be
    asked for through them.
    """
    groups = list(groups)
    refusal = objection(user, groups, is_active=is_active, by=by)
    if refusal:
        raise InvitationRefused(refusal)
    place(user, groups)
    User.objects.filter(pk=user.pk).update(is_active=is_active)
    user.is_active = is_active
    given_up = EmailAddress.objects.filter(user_id=user.pk)
    given_up.exclude(email__iexact=user.email).delete()


def invite_again(user: User, *, by: User) -> None:
    """Mail a fresh link to choose a password: the first was lost or the password is forgotten."""
    groups = user.groups.all()
    refusal = objection(user, groups, is_active=user.is_active, by=by)
    if refusal:
        raise InvitationRefused(refusal)
    if not user.is_active:
        raise InvitationRefused(
            _("%(name)s does not work here any more.") % {"name": user}
        )
    if not user.email:
        raise InvitationRefused(_("There is no e-mail address to write to."))
    transaction.on_commit(partial(send_password_link.enqueue, user_id=user.pk))


@task
def send_invitation(user_id: int) -> bool:
    """Mail the link under which an invited colleague chooses a password."""
    user = User.objects.get(pk=user_id)
    if user.has_usable_password() or not user.is_active:
        return False
    mail_link(user)
    return True


@task
def send_password_link(user_id: int) -> bool:
    """Mail the link under which a colleague chooses a password, the first or another."""
    user = User.objects.get(pk=user_id)
    if not user.is_active or not user.email:
        return False
    mail_link(user)
    return True


def mail_link(user: User) -> None:
    """The link is good for one new password, for as many days as the mail says."""
    with translation.override(user.language):
        link = reverse(
            "account_reset_password_from_key",
            kwargs={
                "uidb36": user_pk_to_url_str(user),
                "key": default_token_generator.make_token(user),
            },
        )
        is_new = not user.has_usable_password()
        context = {
            "user": user,
            "is_new": is_new,
            "link": settings.SITE_ADDRESS + link,
            "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
        }
        user.email_user(
            _("Your desk is ready") if is_new else _("Choose a new password"),
            render_to_string("annotations/mail/invitation.txt", context),
        )

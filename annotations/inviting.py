"""Letting colleagues in: nobody signs up, a moderator invites."""

from collections.abc import Iterable
from functools import partial

from allauth.account.forms import default_token_generator
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
    """Nobody was let in."""


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


@task
def send_invitation(user_id: int) -> bool:
    """Mail the link under which an invited colleague chooses a password."""
    user = User.objects.get(pk=user_id)
    if user.has_usable_password() or not user.is_active:
        return False
    with translation.override(user.language):
        link = reverse(
            "account_reset_password_from_key",
            kwargs={
                "uidb36": user_pk_to_url_str(user),
                "key": default_token_generator.make_token(user),
            },
        )
        context = {"user": user, "link": settings.SITE_ADDRESS + link}
        user.email_user(
            _("Your desk is ready"),
            render_to_string("annotations/mail/invitation.txt", context),
        )
    return True

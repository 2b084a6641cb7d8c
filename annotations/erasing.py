"""Forgetting a person: the name goes, and what they did stays theirs by number."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from .inviting import objection, place
from .models import Revision, User
from .refusals import Refusal


class ErasureRefused(Refusal):
    """Nothing was erased."""


@transaction.atomic
def erase(person: User, *, by: User) -> User:
    """Take name, user name and e-mail address away, and the right to come in; twice does no harm.

    The number stays: four eyes are told apart by it, and the history, which knows people by
    number alone, is as intact as before.
    """
    refusal = objection(person, [], is_active=False, by=by)
    if refusal:
        raise ErasureRefused(refusal)
    gone = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    gone.username = f"anonyme-{gone.pk}"
    gone.first_name = gone.last_name = gone.email = ""
    gone.is_active = gone.is_superuser = False
    gone.last_login = None
    gone.set_unusable_password()
    gone.save()
    gone.user_permissions.clear()
    place(gone, [])
    EmailAddress.objects.filter(user_id=gone.pk).delete()
    # What the admin's own log calls people.
    apps.get_model("admin", "LogEntry").objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(gone.pk)
    ).update(object_repr=str(gone))
    return gone


def what_stays(person: User) -> Iterator[str]:
    """What an erasure leaves, in sentences, so that nobody promises more than it does."""
    yield _(
        "Their number stays: what they wrote, judged and decided is told apart by it."
    )
    yield _("What people wrote in free text stays as it is, names in it too.")
    pages = Revision.objects.filter(factcheck__author=person).count()
    approved = Revision.objects.filter(published_by=person).count()
    if pages or approved:
        yield _(
            "What was published stays as it was, with the name: pages signed: %(pages)d, "
            "pages approved: %(approved)d."
        ) % {"pages": pages, "approved": approved}

"""How log-in behaves here: nobody signs up, and the desk comes after."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from .models import User


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Colleagues are invited from the admin; there is no other way in."""
        return False

    def format_email_subject(self, subject: str) -> str:
        """As it is: the sender says who writes, and a prefix in brackets says nothing."""
        return subject


# Somebody, and what they may do by themselves and by their groups: every page of the desk
# asks for both, so both come in one trip where Django makes three.
WHO = """
SELECT annotations_user.*, ARRAY(
    SELECT app_label || '.' || codename
    FROM auth_permission JOIN django_content_type ON django_content_type.id = content_type_id
    WHERE auth_permission.id IN (
        SELECT permission_id FROM auth_group_permissions JOIN annotations_user_groups
            ON annotations_user_groups.group_id = auth_group_permissions.group_id
        WHERE user_id = annotations_user.id
        UNION ALL
        SELECT permission_id FROM annotations_user_user_permissions
        WHERE user_id = annotations_user.id
    )
) AS granted
FROM annotations_user WHERE id = %s AND is_active
"""


class Backend(AuthenticationBackend):
    def get_user(self, user_id: int) -> User | None:
        """Who is logged in, with their permissions; None if they may not come in any more."""
        user = next(iter(User.objects.raw(WHO, [user_id])), None)
        if user is not None and not user.is_superuser:
            # Where Django's backends keep them.
            vars(user)["_perm_cache"] = set(vars(user)["granted"])
        return user

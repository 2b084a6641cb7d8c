"""How log-in behaves here: nobody signs up, and the desk comes after."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Colleagues are invited from the admin; there is no other way in."""
        return False

    def format_email_subject(self, subject: str) -> str:
        """As it is: the sender says who writes, and a prefix in brackets says nothing."""
        return subject

"""How log-in behaves here: nobody signs up, and the desk comes after."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Colleagues are invited from the admin; there is no other way in."""
        return False

import pytest
from django.test import Client

from annotations.models import User
from tests import make


@pytest.fixture
def browser(client: Client, moderator: User) -> Client:
    """A browser in which the moderator is logged in."""
    client.force_login(moderator)
    return client


@pytest.fixture
def superuser(db) -> User:
    """May everything that Django knows of."""
    return make.user("root", is_staff=True, is_superuser=True)

from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace

import pytest
import pytest_django.plugin
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client
from django.utils import translation

from annotations.models import User
from tests import make


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The test database, which is dropped although a thread may still be reading from it."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that empty the database, groups and all, run last: after the shuffle too."""
    pytest_django.plugin.pytest_collection_modifyitems(items)


@pytest.fixture(autouse=True, scope="session")
def _tables_can_be_emptied() -> Iterator[None]:
    """Between tests as a superuser of the database can: its triggers refuse everybody else."""
    emptied = DatabaseOperations.execute_sql_flush

    def empty(self: DatabaseOperations, sql_list: list[str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            try:
                emptied(self, sql_list)
            finally:
                cursor.execute("RESET session_replication_role")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", empty)
        yield


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Deeds speak English to tests; pages speak the language of the person."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _groups(request: pytest.FixtureRequest) -> None:
    """The groups of the migration, for a test that comes after the tables were emptied."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction"):
        return
    request.getfixturevalue("transactional_db")
    if not Group.objects.exists():
        groups = import_module("annotations.migrations.0002_groups")
        groups.add_groups(apps, SimpleNamespace(connection=connection))
        for name, function in (
            ("0006_suggestions", "add_permissions"),
            ("0008_intake_groups", "add_permissions"),
            ("0010_carrying_groups", "add_permission"),
        ):
            more = import_module(f"annotations.migrations.{name}")
            getattr(more, function)(apps, SimpleNamespace(connection=connection))


@pytest.fixture
def editor(db) -> User:
    """Reads articles, highlights claims, attaches sources and writes."""
    return make.editor("editor")


@pytest.fixture
def reviewer(db) -> User:
    """Judges what others wrote."""
    return make.reviewer("reviewer")


@pytest.fixture
def moderator(db) -> User:
    """Assigns, decides and publishes."""
    return make.moderator("moderator")


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    """A browser in which the editor is logged in."""
    client.force_login(editor)
    return client

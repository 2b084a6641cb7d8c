"""What tests of the history share: a commit, and somebody with every power over the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from tests.models.refusing import sql


def settle() -> None:
    """Chain what this test has written, as a commit would."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def without_triggers() -> Iterator[None]:
    """As a superuser of the database can: no trigger runs, no rule holds."""
    settle()
    sql("SET session_replication_role = replica")
    try:
        yield
    finally:
        sql("RESET session_replication_role")


def fetch(query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()

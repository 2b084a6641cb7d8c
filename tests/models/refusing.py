"""What the tests of the models share: the database says no, and which rule it was."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction


@contextmanager
def refused(rule: str) -> Iterator[None]:
    """That the database refuses what follows, and names the rule."""
    with pytest.raises(DatabaseError, match=rule), transaction.atomic():
        yield


def sql(statement: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount

"""A database of the bench's own, on the server that is there; it goes when the bench ends."""

import os

import psycopg

from factcheck import embedded

SERVER = os.environ.get("DATABASE_URL") or embedded.database_url()
NAME = "factcheck_bench"


def drop() -> None:
    with psycopg.connect(SERVER, autocommit=True) as last:
        last.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def create() -> str:
    """The address of an empty database."""
    drop()
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {NAME}")
    start = SERVER.index("/", SERVER.index("//") + 2)
    options = SERVER[SERVER.index("?") :] if "?" in SERVER else ""
    return f"{SERVER[:start]}/{NAME}{options}"


def editor():
    """Somebody who may do what an editor does."""
    from django.contrib.auth.models import Group

    from annotations.models import User

    user, _ = User.objects.get_or_create(
        username="bench", defaults={"email": "bench@example.org", "language": "fr"}
    )
    user.groups.set(Group.objects.filter(name="editors"))
    return user

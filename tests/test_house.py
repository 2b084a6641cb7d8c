"""The rooms of the house, and who may call on whom: downstairs, never up."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import annotations

ROOT = Path(annotations.__file__).parent

FLOORS = [
    {"text"},
    {"models"},
    {
        "carrying",
        "chain",
        "comparing",
        "erasing",
        "exporting",
        "figures",
        "following",
        "highlighting",
        "importing",
        "interchange",
        "inviting",
        "learning",
        "measuring",
        "outgoing",
        "publishing",
        "queue",
        "reading",
        "receiving",
        "recognising",
        "refusals",
        "replaying",
        "reviewing",
        "settling",
        "showing",
        "snapshots",
        "sourcing",
        "suggesting",
        "telling",
        "watching",
        "workflow",
        "writing",
    },
    {
        "accounts",
        "admin",
        "desk",
        "forms",
        "http",
        "management",
        "pages",
        "panels",
        "public_urls",
        "templatetags",
        "uploads",
        "urls",
        "views",
    },
]
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
OUTSIDE = {"__init__", "apps", "checks", "migrations"}

# About so much can be kept in one's head; a room that outgrows it becomes a package.
LONGEST_FILE = 500

WEB = (
    "django.contrib.admin",
    "django.contrib.messages",
    "django.forms",
    "django.http",
    "django.shortcuts",
    "django.views",
    "django_htmx",
)


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


FILES = [path for path in sorted(ROOT.rglob("*.py")) if room_of(path) not in OUTSIDE]


def imports(path: Path) -> Iterator[str]:
    """The full names of what the file at `path` imports, inside functions too."""
    package = ["annotations", *path.relative_to(ROOT).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = [node.module] if node.module else []
            yield from (".".join([*above, *module, name.name]) for name in node.names)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_room_has_a_floor():
    assert {room_of(path) for path in FILES} == FLOOR.keys()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_room_calls_upstairs(path):
    for name in imports(path):
        top, room, *_ = [*name.split("."), ""]
        if top == "annotations" and room in FLOOR:
            assert FLOOR[room] <= FLOOR[room_of(path)], f"imports {name}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_the_lower_floors_do_not_know_the_web(path):
    for name in imports(path):
        if room_of(path) == "text":
            assert not name.startswith("django"), f"imports {name}"
        elif FLOOR[room_of(path)] < FLOOR["views"]:
            assert not name.startswith(WEB), f"imports {name}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_room_has_outgrown_its_file(path):
    assert len(path.read_text().splitlines()) <= LONGEST_FILE

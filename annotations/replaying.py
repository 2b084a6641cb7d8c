"""Whether the records are what the history says: told again from the first entry on.

The chain shows that nobody altered the history. This shows that nobody altered a record
behind its back, with the triggers switched off.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import NOT_PROVIDED, Q
from django.utils.dateparse import parse_datetime

from .chain import snapshot
from .models import HistoryEntry
from .refusals import Refusal
from .telling.values import columns

CHUNK = 5_000

# Whoever highlights a claim is its first author: the claim's entry says it, and no other does.
AUTHORSHIP = "annotations_authorship"

# Each table with a history, and the row as its trigger would write it down.
TABLES = """
SELECT relname, format('SELECT id, %s::text FROM %s AS kept', (
    SELECT COALESCE(
        string_agg('history_digest(', '') || told
            || string_agg(format(', %L)', digested), ''), told
    ) FROM unnest(rules[4]::text[]) AS digested
), place)
FROM (
    SELECT relname, tgrelid::regclass AS place, rules, format(
        '(to_jsonb(kept) - %L::text[] - %L::text[])', rules[3], rules[5]
    ) AS told
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid, LATERAL (
        SELECT string_to_array(encode(tgargs, 'escape'), '\\000') AS rules
    ) AS arguments
    WHERE tgname = 'history_is_kept'
) AS tracked ORDER BY relname
"""


class RowAltered(Refusal):
    """A record is not what its history says; the message names the first."""


@dataclass(slots=True)
class State:
    """What the history says of a row, and the entry since which it does."""

    since: int
    values: dict[str, Any] = field(default_factory=dict)


def verify_rows() -> int:
    """That every record is as the history tells it; return how many there are.

    A column that came later says nothing of the rows before it, until one of them changes.
    Raises `RowAltered`.
    """
    count = 0
    with snapshot():
        for table, query in _tables():
            states, told = replay(table)
            implied = _first_authors() if table == AUTHORSHIP else set()
            for row, values in _rows(query):
                state = states.pop(row, None)
                pair = (values.get("claim_id"), values.get("user_id"))
                is_implied = pair in implied
                implied.discard(pair)
                if state is None and is_implied:
                    count += 1
                    continue
                if state is None:
                    raise RowAltered(
                        f"{table}, number {row}: is there, and the history does not know it."
                    )
                _is_as_told(table, row, values, state, told)
                count += 1
            if states:
                raise RowAltered(
                    f"{table}, number {min(states)}: is gone, and the history does not know why."
                )
            for claim, person in sorted(implied):
                raise RowAltered(
                    f"{table}: that {person} wrote claim {claim} is gone, "
                    "and the history does not know why."
                )
    return count


def _tables() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return list(cursor.fetchall())


def _rows(query: str) -> Iterator[tuple[int, dict[str, Any]]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while found := cursor.fetchmany(CHUNK):
            for row, values in found:
                yield row, json.loads(values)


def replay(table: str) -> tuple[dict[int, State], dict[str, int]]:
    """Every row that should be there, and of each column the entry that named it first."""
    states: dict[int, State] = {}
    told: dict[str, int] = {}
    entries = HistoryEntry.objects.filter(table=table).order_by("pk")
    for entry in entries.iterator(chunk_size=CHUNK):
        if entry.operation == "delete":
            states.pop(entry.row, None)
            continue
        state = states.setdefault(entry.row, State(entry.pk))
        for column, value in entry.values.items():
            told.setdefault(column, entry.pk)
            if entry.operation != "update":
                state.values[column] = value
            elif len(value) == 2:  # of people's names it is only told that they changed
                state.values[column] = value[1]
    return states, told


def _first_authors() -> set[tuple[int, int]]:
    """Claim and person of the authorships that a claim's own entry stands for."""
    entries = HistoryEntry.objects.filter(
        Q(table="annotations_claim", operation__in=["insert", "delete"])
        | Q(table=AUTHORSHIP, operation="delete")
    ).order_by("pk")
    authors: set[tuple[int, int]] = set()
    for entry in entries.iterator(chunk_size=CHUNK):
        said = entry.values
        if entry.table == AUTHORSHIP:
            authors.discard((said["claim_id"], said["user_id"]))
        elif entry.operation == "delete":
            authors.discard((entry.row, said["created_by_id"]))
        else:
            authors.add((entry.row, said["created_by_id"]))
    return authors


def _is_as_told(
    table: str, row: int, values: dict[str, Any], state: State, told: dict[str, int]
) -> None:
    for column, value in values.items():
        if column in state.values:
            known = state.values[column]
        elif told.get(column, state.since) < state.since:
            known = None
        else:
            continue
        if not _is_same(known, value) and not (
            known is None and value == _default(table, column)
        ):
            raise RowAltered(
                f"{table}, number {row}: {column} was altered and the history does not know it."
            )


def _is_same(known: Any, value: Any) -> bool:
    """Whether two values are one, however each was written."""
    if _without_nulls(known) == _without_nulls(value):
        return True
    if isinstance(known, str) and isinstance(value, str):
        moment = parse_datetime(value) if value[:1].isdigit() else None
        return moment is not None and parse_datetime(known) == moment
    return False


def _without_nulls(value: Any) -> Any:
    """As it is written down when a row is made: nulls in objects are not."""
    if isinstance(value, dict):
        return {
            key: _without_nulls(one) for key, one in value.items() if one is not None
        }
    if isinstance(value, list):
        return [_without_nulls(one) for one in value]
    return value


def _default(table: str, column: str) -> object:
    """What a column that came later has in the rows that were there."""
    field = columns(table).get(column)
    if field is None or field.default is NOT_PROVIDED:
        return ""
    return field.get_default()

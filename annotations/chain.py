"""The chain of the history: what its hashes are of, and whether they still are.

Whoever can switch triggers off can write what they like into the tables, but cannot make
it follow from what came before. Nothing here trusts the triggers: the text that is hashed is
put together again from the columns, as the trigger of migration `history` does.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

from .refusals import Refusal

# So many are fetched at a time: enough that the trips do not count, few enough to hold.
CHUNK = 5_000

# The place in the chain, then the entry in the order in which it is written out.
ROWS = """
SELECT link.number, link.entry_id, link.hash, link.claim_hash,
    entry.id, (extract(epoch FROM entry.at) * 1000000)::bigint, table_name, row_id, claim_id,
    operation, by_id, origin, place, transaction, changes
FROM annotations_historylink link
LEFT JOIN annotations_historyentry entry ON entry.id = link.entry_id
WHERE number BETWEEN %s AND %s ORDER BY number
"""
FIELDS = [
    "id",
    "at",
    "table",
    "row",
    "claim",
    "operation",
    "by",
    "origin",
    "place",
    "transaction",
    "changes",
]


class ChainBroken(Refusal):
    """The history is not what was written; the message names the first place where."""


@dataclass(frozen=True, slots=True)
class Chained:
    """An entry at its place in the chain, with every hash as it is stored.

    `fields` are those of `FIELDS`, times in microseconds since 1970; None if it is gone.
    """

    number: int
    entry: int
    hash: bytes
    claim_hash: bytes | None
    fields: tuple[Any, ...] | None

    @property
    def claim(self) -> int | None:
        claim: int | None = self.fields[4] if self.fields else None
        return claim

    @property
    def written(self) -> bytes:
        """What is hashed: a line for each field, UTF-8. None of them holds a line's end."""
        values = self.fields or ()
        return "\n".join(
            "" if value is None else str(value) for value in values
        ).encode()


@dataclass(frozen=True, slots=True)
class Intact:
    """How far the chain goes, and the hash that stands for all of it."""

    number: int
    hash: str


@dataclass(slots=True)
class Ends:
    """Where the chain stands, and that of each claim: number and hash."""

    whole: tuple[int, bytes] = (0, b"")
    claims: dict[int, tuple[int, bytes]] = field(default_factory=dict)


def links(first: int, last: int) -> Iterator[Chained]:
    """The chain from number `first` to `last`, a chunk at a time."""
    with connection.cursor() as cursor:
        for start in range(first, last + 1, CHUNK):
            cursor.execute(ROWS, [start, min(start + CHUNK - 1, last)])
            for number, entry, hashed, claim_hash, *fields in cursor.fetchall():
                yield Chained(
                    number,
                    entry,
                    bytes(hashed),
                    None if claim_hash is None else bytes(claim_hash),
                    None if fields[0] is None else tuple(fields),
                )


@contextmanager
def snapshot() -> Iterator[None]:
    """What is read in it is all of one moment, whoever writes meanwhile."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def head() -> tuple[int, bytes]:
    """How long the chain is by its own count, and its last hash."""
    found = _rows("SELECT number, hash FROM annotations_historyhead WHERE scope = 0")
    return (found[0][0], bytes(found[0][1])) if found else (0, b"")


def verify(
    first: int = 1,
    *,
    seen: tuple[int, str] | None = None,
    on_progress: Callable[[int, int], None] = lambda number, last: None,
) -> Intact:
    """That the history is as it was written, from number `first` on.

    What stands before `first` is taken as verified. `seen` is an earlier head, number and
    hash, which the chain has to pass through: with one that was kept elsewhere not even
    somebody who has computed every hash anew goes unnoticed. Raises `ChainBroken`.
    """
    with snapshot():
        last = max(
            head()[0],
            _rows("SELECT max(number) FROM annotations_historylink")[0][0] or 0,
        )
        ends = _ends_before(first)
        for row in links(first, last):
            _follows(row, ends)
            ends.whole = (row.number, row.hash)
            if row.claim is not None and row.claim_hash is not None:
                count, _ = ends.claims.get(row.claim, (0, b""))
                ends.claims[row.claim] = (count + 1, row.claim_hash)
            if row.number % CHUNK == 0:
                on_progress(row.number, last)
        _ends_at_its_heads(ends)
        _has_every_entry()
        if seen is not None:
            _passes_through(*seen)
    return Intact(ends.whole[0], ends.whole[1].hex())


def _follows(row: Chained, ends: Ends) -> None:
    """That the row is the next one, and that both its hashes are of what they should be."""
    number, previous = ends.whole
    if row.number != number + 1:
        raise ChainBroken(
            f"Number {number + 1} was removed: after {number} comes {row.number}."
        )
    name = f"number {row.number} (entry {row.entry})"
    if row.fields is None:
        raise ChainBroken(f"What was written at {name} was removed.")
    hashed = sha256(previous + row.written).digest()
    if hashed != row.hash:
        raise ChainBroken(_diagnosis(row, name, previous, hashed))
    own = None
    if row.claim is not None:
        own = sha256(ends.claims.get(row.claim, (0, b""))[1] + row.written).digest()
    if own != row.claim_hash:
        raise ChainBroken(f"The hash for its claim was altered at {name}.")


def _diagnosis(row: Chained, name: str, previous: bytes, hashed: bytes) -> str:
    """What happened to a row whose hash is not of it, as far as the one after it tells."""
    following = next(links(row.number + 1, row.number + 1), None)
    if following and following.fields:
        if sha256(previous + following.written).digest() == row.hash:
            return f"The order was changed: {name} and number {following.number} stand in each other's place."
        if sha256(hashed + following.written).digest() == following.hash:
            return f"The hash was altered at {name}; what it says is as it was written."
    return (
        f"Altered: {name} does not follow from the one before. What it says was changed, "
        "or something was put in or taken out just before it."
    )


def _ends_at_its_heads(ends: Ends) -> None:
    """That nothing was taken off the end: how long each chain is stands in another table."""
    heads = {
        scope: (number, bytes(hashed))
        for scope, number, hashed in _rows(
            "SELECT scope, number, hash FROM annotations_historyhead"
        )
    }
    counted, hashed = heads.pop(0, (0, b""))
    number = ends.whole[0]
    if counted > number:
        raise ChainBroken(
            f"Number {number + 1} was removed: the history ends at {number}, "
            f"and {counted} entries were counted."
        )
    if counted < number:
        raise ChainBroken(
            f"Number {counted + 1} was put in: {counted} entries were counted, "
            f"and there are {number}."
        )
    if hashed != ends.whole[1]:
        raise ChainBroken(
            f"The head was altered: it is not the hash of number {number}."
        )
    for claim in sorted(heads.keys() | ends.claims.keys()):
        if heads.get(claim) != ends.claims.get(claim):
            raise ChainBroken(
                f"The head of claim {claim} was altered: it is not that of its entries."
            )


def _has_every_entry() -> None:
    """That each entry has one place in the chain."""
    stray = _rows(
        "SELECT min(id) FROM annotations_historyentry entry WHERE NOT EXISTS "
        "(SELECT FROM annotations_historylink WHERE entry_id = entry.id)"
    )[0][0]
    if stray is not None:
        raise ChainBroken(f"Entry {stray} was put in: it has no place in the chain.")
    twice = _rows(
        "SELECT min(number) FROM (SELECT max(number) AS number "
        "FROM annotations_historylink GROUP BY entry_id HAVING count(*) > 1) AS again"
    )[0][0]
    if twice is not None:
        raise ChainBroken(
            f"Number {twice} was put in: its entry stands earlier already."
        )


def _passes_through(number: int, hashed: str) -> None:
    found = _rows("SELECT hash FROM annotations_historylink WHERE number = %s", number)
    if not found:
        raise ChainBroken(
            f"Number {number} was removed: it was seen, and is not there."
        )
    if bytes(found[0][0]).hex() != hashed:
        raise ChainBroken(
            f"The history was written anew: number {number} had another hash when it was seen."
        )


def _ends_before(first: int) -> Ends:
    """Where the chains stood just before number `first`, as stored."""
    if first <= 1:
        return Ends()
    found = _rows(
        "SELECT number, hash FROM annotations_historylink WHERE number = %s", first - 1
    )
    if not found:
        raise ChainBroken(f"There is no number {first - 1} to go on from.")
    claims = _rows(
        "SELECT DISTINCT ON (claim_id) claim_id, count(*) OVER (PARTITION BY claim_id), claim_hash "
        "FROM annotations_historylink JOIN annotations_historyentry entry ON entry.id = entry_id "
        "WHERE number < %s AND claim_id IS NOT NULL ORDER BY claim_id, number DESC",
        first,
    )
    return Ends(
        (found[0][0], bytes(found[0][1])),
        {claim: (count, bytes(hashed)) for claim, count, hashed in claims},
    )


def _rows(query: str, *values: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())

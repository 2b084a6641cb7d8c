"""Verify an exported history: Python 3.10 or newer, this one file, and nothing else.

    python verify_export.py history.jsonl --key 3b6a27bc…

What it is. The first line says what the file holds; each line after it is an entry of the
history; the last one signs them. An entry's hash is the SHA-256 of the hash before it (nothing
before the first) and the entry's own text: its fields in the order of FIELDS below, each on a
line, an empty one for null; times are microseconds since 1970 in UTC. Numbers count up by one;
in the file of one claim they only grow, as the others' entries lie between. The last line's
`sha256` is of all lines before it; its `signature` is Ed25519 (RFC 8032) over that line without
`signature`, written with keys in order and without spaces.

What it proves. That the holder of the key signed exactly these entries, and that none was
altered, removed, put in or moved since. Get the key from the newsroom and not from the file.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Point = tuple[int, int, int, int]
Said = dict[str, Any]

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
FORMAT = "factcheck-history-1"


class Broken(Exception):
    """What is wrong with the file, in a sentence."""


# Ed25519: the curve of RFC 8032, section 5.1. Points are X, Y, Z, T with x = X/Z, y = Y/Z,
# x·y = T/Z. Only public values are used, so that nothing can leak by its time.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point = add(point, point)
        number >>= 1
    return total


def point_of(y: int, is_odd: int) -> Point:
    """The point with this y, and an x that is odd or even."""
    if y >= P:
        raise Broken("The key or the signature is no point of the curve.")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and is_odd):
        raise Broken("The key or the signature is no point of the curve.")
    if x & 1 != is_odd:
        x = P - x
    return x, y, 1, x * y % P


def decoded(data: bytes) -> Point:
    number = int.from_bytes(data, "little")
    return point_of(number & ((1 << 255) - 1), number >> 255)


BASE = point_of(4 * pow(5, P - 2, P) % P, 0)


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is that of `message` by the owner of `key`."""
    if len(key) != 32 or len(signature) != 64:
        return False
    scalar = int.from_bytes(signature[32:], "little")
    if scalar >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    left = times(scalar, BASE)
    right = add(decoded(signature[:32]), times(challenge, decoded(key)))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (
        left[1] * right[2] - right[1] * left[2]
    ) % P == 0


def canonical(said: Said) -> bytes:
    return json.dumps(
        said, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


def parsed(line: bytes, place: object) -> Said:
    try:
        said = json.loads(line)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise Broken(f"Line {place} is not of such a file.")
    return said


def verify(file: Iterable[bytes], key: str = "") -> tuple[Said, int, str]:
    """How many entries the file holds, whose they are and who signed them, or `Broken`."""
    digest = hashlib.sha256()
    opening: Said | None = None
    held: bytes | None = None
    number, count, head = 0, 0, b""
    for place, line in enumerate(file, start=1):
        if held is not None:
            digest.update(held)
            if opening is None:
                opening = parsed(held, place - 1)
                if opening.get("format") != FORMAT:
                    raise Broken(f"This is not a file of the format {FORMAT}.")
            else:
                entry = parsed(held, place - 1)
                number = following(entry, number, opening)
                head = hashed(entry, head, number)
                count += 1
        held = line
    if opening is None or held is None:
        raise Broken("The file is cut off: its last line signs it.")
    closing = parsed(held, "last")
    check_closing(closing, count, head, digest.hexdigest(), key)
    return opening, count, closing["public_key"]


def following(entry: Said, number: int, opening: Said) -> int:
    here = entry.get("number")
    if not isinstance(here, int) or (
        here <= number if opening.get("claim") else here != number + 1
    ):
        raise Broken(f"After number {number} an entry was removed, put in or moved.")
    if opening.get("claim") and entry.get("claim") != opening["claim"]:
        raise Broken(f"Number {here} is of another claim.")
    return here


def hashed(entry: Said, head: bytes, number: int) -> bytes:
    values = (entry.get(field) for field in FIELDS)
    text = "\n".join("" if value is None else str(value) for value in values)
    found = hashlib.sha256(head + text.encode()).digest()
    if found.hex() != entry.get("hash"):
        raise Broken(
            f"Number {number} was altered, or something was put in or taken out before it."
        )
    return found


def check_closing(
    closing: Said, count: int, head: bytes, digest: str, key: str
) -> None:
    if "signature" not in closing:
        raise Broken("The file is cut off: its last line signs it.")
    signature = closing.pop("signature")
    if closing.get("entries") != count or closing.get("head") != head.hex():
        raise Broken("Entries were removed from the end, or added to it.")
    if closing.get("sha256") != digest:
        raise Broken("The file is not the one that was signed.")
    named = closing.get("public_key", "")
    if key and named != key.lower():
        raise Broken(f"It is signed by another key: {named}.")
    try:
        is_theirs = is_signed(
            bytes.fromhex(named), canonical(closing), bytes.fromhex(signature)
        )
    except ValueError:
        is_theirs = False
    if not is_theirs:
        raise Broken("The signature is not of this file.")


def main() -> None:
    parser = argparse.ArgumentParser(description="Verify an exported history.")
    parser.add_argument("file")
    parser.add_argument(
        "--key", default="", help="The newsroom's public key, as it publishes it."
    )
    asked = parser.parse_args()
    try:
        with Path(asked.file).open("rb") as file:
            opening, count, key = verify(file, asked.key)
    except OSError as error:
        sys.exit(f"{asked.file} cannot be read: {error.strerror}.")
    except Broken as broken:
        sys.exit(f"Broken. {broken}")
    of = f" of claim {opening['claim']}" if opening.get("claim") else ""
    say = sys.stdout.write
    say(
        f"Intact: {count} entries{of}, {opening.get('newsroom')}, {opening.get('exported_at')}.\n"
    )
    say(f"Signed by {key}.\n")
    if not asked.key:
        say(
            "The key is the one in the file: compare it with the newsroom's, or give --key.\n"
        )


if __name__ == "__main__":
    main()

"""The history as a signed file, which anybody verifies with `factcheck/verify_export.py`."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import BinaryIO

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.utils.translation import gettext as _

from . import chain
from .refusals import Refusal
from .workflow import newsroom

FORMAT = "factcheck-history-1"


class ExportRefused(Refusal):
    """Nothing was signed; the message says why."""


def new_key() -> tuple[bytes, str]:
    """A key to sign with, as PEM, and the public one in hexadecimal."""
    key = Ed25519PrivateKey.generate()
    return (
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        public(key),
    )


def read_key(pem: bytes) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ExportRefused(_("The file holds no key that can be read.")) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ExportRefused(_("The key is of another kind; Ed25519 is asked for."))
    return key


def public(key: Ed25519PrivateKey) -> str:
    """The public key, in hexadecimal."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def export(out: BinaryIO, key: Ed25519PrivateKey, *, claim: int | None = None) -> int:
    """Write the whole history, or that of one claim; return how many entries it has.

    A line of JSON for what it is, one for each entry, and one that signs them all. It is
    verified first: a broken chain is not signed. Raises `ChainBroken`.
    """
    with chain.snapshot():
        intact = chain.verify()
        signed = sha256()
        count, head = 0, ""
        opening: dict[str, object] = {
            "format": FORMAT,
            "newsroom": newsroom().name,
            "exported_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "claim": claim,
        }
        out.write(_line(opening, signed.update))
        for row in _rows(intact.number, claim):
            head = ((row.claim_hash or b"") if claim else row.hash).hex()
            entry = dict(zip(chain.FIELDS, row.fields or (), strict=True))
            out.write(
                _line({**entry, "number": row.number, "hash": head}, signed.update)
            )
            count += 1
    closing: dict[str, object] = {
        "entries": count,
        "head": head,
        "sha256": signed.hexdigest(),
        "public_key": public(key),
    }
    signature = key.sign(canonical(closing))
    out.write(canonical({**closing, "signature": signature.hex()}) + b"\n")
    return count


def canonical(said: dict[str, object]) -> bytes:
    """The one way to write it: keys in order, no spaces, UTF-8."""
    return json.dumps(
        said, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


def _line(said: dict[str, object], signed: Callable[[bytes], None]) -> bytes:
    line = canonical(said) + b"\n"
    signed(line)
    return line


def _rows(last: int, claim: int | None) -> Iterator[chain.Chained]:
    for row in chain.links(1, last):
        if claim is None or row.claim == claim:
            yield row

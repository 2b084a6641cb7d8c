"""The bytes of a page out of the bytes that were sent, and never more than were allowed."""

import zlib
from collections.abc import Iterable, Iterator

from .refusing import FetchRefused

PACKED = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}
# What is unpacked at a time.
STEP = 256 * 1024


def packing_of(value: str, address: str) -> str:
    """ "gzip", "deflate" or "" by a Content-Encoding; refuses others, and one in another."""
    named = [name.strip().lower() for name in value.split(",")]
    packed = [name for name in named if name not in {"", "identity"}]
    if not packed:
        return ""
    if len(packed) > 1 or packed[0] not in PACKED:
        raise FetchRefused("encoding", address)
    return PACKED[packed[0]]


def unpacked(chunks: Iterable[bytes], packing: str, address: str) -> Iterator[bytes]:
    """What is in `chunks`, little by little, so that a bomb goes off in small pieces."""
    if not packing:
        yield from chunks
        return
    unpacker = None
    try:
        for chunk in chunks:
            if unpacker is None:
                if not chunk:
                    continue
                unpacker = zlib.decompressobj(window_bits(chunk, packing))
            rest = chunk
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, STEP)
                rest = unpacker.unconsumed_tail
    except zlib.error as error:
        raise FetchRefused("encoding", address) from error
    # An empty answer needs no unpacking; one that breaks off has lost its end.
    if unpacker is not None and not unpacker.eof:
        raise FetchRefused("encoding", address)
    if unpacker is not None and unpacker.unused_data:
        raise FetchRefused("encoding", address)


def window_bits(start: bytes, packing: str) -> int:
    """How zlib reads a stream that begins with `start`; "deflate" is spoken in two ways."""
    if packing == "gzip":
        return 16 + zlib.MAX_WBITS
    is_zlib = start[0] & 0x0F == 8 and start[0] >> 4 <= 7
    return zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS

"""Why a file could not be read."""

import struct
import zipfile
import zlib
from typing import Literal

from lxml.etree import LxmlError

from ..extraction import trees

type Reason = (
    Literal[
        "binary",
        "broken",
        "encrypted",
        "kind",
        "no_text",
        "old_word",
        "slow",
        "too_long",
    ]
    | trees.Reason
)

SENTENCES: dict[str, str] = {
    **trees.SENTENCES,
    "binary": "The file is no text, or in an encoding that cannot be told.",
    "broken": "The file is damaged.",
    "empty": "There are no words in the file.",
    "encrypted": "The file is protected by a password.",
    "kind": "Files of this kind cannot be read.",
    "no_text": "The file has pictures of its pages, and no text.",
    "old_word": "The file is in an old format of Word.",
    "slow": "It takes too long to read the file.",
    "too_large": "The file is too large.",
    "too_long": "The file has more text than can be kept.",
}

# What libraries raise for a file that is not what it says. They are written for files by
# programs that mean well, and trip in every way over the others.
DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    LxmlError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


class DocumentRefused(ValueError):
    """The file gives no article; `reason` is a slug for why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(SENTENCES[reason])
        self.reason: Reason = reason

"""An article as it was taken from a page or a file, for somebody to look at."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from .blocks import Kind
from .languages import Language

# What a block may be instead of a part of the article; "" if nothing speaks for it.
type Doubt = Literal["", "follow", "read_also", "subscribe", "share", "advert", "legal"]


@dataclass(frozen=True, slots=True)
class ExtractedBlock:
    """Words of one kind, where they stood ("p. 3", "00:01:23"), and what else they may be."""

    kind: Kind
    text: str
    doubt: Doubt = ""
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Extracted:
    """What could be told of an article; nothing of it is HTML, and all of it is unproved.

    Strings are "" and the date None where nothing was found.
    """

    headline: str = ""
    blocks: list[ExtractedBlock] = field(default_factory=list)
    byline: str = ""
    outlet: str = ""
    published_on: date | None = None
    language: Language = ""
    address: str = ""

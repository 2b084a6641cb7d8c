"""One spelling for every text: what is kept on import, and what comparing ignores."""

import re
import unicodedata
from bisect import bisect_right
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass

from .spans import Span

# Code points of the longest text that is taken in: a book of 300 pages, and still
# a second's work for everything that reads it from end to end.
LONGEST = 500_000

# Of the characters of a file. Text has hardly any control characters, and a language
# that cp1252 can write has few letters beyond ASCII; more means binary data, or
# another encoding that would come out as gibberish.
MOST_CONTROLS = 0.01
MOST_BEYOND_ASCII = 0.5

# Formats that can pass for text although nobody wants to read them as such.
DISGUISED = (b"%PDF-", b"{\\rtf", b"%!PS")

LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")

# Control characters, lone surrogates, and what has no width and no look: soft hyphen,
# joiners, marks of direction, word joiners, annotation anchors, tags. Signs of the same
# Unicode category (Cf) that are drawn, such as the Arabic number signs, are text.
# Variation selectors stay: they choose how the character before them looks.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff"
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")

SPACES = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
APOSTROPHES = "'`´ʹʻʼˈ‘’‚‛′＇"
QUOTES = '"«»“”„‟″〝〞＂'
DASHES = "-‐‑‒–—―−﹘﹣－"
ALIKE = str.maketrans(
    dict.fromkeys(SPACES, " ")
    | dict.fromkeys(APOSTROPHES, "'")
    | dict.fromkeys(QUOTES, '"')
    | dict.fromkeys(DASHES, "-")
)
SPACES_AFTER_A_SPACE = re.compile("(?<= ) +")


class NotText(ValueError):
    """The data is no text, or in an encoding that cannot be told."""


def decode(data: bytes) -> str:
    """The text in `data`, as it is written there: UTF-8, UTF-16 with its mark, or cp1252.

    Raises `NotText` for binary data, and for what would come out as gibberish.
    """
    if data.startswith(DISGUISED):
        raise NotText("The file is a document, and not a plain text.")
    try:
        if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            text = data.decode("utf-16")
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = decode_cp1252(data)
    if "\0" in text or len(CONTROLS.findall(text)) > MOST_CONTROLS * len(text):
        raise NotText("The file is binary data.")
    return text


def decode_cp1252(data: bytes) -> str:
    """`data` as old Western European files are written; raises `NotText` where unlikely."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise NotText("The file's encoding is unknown.") from error
    if sum(byte > 0x7F for byte in data) > MOST_BEYOND_ASCII * len(data):
        raise NotText("The file's encoding is unknown.")
    return text


def normalise(raw: str) -> str:
    """`raw` as every text is kept; doing it again changes nothing.

    Lines end in "\\n"; soft hyphens, zero-width and control characters are gone; a tab
    is a space; NFC (Unicode Standard Annex 15); no spaces at the ends of lines.
    No-break spaces inside a line stay, as French needs them.
    """
    text = LINE_ENDS.sub("\n", raw)
    text = UNSEEN.sub("", text).replace("\t", " ")
    text = unicodedata.normalize("NFC", text)
    return "\n".join([line.rstrip() for line in text.split("\n")])


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is compared, and the way back to where its words stand.

    `text` has one code point for each of the original, but for runs of white space,
    which are one space. `ends` are the folded offsets just past each shortened run, and
    `dropped` how many code points have been left out up to there.
    """

    text: str
    ends: tuple[int, ...]
    dropped: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The span of the original that became `text[start:end]`.

        A run of white space is taken whole, at either end.
        """
        return Span(self._original(start), self._original(end))

    def offset(self, original: int) -> int:
        """The folded offset of the character at `original`."""
        runs = bisect_right(
            range(len(self.ends)),
            original,
            key=lambda i: self.ends[i] + self.dropped[i],
        )
        folded = original - (self.dropped[runs - 1] if runs else 0)
        if runs < len(self.ends):
            return min(folded, self.ends[runs] - 1)
        return folded

    def _original(self, offset: int) -> int:
        """Where the folded `offset` was; behind the whole of a run, if just past one."""
        runs = bisect_right(self.ends, offset)
        return offset + (self.dropped[runs - 1] if runs else 0)


def fold(text: str) -> Folded:
    """`text` for comparing: all white space is alike, and quotes, apostrophes, dashes.

    Letters, accents, figures and case are not touched, and nothing is composed: text
    that comes from outside is normalised first.
    """
    alike = text.translate(ALIKE)
    ends: list[int] = []
    dropped: list[int] = []
    total = 0
    for run in SPACES_AFTER_A_SPACE.finditer(alike):
        ends.append(run.start() - total)
        total += run.end() - run.start()
        dropped.append(total)
    shortened = SPACES_AFTER_A_SPACE.sub("", alike) if ends else alike
    return Folded(shortened, tuple(ends), tuple(dropped))

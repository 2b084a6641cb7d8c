"""A transcript out of subtitles: SubRip and WebVTT.

A cue is a screenful, not a sentence: cues are put together until somebody else speaks,
there is a pause, or a sentence ends and the paragraph is long enough. pysubs2 is not used:
it takes WebVTT's notes and the names of cues for words that were spoken.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from ..blocks import lay_out_blocks
from ..extracted import Extracted, ExtractedBlock
from ..languages import language_of

STAMP = r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)[.,](\d{1,3})"
TIMES = re.compile(
    rf"^[^\S\n]{{0,9}}{STAMP}[^\S\n]{{1,9}}-->[^\S\n]{{1,9}}{STAMP}", re.MULTILINE
)
# Parts of WebVTT that are not spoken.
NOT_SPOKEN = re.compile(
    r"(?:WEBVTT|NOTE|STYLE|REGION|X-TIMESTAMP-MAP)\b|Kind:|Language:"
)
VOICE = re.compile(r"<v(?:\.[^\s<>]{0,40})?\s+([^<>]{1,80})>")
MARKUP = re.compile(r"<[^<>]{0,200}>|\{\\[^{}]{0,80}\}")
# Sounds and signs of music: "[Applaudissements]", "♪".
SOUND = re.compile(r"\[[^\[\]]{0,80}\]|[♪♫]+")
# "ADA MARTIN : ", as subtitles name a speaker; ">>" is another, nobody says who.
NAMED = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{1,39}?)\s{0,2}:\s+(?=\S)")
OTHER = re.compile(r"(?:>>+|[-–—])\s*")
ENDS_A_SENTENCE = re.compile(r"[.!?…][»”\"')\]\s]*\Z")

# Milliseconds without a word that part paragraphs.
PAUSE = 3_000
# Code points of a paragraph from which it ends with a sentence, or with any cue.
LONG_ENOUGH = 350
LONGEST = 900


@dataclass(frozen=True, slots=True)
class Cue:
    """Words, when they are said, in milliseconds, and by whom, if it is told."""

    start: int
    end: int
    text: str
    speaker: str = ""
    is_other: bool = False


def read_subtitles(text: str) -> Extracted:
    """The transcript in `text`; the locator of a paragraph is when it begins."""
    laid_out, found = lay_out_blocks(paragraphs(cues(text)))
    blocks = [
        ExtractedBlock(block.kind, block.span.of(laid_out), locator=block.locator)
        for block in found
    ]
    # No headline: the first words of a transcript are spoken like the rest.
    return Extracted(blocks=blocks, language=language_of(laid_out))


def cues(text: str) -> Iterator[Cue]:
    """The cues in `text`, in its order, line by line of each where another speaks."""
    start = end = -1
    shown: list[str] = []
    for chunk in re.split(
        r"\n[^\S\n]*(?=\n)", "\n" + text.replace("\r\n", "\n").replace("\r", "\n")
    ):
        lines = [line.strip() for line in chunk.split("\n") if line.strip()]
        if not lines:
            continue
        times = next((n for n, line in enumerate(lines[:2]) if TIMES.match(line)), None)
        if times is None:
            # A cue with an empty line in it goes on; notes and styles are not spoken.
            if start < 0 or NOT_SPOKEN.match(lines[0]) or "".join(lines).isdecimal():
                continue
        else:
            stamps = TIMES.match(lines[times])
            groups = stamps.groups() if stamps else ()
            start, end = milliseconds(groups[:4]), milliseconds(groups[4:])
            lines = lines[times + 1 :]
        new = lines[echo(shown, lines) :]
        shown = lines
        yield from spoken(start, end, new)


def echo(shown: list[str], lines: list[str]) -> int:
    """How many of `lines` were `shown` last: rolling subtitles keep a line under the next.

    Two people who say the same, a line each, are no echo.
    """
    if len(shown) == len(lines) == 1:
        return 0
    for count in range(min(len(shown), len(lines)), 0, -1):
        if shown[-count:] == lines[:count]:
            return count
    return 0


def milliseconds(stamp: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, rest = (part or "0" for part in stamp)
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(
        rest.ljust(3, "0")
    )


def spoken(start: int, end: int, lines: list[str]) -> Iterator[Cue]:
    """The lines of one cue without markup; a line goes on the one before if nobody else speaks."""
    waiting: Cue | None = None
    for line in lines:
        voice = VOICE.search(line)
        bare = " ".join(SOUND.sub(" ", unescape(MARKUP.sub("", line))).split())
        named = NAMED.match(bare)
        other = OTHER.match(bare)
        speaker = voice.group(1).strip() if voice else named.group(1) if named else ""
        bare = bare[named.end() :] if named else bare[other.end() :] if other else bare
        if not bare:
            continue
        if waiting and not speaker and not other:
            waiting = Cue(
                start, end, f"{waiting.text} {bare}", waiting.speaker, waiting.is_other
            )
            continue
        if waiting:
            yield waiting
        waiting = Cue(start, end, bare, speaker, bool(other))
    if waiting:
        yield waiting


def paragraphs(cues: Iterator[Cue]) -> Iterator[ExtractedBlock]:
    """What is said, in paragraphs; a speaker who is named stands before what they say."""
    words: list[str] = []
    length = start = end = 0
    speaker = ""
    for cue in cues:
        changes = cue.is_other or (cue.speaker != "" and cue.speaker != speaker)
        is_long = length >= LONGEST or (
            length >= LONG_ENOUGH and ENDS_A_SENTENCE.search(words[-1])
        )
        if words and (changes or is_long or cue.start - end >= PAUSE):
            yield ExtractedBlock("paragraph", " ".join(words), locator=clock(start))
            words, length = [], 0
        if not words:
            start = cue.start
        if changes:
            speaker = cue.speaker
            if speaker:
                words.append(f"{speaker}:")
        words.append(cue.text)
        length += len(cue.text) + 1
        end = cue.end
    if words:
        yield ExtractedBlock("paragraph", " ".join(words), locator=clock(start))


def clock(milliseconds: int) -> str:
    seconds = milliseconds // 1000
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"

"""Finding the words that somebody selected, and describing where they stand."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from .cleaning import Folded, fold, normalise
from .spans import Span

# Code points on either side that are kept with a quote. The W3C's Web Annotation Data
# Model (TextQuoteSelector, section 4.2.4) leaves the number open; 32 are about five
# words, and what other annotation tools write.
CONTEXT = 32
# Of what is given as context, the code points next to the quote that are weighed. More
# tells occurrences apart in tables and refrains only, and costs time for each of them.
WEIGHED = 500
# Occurrences that are weighed, and the code points read to find them. Beyond, the words
# tell nothing ("e" in a book), and hostile text ("aaaa…") must not hold up a worker.
MOST_OCCURRENCES = 10_000
MOST_READ = 20_000_000


class Unlocated(Exception):
    """The words could not be tied to one place in the text."""


class Blank(Unlocated):
    """Nothing but white space was selected."""

    def __init__(self) -> None:
        super().__init__("No words were selected.")


class NotFound(Unlocated):
    """The text does not have the words."""

    def __init__(self) -> None:
        super().__init__("The text does not have these words.")


class Ambiguous(Unlocated):
    """The text has the words `count` times, and what surrounds them does not tell which.

    Hostile text aside, `count` is exact.
    """

    def __init__(self, count: int) -> None:
        super().__init__(f"The text has these words {count} times.")
        self.count = count


@dataclass(frozen=True, slots=True)
class Selection:
    """What was selected, and what stands around it, in the spelling of kept texts."""

    before: str
    quote: str
    after: str


def locate(
    text: str,
    quote: str,
    *,
    before: str = "",
    after: str = "",
    within: Span | None = None,
) -> Span:
    """The span of `quote` in `text`, without white space at its ends.

    `before` is all that stands between the start of `within` and the quote, if it is
    known, or else the last of it; `after` is some of what follows. Both may be missing:
    then the words must be unique. `within` (by default all of `text`) holds the whole
    span. `text` is normalised, the rest need not be. Takes linear time.

    What stands at the very place that `before` says is taken first; then the words as
    they are; then such as differ in white space, quotes, apostrophes and dashes only. Of
    several, the one whose surroundings agree the furthest.

    Raises `Blank`, `Ambiguous` or `NotFound`, all of them `Unlocated`.
    """
    region = within or Span(0, len(text))
    words = region.of(text)
    selected = selection(quote, before, after)
    if starts_with(words, selected):
        start = region.start + len(selected.before)
        return Span(start, start + len(selected.quote))

    folded = fold(words)
    found = after_all_of_before(folded, selected)
    if found is None:
        found = best(exact_occurrences(words, selected.quote), words, folded, selected)
    if found is None:
        found = best(
            folded_occurrences(folded, selected.quote), words, folded, selected
        )
    if found is None:
        raise NotFound
    return Span(region.start + found.start, region.start + found.end)


def selection(quote: str, before: str, after: str) -> Selection:
    """The three as they would stand in a kept text, the quote without white space around.

    Raises `Blank`.
    """
    before, quote, after = (spelled(words) for words in (before, quote, after))
    bare = quote.strip()
    if not bare:
        raise Blank
    lead = quote[: len(quote) - len(quote.lstrip())]
    trail = quote[len(quote.rstrip()) :]
    return Selection(before + lead, bare, trail + after)


def spelled(words: str) -> str:
    """`words` normalised, with the spaces at the end that the next words may need."""
    return normalise(words + "|")[:-1]


def starts_with(words: str, selected: Selection) -> bool:
    """Whether `words` begin with all of `before` and then the quote.

    Where nothing stands before, `after` has to agree: nothing may be known of it.
    """
    lead = selected.before + selected.quote
    if not words.startswith(lead):
        return False
    if selected.before.strip():
        return True
    rest = words[len(lead) : len(lead) + len(selected.after)]
    return selected.after.strip() != "" and selected.after.startswith(rest)


def after_all_of_before(folded: Folded, selected: Selection) -> Span | None:
    """The quote's place if the text begins with all of `before` and then the quote."""
    if not selected.before.strip():
        return None
    lead = fold(selected.before).text
    both = fold(selected.before + selected.quote).text
    return folded.span(len(lead), len(both)) if folded.text.startswith(both) else None


def exact_occurrences(words: str, quote: str) -> list[Span]:
    return [Span(start, start + len(quote)) for start in starts(words, quote)]


def folded_occurrences(folded: Folded, quote: str) -> list[Span]:
    needle = fold(quote).text
    return [
        folded.span(start, start + len(needle)) for start in starts(folded.text, needle)
    ]


def starts(text: str, needle: str) -> list[int]:
    """Where `needle` starts in `text`, overlaps included; raises `Ambiguous` if too often."""
    most = max(2, min(MOST_OCCURRENCES, MOST_READ // len(needle)))
    found: list[int] = []
    start = text.find(needle)
    while start != -1:
        found.append(start)
        if len(found) > most:
            raise Ambiguous(len(found))
        start = text.find(needle, start + 1)
    return found


def best(
    occurrences: list[Span], words: str, folded: Folded, selected: Selection
) -> Span | None:
    """The occurrence whose surroundings agree the furthest with the selection's.

    One that would part an accent from its letter counts only if all would. None if
    there are no occurrences; raises `Ambiguous` if two agree equally.
    """
    if len(occurrences) < 2:
        return occurrences[0] if occurrences else None
    whole = [span for span in occurrences if not parts_a_character(words, span)]
    # Whoever types the words around leaves out the space between them and the quote.
    before = fold(selected.before[-WEIGHED:]).text.rstrip()
    after = fold(selected.after[:WEIGHED]).text.lstrip()
    ranked: list[tuple[int, Span]] = []
    for span in whole or occurrences:
        start, end = folded.offset(span.start), folded.offset(span.end - 1) + 1
        ahead = folded.text[max(0, start - len(before) - 1) : start].rstrip()
        behind = folded.text[end : end + len(after) + 1].lstrip()
        agreement = common_suffix(ahead, before) + common_prefix(behind, after)
        ranked.append((agreement, span))
    furthest = max(agreement for agreement, _ in ranked)
    winners = [span for agreement, span in ranked if agreement == furthest]
    if len(winners) > 1:
        raise Ambiguous(len(occurrences))
    return winners[0]


def common_prefix(one: str, other: str) -> int:
    """How many code points both begin with."""
    return longest(lambda size: one[:size] == other[:size], min(len(one), len(other)))


def common_suffix(one: str, other: str) -> int:
    """How many code points both end with."""
    return longest(
        lambda size: size == 0 or one[-size:] == other[-size:],
        min(len(one), len(other)),
    )


def longest(agrees: Callable[[int], bool], most: int) -> int:
    """The largest size up to `most` that agrees, where all smaller ones do, too."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        if agrees(middle):
            least = middle
        else:
            most = middle - 1
    return least


def context(text: str, span: Span, width: int = CONTEXT) -> tuple[str, str]:
    """The prefix and suffix of a W3C TextQuoteSelector, at most `width` code points each.

    They touch the span, and their far ends do not part an accent from its letter or an
    emoji from its skin tone: a few code points less are taken there.
    https://www.w3.org/TR/annotation-model/#text-quote-selector
    """
    start = max(0, span.start - width)
    while start < span.start and start > 0 and continues_a_character(text[start]):
        start += 1
    end = min(len(text), span.end + width)
    while span.end < end < len(text) and continues_a_character(text[end]):
        end -= 1
    return text[start : span.start], text[span.end : end]


def parts_a_character(text: str, span: Span) -> bool:
    """Whether an end of `span` is between a letter and its accents, or inside an emoji."""
    return continues_a_character(text[span.start : span.start + 1]) or (
        continues_a_character(text[span.end : span.end + 1])
    )


def continues_a_character(character: str) -> bool:
    """Whether it is drawn onto the one before: a combining mark or a skin tone."""
    return character != "" and (
        unicodedata.category(character).startswith("M")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )

"""Blocks of an article as HTML: flat marks, a flag where each passage begins."""

from functools import cache
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, pgettext

from annotations.models import ClaimStatus
from annotations.reading import PaintedBlock, Passage
from annotations.text.segments import Segment

register = template.Library()

ELEMENTS = {"subhead": "h2", "quote": "blockquote"}

# A passage under which more claims lie is said to have many; the list opens on demand.
DEPTHS = 4


@cache
def flag_labels(language: str) -> dict[str, str]:
    """For each state, what a flag is called for those who do not see it."""
    return {
        status.value: escape(
            gettext("Claim %(number)s, %(status)s")
            % {"number": "{}", "status": str(status.label).lower()}
        )
        for status in ClaimStatus
    }


@cache
def take_label(language: str) -> str:
    return escape(gettext("Make a claim of this sentence"))


@register.filter
def element(kind: str) -> str:
    """The HTML element that a block of this kind is; on the desk items stand alone."""
    return ELEMENTS.get(kind, "p")


@cache
def suggestion_label(language: str) -> str:
    return escape(pgettext("before a sentence", "Suggestion:"))


@register.simple_tag
def paint(block: PaintedBlock, text: str, *, can_highlight: bool) -> SafeString:
    """The inside of a block's element: sentences, marks, flags and buttons.

    Built in one pass without a template, as a page may have 5 000 passages. Everything
    that comes from outside is escaped here.
    """
    language = get_language() or ""
    labels, label = flag_labels(language), take_label(language)
    parts: list[str] = []
    inside: int | None = None
    for segment in block.segments:
        if segment.sentence != inside:
            parts.append(_end(block, inside, label, can_highlight))
            inside = segment.sentence
            if inside is not None:
                start = block.sentences[inside].start
                parts.append(_begin(start, is_suggested=start in block.suggested))
        parts.append(_segment(segment, text, labels))
    parts.append(_end(block, inside, label, can_highlight))
    return mark_safe("".join(parts))  # noqa: S308  every text in it was escaped


def _begin(start: int, *, is_suggested: bool) -> str:
    if not is_suggested:
        return f'<span class="s" id="s-{start}">'
    label = suggestion_label(get_language() or "")
    return f'<span class="s suggested" id="s-{start}"><span class="cue">{label} </span>'


def _end(
    block: PaintedBlock, inside: int | None, label: str, can_highlight: bool
) -> str:
    if inside is None:
        return ""
    if not can_highlight:
        return "</span>"
    start = block.sentences[inside].start
    return (
        f'</span><button class="take" name="at" value="{start}" '
        f'aria-label="{label}">+</button>'
    )


def _segment(segment: Segment[Passage], text: str, labels: dict[str, str]) -> str:
    words = escape(segment.span.of(text))
    over = segment.keys
    if not over:
        return words
    flags = "".join(
        f'<a class="flag {passage.status}" id="p-{passage.claim}-{passage.start}" '
        f'href="?claim={passage.claim}"><span>'
        f"{labels[passage.status].format(passage.claim)}</span></a>"
        for passage in segment.begins
    )
    # The shortest passage gives the colour: it is the one that says most precisely what.
    nearest = min(over, key=lambda passage: passage.end - passage.start)
    claims = " ".join(dict.fromkeys(str(passage.claim) for passage in over))
    depth = f" d{min(len(over), DEPTHS)}" if len(over) > 1 else ""
    return (
        f'<mark class="{nearest.status}{depth}" data-c="{claims}">{flags}{words}</mark>'
    )

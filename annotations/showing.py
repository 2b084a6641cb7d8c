"""What readers may see now: published pages as they were put down, and checked articles."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from .following import Since, Ways, carriages, latest_of, says_the_same, since
from .models import Appearance, Edition, FactCheck, Revision
from .snapshots import Content
from .text.segments import cut, share_out
from .text.spans import Span


class CheckedPassage(NamedTuple):
    """Words that were checked; the first passage of each page bears its name as anchor."""

    start: int
    end: int
    content: Content
    anchor: str


@dataclass(frozen=True, slots=True)
class CheckedWords:
    """A run of words on which the same passages lie.

    `nearest` is the shortest of them, `begun` those that begin here, the `nearest` aside.
    """

    words: str
    nearest: CheckedPassage | None
    is_begun: bool
    begun: list[CheckedPassage]


@dataclass(frozen=True, slots=True)
class CheckedArticle:
    """The edition that was checked, its blocks, and what was published about it.

    `article` is what those pages say of it. `elsewhere` are the pages
    about other editions, whose words are not marked here. `later` is the latest text that
    is known, if it is another; `changes` are the checked passages that it words otherwise,
    and `is_unchanged` says that it has all of them as they were.
    """

    article: Content
    edition: Edition
    blocks: list[tuple[str, list[CheckedWords]]]
    marked: list[Content]
    elsewhere: list[Content]
    later: Edition | None
    changes: list[tuple[Content, Since]]
    is_unchanged: bool


def newest() -> QuerySet[Revision]:
    """Of each fact-check the revision that counts, whoever may see it."""
    later = Revision.objects.filter(
        factcheck=OuterRef("factcheck"), number__gt=OuterRef("number")
    )
    return Revision.objects.filter(~Exists(later))


def shown(query: str = "") -> QuerySet[Revision]:
    """What the public sees, the latest to appear first, or what of it says `query`."""
    public = FactCheck.objects.public()
    if query:
        public = public.saying(query)
    # What was held back is new on the day it appears.
    appeared = Coalesce("factcheck__embargo_until", "factcheck__published_at")
    return newest().filter(factcheck__in=public).order_by(appeared.desc(), "-factcheck")


def shown_once() -> QuerySet[Revision]:
    """What the public sees or has seen: also what was retracted after it had appeared."""
    unseen = FactCheck.objects.filter(retracted_at__lte=F("embargo_until"))
    return (
        newest()
        .filter(factcheck__in=FactCheck.objects.past_embargo())
        .exclude(factcheck__in=unseen)
        .select_related("factcheck")
        .defer("factcheck__search")
    )


def checked_article(pk: int) -> CheckedArticle | None:
    """The article with its published passages; None where nothing is published. Four queries.

    It is the newest text that was checked. What was checked in an earlier one is marked in
    it where it says the same.
    """
    appearances = Appearance.objects.filter(
        claim=OuterRef("factcheck__claim"), edition__article=pk
    )
    revisions = list(
        shown()
        .filter(Exists(appearances))
        .select_related("factcheck")
        .defer("factcheck__search")
    )
    contents = [revision.content for revision in revisions]
    rows = [
        (row, content)
        for content in contents
        for row in content["appearances"]
        if row["article"] == pk
    ]
    edition = (
        Edition.objects.filter(pk__in={row["edition"] for row, _ in rows}, article=pk)
        .defer("search")
        .order_by("-number")
        .first()
    )
    if edition is None:
        return None
    claims = [revision.factcheck.claim_id for revision in revisions]
    ways = Ways(carriages().filter(edition__article=pk, appearance__claim__in=claims))
    here = []
    for row, content in rows:
        if row["edition"] == edition.pk:
            here.append((Span(row["start"], row["end"]), content))
        elif (now := ways.in_text(row, edition.pk)) and says_the_same(row, now):
            here.append((Span(now.start, now.end), content))
    here.sort(key=lambda item: (item[0].start, -item[0].end))
    marked: dict[str, Content] = {}
    passages = []
    for span, content in here:
        slug = content["slug"]
        anchor = "" if slug in marked else slug
        passages.append(CheckedPassage(span.start, span.end, content, anchor))
        marked[slug] = content
    latest = latest_of(pk)
    changes = [
        (content, change) for row, content in rows if (change := since(row, ways))
    ]
    return CheckedArticle(
        article=next(row for row, _ in rows if row["edition"] == edition.pk),
        edition=edition,
        blocks=painted(edition, passages),
        marked=list(marked.values()),
        elsewhere=[content for content in contents if content["slug"] not in marked],
        later=latest if latest and latest.pk != edition.pk else None,
        changes=changes,
        is_unchanged=not changes
        and all(
            ways.end_of_place(row["edition"], row["start"], row["end"])
            for row, _ in rows
        ),
    )


def painted(
    edition: Edition, passages: list[CheckedPassage]
) -> list[tuple[str, list[CheckedWords]]]:
    """The kind of each block and its words, cut where a passage begins or ends."""
    layout = edition.layout
    keyed = [(Span(passage.start, passage.end), passage) for passage in passages]
    shares = share_out(keyed, [block.span for block in layout])
    blocks = []
    for block, share in zip(layout, shares, strict=True):
        runs = []
        for segment in cut(block.span, share, []):
            nearest = min(
                segment.keys,
                key=lambda passage: passage.end - passage.start,
                default=None,
            )
            runs.append(
                CheckedWords(
                    segment.span.of(edition.text),
                    nearest,
                    is_begun=nearest in segment.begins,
                    begun=[begun for begun in segment.begins if begun != nearest],
                )
            )
        blocks.append((str(block.kind), runs))
    return blocks

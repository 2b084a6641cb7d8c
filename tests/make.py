"""Rows for tests: say what matters to the test, and the rest is made up.

Rows come about the way people make them: through the deeds.
"""

from datetime import timedelta
from itertools import count
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from annotations import publishing, reviewing, sourcing, workflow, writing
from annotations.carrying import carry_over
from annotations.highlighting import highlight
from annotations.importing import import_article
from annotations.models import (
    Article,
    Carriage,
    Claim,
    ClaimStatus,
    Detection,
    DetectorWeights,
    Edition,
    Evidence,
    FactCheck,
    Feed,
    Intake,
    IntakeOrigin,
    IntakeStatus,
    Newsroom,
    Rating,
    RatingScale,
    Suggestion,
    User,
)
from annotations.receiving.fetching import row
from annotations.text.aliases import key
from annotations.text.spans import Span

numbers = count(1)

# Of each state in which nobody writes on a claim, what a deed says.
AT_REST = {
    ClaimStatus.IN_REVIEW: "“In review”. Ask for it to be sent back",
    ClaimStatus.DECIDED: "“Decided”. Ask for it to be sent back",
    ClaimStatus.PUBLISHED: "“Published”, and what readers saw",
    ClaimStatus.RETRACTED: "“Retracted”, and what readers saw",
    ClaimStatus.DROPPED: "dropped. Take it up again",
}


def user(name: str | None = None, *groups: str, **fields: Any) -> User:
    """Somebody in these groups; moderators may enter the admin."""
    number = next(numbers)
    name = name or f"person{number}"
    fields.setdefault("email", f"{name}{number}@example.org")
    fields.setdefault("is_staff", "moderators" in groups)
    fields.setdefault("language", "en")
    made = User.objects.create_user(name, password="correct horse", **fields)
    made.groups.set(Group.objects.filter(name__in=groups))
    return made


def editor(name: str | None = None) -> User:
    return user(name, "editors")


def reviewer(name: str | None = None) -> User:
    return user(name, "reviewers")


def moderator(name: str | None = None) -> User:
    return user(name, "moderators")


def newsroom(**fields: Any) -> Newsroom:
    fields.setdefault("name", "The Daily Check")
    fields.setdefault("address", "https://factcheck.example/")
    return Newsroom.objects.update_or_create(pk=1, defaults=fields)[0]


def ratings() -> dict[str, Rating]:
    """The ratings of the scale in use, by code: true, imprecise and false."""
    scale, is_new = RatingScale.objects.get_or_create(name="Test", is_current=True)
    if is_new:
        for order, (code, colour, icon) in enumerate(
            [
                ("true", "green", "check"),
                ("imprecise", "amber", "approximate"),
                ("false", "red", "cross"),
            ],
            start=1,
        ):
            Rating.objects.create(
                scale=scale,
                code=code,
                label_fr=f"{code} (fr)",
                label_en=code.capitalize(),
                definition_fr=f"Ce que {code} veut dire.",
                definition_en=f"What {code} means.",
                order=order,
                colour=colour,
                icon=icon,
            )
    return {rating.code: rating for rating in scale.ratings.all()}


def edition(
    text: str = "The moon is made of cheese. It is round.",
    *,
    by: User | None = None,
    **fields: Any,
) -> Edition:
    """The first text of a new article, unless `address` names one that is there."""
    fields.setdefault("headline", "What the moon is made of")
    fields.setdefault("address", f"https://example.org/{next(numbers)}/")
    fields.setdefault("language", "en")
    return import_article(text, by=by or editor(), **fields).edition


def article(
    text: str = "The moon is made of cheese. It is round.", **fields: Any
) -> Article:
    return edition(text, **fields).article


def intake(
    text: str = "The moon is made of cheese.\n\nFollow us everywhere.",
    *,
    by: User | None = None,
    status: IntakeStatus = IntakeStatus.READY,
    **fields: Any,
) -> Intake:
    """An article on its way in, as the worker left it; its last block is doubted."""
    number = next(numbers)
    address = fields.pop("address", f"https://paper.example/{number}/")
    fields.setdefault("origin", IntakeOrigin.ADDRESS)
    fields.setdefault("headline", f"Incoming {number}")
    fields.setdefault("language", "en")
    if status == IntakeStatus.FAILED:
        fields.setdefault("problem", "fetch:timeout")
    *paragraphs, last = text.split("\n\n")
    rows = [row("paragraph", words) for words in paragraphs]
    rows.append(row("paragraph", last, doubt="follow" if paragraphs else ""))
    return Intake.objects.create(
        status=status,
        address=address,
        key=key(address) if address else "",
        page_address=address,
        aliases=[address] if address else [],
        asked_by=by or editor(),
        blocks=rows if status == IntakeStatus.READY else [],
        **fields,
    )


def feed(**fields: Any) -> Feed:
    """A feed that is watched, and not due."""
    number = next(numbers)
    fields.setdefault("address", f"https://paper.example/feed{number}.xml")
    fields.setdefault("title", f"Paper {number}")
    fields.setdefault("language", "en")
    fields.setdefault("added_by", editor())
    fields.setdefault("checked_at", timezone.now() - timedelta(minutes=5))
    fields.setdefault("next_check_at", timezone.now() + timedelta(minutes=10))
    return Feed.objects.create(**fields)


def next_edition(edition: Edition, text: str, *, by: User | None = None) -> Edition:
    """Another text of its article, to which every passage has been carried over."""
    article = edition.article
    by = by or edition.retrieved_by
    made = import_article(
        text, by=by, headline=article.headline, address=article.address
    )
    carry_over.call(made.edition.pk)
    return made.edition


def carriage(old: str = "It is round.", new: str = "It is flat.", **fields) -> Carriage:
    """A passage in a text that was changed; without `fields` it waits for a person."""
    made = claim(old, **fields)
    edition = made.appearances.get().edition
    later = next_edition(edition, f"Before. {new} After.")
    return Carriage.objects.get(appearance__claim=made, edition=later)


def doubtful(*, by: User | None = None) -> Carriage:
    """A passage whose words the new text has twice: two proposals wait for a person."""
    words = "The bridge was closed for repairs."
    old = edition(f"Long before it.\n\n{words}\n\nLong after it.", by=by)
    made = claim(words, edition=old, by=by)
    new = next_edition(old, f"It was said twice.\n\n{words}\n\nSo it was.\n\n{words}")
    return Carriage.objects.get(appearance__claim=made, edition=new)


def span(edition: Edition, quote: str) -> Span:
    start = edition.text.index(quote)
    return Span(start, start + len(quote))


def suggestion(
    quote: str = "It is round.", *, edition: Edition | None = None, **fields: Any
) -> Suggestion:
    """A sentence that a detector points at, in a text that it has read."""
    edition = edition or globals()["edition"](f"Before. {quote} After.")
    named = {"detector": "made up", "detector_version": "1"}
    Detection.objects.get_or_create(
        edition=edition, **named, defaults={"sentences": 100}
    )
    where = span(edition, quote)
    fields.setdefault("rank", 1)
    fields.setdefault("reasons", ["figure", "attributed"])
    return Suggestion.objects.create(
        edition=edition,
        start=where.start,
        end=where.end,
        quote=quote,
        score=1.0,
        **named | fields,
    )


def weights(**fields: Any) -> DetectorWeights:
    """What the detector has learned, as far as the records go."""
    fields.setdefault("version", f"made up {next(numbers)}")
    fields.setdefault("made_by", moderator())
    return DetectorWeights.objects.create(
        **{"content": b"weights", "report": {}} | fields
    )


def claim(
    quote: str = "It is round.",
    *,
    by: User | None = None,
    status: ClaimStatus = ClaimStatus.OPEN,
    edition: Edition | None = None,
    **fields: Any,
) -> Claim:
    """A claim that was highlighted, written on with `fields`, and taken to `status`."""
    by = by or editor()
    edition = edition or globals()["edition"](f"Before. {quote} After.", by=by)
    made = highlight(edition, span(edition, quote), by=by).claim
    if fields or status not in (ClaimStatus.OPEN, ClaimStatus.DROPPED):
        fields.setdefault("statement", f"It is claimed: {quote}")
        fields.setdefault("claimant", "Ada Lovelace")
        fields.setdefault("claimant_is_unknown", False)
        fields.setdefault("claimed_on", None)
        fields.setdefault("kind", "event")
        fields.setdefault("note", "")
        made = writing.write(made, seen=made.version, by=by, **fields)
    return take(made, status, by=by)


def evidence(
    claim: Claim, *, by: User | None = None, excerpt: str = "Indeed.", **source: Any
) -> Evidence:
    by = by or claim.created_by
    number = next(numbers)
    source.setdefault("title", f"Report {number}")
    source.setdefault("publisher", f"Institute {number}")
    source.setdefault("address", f"https://institute.example/{number}")
    stance = source.pop("stance", "supports")
    kept = sourcing.keep_source(by=by, **source)
    return sourcing.attach(claim, kept, by=by, stance=stance, excerpt=excerpt)


def factcheck(claim: Claim, *, by: User | None = None, **fields: Any) -> FactCheck:
    fields.setdefault("title", f"Is it so? {next(numbers)}")
    fields.setdefault("summary", "It is, more or less.")
    fields.setdefault("body", "We asked.\n\nThey answered.")
    fields.setdefault("exception", "")
    return publishing.write_factcheck(
        claim, seen=0, by=by or claim.created_by, **fields
    )


def take(claim: Claim, status: ClaimStatus, *, by: User) -> Claim:
    """Walk an open claim to `status`, with everything the gates ask for on the way."""
    if status == ClaimStatus.OPEN:
        return claim
    if status == ClaimStatus.DROPPED:
        workflow.move(claim, ClaimStatus.DROPPED, by=by, reason="Not checkable.")
        return claim
    newsroom()
    evidence(claim, by=by)
    evidence(claim, by=by, stance="context")
    workflow.move(claim, ClaimStatus.IN_REVIEW, by=by)
    if status == ClaimStatus.IN_REVIEW:
        return claim
    for _ in range(2):
        reviewing.give_verdict(
            claim, ratings()["true"], reason="We saw it.", by=reviewer()
        )
    claim.refresh_from_db()
    if status == ClaimStatus.DECIDED:
        return claim
    page = factcheck(claim, by=by)
    boss = moderator()
    publishing.publish(page, by=boss)
    if status == ClaimStatus.RETRACTED:
        publishing.retract(page, reason="We were wrong.", by=boss)
    claim.refresh_from_db()
    return claim

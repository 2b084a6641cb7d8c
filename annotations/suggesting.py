"""Sentences that ask to be checked: found by a detector, accepted or rejected by people.

Any program or service can be the detector: `FACTCHECK_DETECTOR` names a callable without
arguments that gives one. A detector has a `name` and a `version`, which are kept with each
suggestion, and `rank(sentences, language=…)`, which gives a candidate for each sentence that
can be checked, the best first; see `text.detection.values`. It is asked in the worker only,
and once as the worker starts, so that what it loads is there when the first article comes.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, TypedDict

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.tasks import task
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .highlighting import Highlighted, highlight
from .models import (
    Claim,
    Claimant,
    ClaimantKind,
    Detection,
    Edition,
    Newsroom,
    Suggestion,
    SuggestionState,
)
from .models.people import User
from .reading import edition_of
from .refusals import Refusal
from .text.attribution import claimant_of, is_organisation
from .text.spans import Span
from .text.statements import stated
from .writing import claimant_named

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

    from .text.detection import Detector

# What the settings name unless somebody says otherwise.
OURS = "annotations.learning.detector"
# More than the desk ever shows: one sentence in so many is kept, so that a newsroom that
# asks for more or fewer need not have its articles read again.
KEPT_ONE_IN = 3
# Sentences at a time: a second's work, in an article of 10 000 words.
PART = 500
# Without a newsroom's word: an editor reads a page of 40 sentences and finds six marked.
SHOWN_ONE_IN = 7
# At a time, however long the text: as one is answered, the next one comes.
SHOWN = 40
# So long after a text came in, the desk expects its suggestions any moment.
EXPECTED_WITHIN = timedelta(minutes=2)
# The first seconds somebody watches; then the worker has other things to do first.
SOON, LATER = 500, 3_000
WATCHED = timedelta(seconds=10)
# What the detector is tried on as the worker starts.
TRIED_ON = "Le taux de chômage a baissé de 0,3 point en un an, selon l’Insee."

# What each reason of our detector is in words; another's slug is shown as it is.
REASONS: "dict[str, StrOrPromise]" = {
    "money": gettext_lazy("a sum of money"),
    "share": gettext_lazy("a share or a rate"),
    "ratio": gettext_lazy("so many times as much"),
    "change": gettext_lazy("a rise or a fall"),
    "comparison_of_years": gettext_lazy("compares two times"),
    "figure": gettext_lazy("a figure"),
    "superlative": gettext_lazy("a superlative or a record"),
    "comparison": gettext_lazy("a comparison"),
    "cause": gettext_lazy("says what causes what"),
    "study": gettext_lazy("relies on a study or on statistics"),
    "law": gettext_lazy("says what a law or a rule is"),
    "quantifier": gettext_lazy("speaks of all, or of none"),
    "hearsay_conditional": gettext_lazy("reported as hearsay"),
    "attributed": gettext_lazy("attributed to somebody"),
    "denied": gettext_lazy("denies or accuses"),
    "quoted": gettext_lazy("words in quotation marks"),
    "date": gettext_lazy("a date that can be checked"),
    "named": gettext_lazy("names somebody or something"),
    "alike": gettext_lazy("reads like what is often checked"),
}
# A reason or two is read at a glance.
REASONS_SHOWN = 3


class SuggestionRefused(Refusal):
    """The suggestion stays as it is."""


def in_words(reasons: Sequence[str]) -> list[str]:
    """The reasons of a suggestion for somebody to read, the strongest first."""
    return [
        str(REASONS.get(slug) or slug.replace("_", " "))
        for slug in reasons[:REASONS_SHOWN]
    ]


def detector() -> "Detector":
    """The detector that the settings name, with what it has learned here. For workers."""
    make = import_string(settings.FACTCHECK_DETECTOR)
    found: Detector = make()
    return found


def warm_up() -> str:
    """Load what the detector needs, and say which one it is."""
    from .text.detection import Sentence

    found = detector()
    found.rank([Sentence(TRIED_ON, Span(0, len(TRIED_ON)))], language="fr")
    return f"{found.name} {found.version}"


type Found = tuple[int, int, float, list[str]]


class SoFar(TypedDict):
    """What a detector has found of a long text, as a task can be given it."""

    detector: str
    detector_version: str
    read: int
    ranked: int
    found: list[Found]


@task
def suggest(edition_id: int, so_far: SoFar | None = None) -> int:
    """Have the detector read the edition, and keep what it points at; how many that are.

    Once for each version of the detector: running it again does nothing. A long text is
    read in parts, each a task of its own, so that others get their turn.
    """
    kept = _read_on(edition_id, so_far)
    if isinstance(kept, int):
        return kept
    suggest.enqueue(edition_id=edition_id, so_far=kept)
    return 0


def suggest_now(edition_id: int) -> int:
    """The same without a queue, to the end of the text."""
    kept = _read_on(edition_id)
    while not isinstance(kept, int):
        kept = _read_on(edition_id, kept)
    return kept


def _read_on(edition_id: int, so_far: SoFar | None = None) -> SoFar | int:
    """Read the next part: what is found so far, or how many were kept in the end."""
    from .text.detection import calm, sentences_of

    edition = edition_of(edition_id)
    newsroom = Newsroom.objects.filter(pk=1).first()
    if edition is None or (newsroom and not newsroom.suggestions_one_in):
        return 0
    asked = detector()
    name, version = asked.name, asked.version
    read = Detection.objects.filter(detector=name, detector_version=version)
    if read.filter(edition=edition).exists():
        return 0
    if so_far is None or (so_far["detector"], so_far["detector_version"]) != (
        name,
        version,
    ):
        so_far = SoFar(
            detector=name, detector_version=version, read=0, ranked=0, found=[]
        )
    there = sentences_of(edition.text, edition.layout)
    part = there[so_far["read"] : so_far["read"] + PART]
    candidates = asked.rank(part, language=edition.article.language)
    so_far = {
        **so_far,
        "read": so_far["read"] + PART,
        "ranked": so_far["ranked"] + len(candidates),
        "found": [
            *so_far["found"],
            *(
                (one.span.start, one.span.end, float(one.score), list(one.reasons))
                for one in calm(candidates, share=1 / KEPT_ONE_IN)
            ),
        ],
    }
    return so_far if so_far["read"] < len(there) else _keep(edition, so_far)


@transaction.atomic
def _keep(edition: Edition, so_far: SoFar) -> int:
    """Write down what was found, once; words that were answered in any version of the
    article are not suggested again."""
    named = {
        "detector": so_far["detector"],
        "detector_version": so_far["detector_version"],
    }
    # Whoever runs this at the same moment waits here, and then finds it done.
    _row, is_first = Detection.objects.get_or_create(
        edition=edition, **named, defaults={"sentences": so_far["ranked"]}
    )
    if not is_first:
        return 0
    answered = set(
        Suggestion.objects.filter(edition__article=edition.article_id)
        .exclude(state=SuggestionState.WAITING)
        .values_list("quote", flat=True)
    )
    best_first = sorted(so_far["found"], key=lambda one: (-one[2], one[0]))
    made = [
        Suggestion(
            edition=edition,
            start=start,
            end=end,
            quote=edition.text[start:end],
            score=score,
            rank=rank,
            reasons=reasons,
            **named,
        )
        for rank, (start, end, score, reasons) in enumerate(best_first, start=1)
        if edition.text[start:end] not in answered
    ]
    Suggestion.objects.bulk_create(made, batch_size=1000)
    return len(made)


def unread(
    editions: QuerySet[Edition], *, asked: bool = False
) -> QuerySet[Edition, int]:
    """The ids of those that no detector has read, or with `asked` not the one there is now."""
    read = Detection.objects.filter(edition=OuterRef("pk"))
    if asked:
        found = detector()
        read = read.filter(detector=found.name, detector_version=found.version)
    return editions.filter(~Exists(read)).values_list("pk", flat=True)


def accept(suggestion: Suggestion, *, by: User) -> Highlighted:
    """Make a claim of the suggested words, in the name of `by`; twice does no harm.

    Its statement is the sentence, its claimant whoever the sentence says it is said by, its
    date that of the article: all of it to be read over, and written by `by`.
    """
    with transaction.atomic():
        locked = _locked(suggestion)
        if locked.state == SuggestionState.REJECTED:
            raise SuggestionRefused(
                _("%(name)s has rejected this suggestion meanwhile.")
                % {"name": locked.answered_by}
            )
        made = _claim_of(locked, by=by)
        if locked.state == SuggestionState.WAITING:
            locked.state = SuggestionState.ACCEPTED
            locked.claim = made.claim
            _answer(locked, by)
        return made


def _claim_of(suggestion: Suggestion, *, by: User) -> Highlighted:
    """The claim that the suggested words make, which stays until the transaction ends."""
    edition = edition_of(suggestion.edition_id)
    if edition is None:  # editions stay
        raise Edition.DoesNotExist
    quote = suggestion.quote
    article = edition.article
    while True:
        made = highlight(
            edition,
            Span(suggestion.start, suggestion.end),
            by=by,
            statement=stated(quote),
            claimant=_claimant(claimant_of(quote, language=article.language)),
            claimed_on=article.published_on,
        )
        there = Claim.objects.filter(pk=made.claim.pk).select_for_update(no_key=True)
        if made.is_new or there.exists():
            return made
        # It was there and was undone just now: the words are free again.


def _claimant(name: str) -> Claimant | None:
    """Whoever has this name; what is recorded of somebody who is known stays as it is."""
    is_known = Claimant.objects.filter(name__iexact=name).exists()
    is_new_organisation = not is_known and is_organisation(name)
    return claimant_named(
        name, ClaimantKind.ORGANISATION if is_new_organisation else ""
    )


def reject(suggestion: Suggestion, *, by: User) -> Suggestion:
    """Note that the words are not to be checked; twice does no harm."""
    with transaction.atomic():
        locked = _locked(suggestion)
        if locked.state == SuggestionState.ACCEPTED:
            raise SuggestionRefused(
                _("%(name)s has made a claim of this suggestion meanwhile.")
                % {"name": locked.answered_by}
            )
        if locked.state == SuggestionState.WAITING:
            locked.state = SuggestionState.REJECTED
            _answer(locked, by)
        return locked


def restore(suggestion: Suggestion) -> Suggestion:
    """Have a rejected suggestion wait again, as after a slip of the finger."""
    with transaction.atomic():
        locked = _locked(suggestion)
        if locked.state == SuggestionState.ACCEPTED:
            raise SuggestionRefused(
                _("This suggestion is a claim now. Undo the claim, or drop it.")
            )
        locked.state = SuggestionState.WAITING
        locked.answered_by = locked.answered_at = None
        locked.save(update_fields=["state", "answered_by", "answered_at"])
        return locked


def _locked(suggestion: Suggestion) -> Suggestion:
    rows = Suggestion.objects.select_for_update(no_key=True, of=["self"])
    return rows.select_related("answered_by").get(pk=suggestion.pk)


def _answer(suggestion: Suggestion, by: User) -> None:
    suggestion.answered_by = by
    suggestion.answered_at = Now()
    suggestion.save(update_fields=["state", "claim", "answered_by", "answered_at"])


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What people made of the suggestions of one version of a detector."""

    detector: str
    version: str
    accepted: int
    rejected: int

    @property
    def percent(self) -> int | None:
        """How many of a hundred that were answered were accepted."""
        answered = self.accepted + self.rejected
        return round(100 * self.accepted / answered) if answered else None


def acceptance() -> list[Acceptance]:
    """The answers to each version of each detector, the newest version first; one query."""
    rows = (
        Suggestion.objects.order_by()
        .values_list("detector", "detector_version")
        .annotate(
            accepted=Count("pk", filter=Q(state=SuggestionState.ACCEPTED)),
            rejected=Count("pk", filter=Q(state=SuggestionState.REJECTED)),
            last=Max("pk"),
        )
        .order_by("-last")
    )
    return [Acceptance(*row[:4]) for row in rows]


@dataclass(frozen=True, slots=True)
class Suggested:
    """A sentence that the desk points at."""

    pk: int
    start: int
    end: int
    quote: str
    reasons: list[str]

    @property
    def why(self) -> list[str]:
        return in_words(self.reasons)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the desk shows of an edition's suggestions, in reading order.

    `expected_in` is when to look again, in milliseconds, while a text that came in just now
    has not been read by the detector.
    """

    suggestions: list[Suggested]
    expected_in: int | None = None

    @property
    def starts(self) -> list[int]:
        """The offsets at which their sentences begin."""
        return [one.start for one in self.suggestions]

    @property
    def are_capped(self) -> bool:
        """Whether there may be more of them than are shown at a time."""
        return len(self.suggestions) == SHOWN


# The best that wait, of the detector that has read the edition last; none whose words are in a
# claim already. There is a row in any case, with nulls for what is not there.
WAITING = """
WITH claimed AS MATERIALIZED (
    SELECT range_agg(int4range(start, "end")) AS words
    FROM annotations_appearance WHERE edition_id = %(edition)s
)
SELECT one_in, read_by.id, found.id, found.start, found."end", found.quote, found.reasons
FROM (
    SELECT COALESCE(
        (SELECT suggestions_one_in FROM annotations_newsroom WHERE id = 1), %(one_in)s
    ) AS one_in
) AS newsroom
LEFT JOIN LATERAL (
    SELECT * FROM annotations_detection WHERE edition_id = %(edition)s
    ORDER BY id DESC LIMIT 1
) AS read_by ON true
LEFT JOIN LATERAL (
    SELECT * FROM annotations_suggestion AS suggestion
    WHERE edition_id = %(edition)s AND state = 'waiting'
    AND suggestion.detector = read_by.detector
    AND suggestion.detector_version = read_by.detector_version
    AND rank <= GREATEST(1, ROUND(read_by.sentences / NULLIF(one_in, 0)::numeric))
    AND NOT COALESCE(
        (SELECT words FROM claimed) && int4range(suggestion.start, suggestion."end"), false
    )
    ORDER BY rank LIMIT %(shown)s
) AS found ON one_in > 0
"""


def shown(edition: Edition) -> Shown:
    """What the desk shows of the edition's suggestions; one query."""
    values = {"edition": edition.pk, "one_in": SHOWN_ONE_IN, "shown": SHOWN}
    with connection.cursor() as cursor:
        cursor.execute(WAITING, values)
        rows = cursor.fetchall()
    one_in, read_by = rows[0][:2]
    found = [
        Suggested(pk, start, end, quote, json.loads(reasons))
        for _one_in, _read_by, pk, start, end, quote, reasons in rows
        if pk is not None
    ]
    age = timezone.now() - edition.retrieved_at
    is_expected = one_in and read_by is None and age < EXPECTED_WITHIN
    return Shown(
        sorted(found, key=lambda one: one.start),
        expected_in=(SOON if age < WATCHED else LATER) if is_expected else None,
    )

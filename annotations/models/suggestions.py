import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Now
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .articles import Edition
from .claims import Claim


class SuggestionState(models.TextChoices):
    """What became of a suggestion. `ANSWERS` says which may follow which."""

    WAITING = "waiting", pgettext_lazy("suggestion", "Waiting")
    ACCEPTED = "accepted", pgettext_lazy("suggestion", "Accepted")
    REJECTED = "rejected", pgettext_lazy("suggestion", "Rejected")


# An answer is given, or taken back; it does not turn into the other one.
ANSWERS: list[tuple[str, str]] = [
    (SuggestionState.WAITING, SuggestionState.ACCEPTED),
    (SuggestionState.WAITING, SuggestionState.REJECTED),
    (SuggestionState.ACCEPTED, SuggestionState.WAITING),
    (SuggestionState.REJECTED, SuggestionState.WAITING),
]


class Detection(models.Model):
    """That a detector has read an edition; there may be nothing that it suggests."""

    edition = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        related_name="detections",
        verbose_name=_("version"),
    )
    detector = models.CharField(_("detector"), max_length=100)
    detector_version = models.CharField(_("version of the detector"), max_length=100)
    sentences = models.PositiveIntegerField(
        _("sentences"), help_text=_("How many it has ranked; questions are not.")
    )
    made_at = models.DateTimeField(_("made"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("search for claims")
        verbose_name_plural = _("searches for claims")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="detection_once_per_version_of_the_detector",
                fields=["edition", "detector", "detector_version"],
                violation_error_message=_("This detector has read this text already."),
            ),
            models.CheckConstraint(
                name="detection_names_its_detector",
                condition=~Q(detector="") & ~Q(detector_version=""),
                violation_error_message=_("A detector has a name and a version."),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="detection_never_changes"),
            pgtrigger.Protect(name="detection_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.detector} {self.detector_version}"


class Suggestion(models.Model):
    """A sentence that a detector points at; nothing until somebody accepts it.

    It is no claim and has none of a claim's states: `ClaimStatus.SUGGESTED` is for claims
    that somebody outside proposes, statement and all. `start` and `end` are half-open
    offsets in code points into the edition's text, as those of a passage are. `rank` is 1
    for the sentence that asks most to be checked; `reasons` are slugs, the strongest first.
    """

    edition = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        related_name="suggestions",
        verbose_name=_("version"),
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    quote = models.TextField(_("quote"))
    score = models.FloatField(
        _("score"), help_text=_("It orders the sentences of one text, and no more.")
    )
    rank = models.PositiveIntegerField(_("rank"))
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    detector = models.CharField(_("detector"), max_length=100)
    detector_version = models.CharField(_("version of the detector"), max_length=100)
    made_at = models.DateTimeField(_("made"), db_default=Now(), editable=False)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=SuggestionState,
        default=SuggestionState.WAITING,
        db_default=SuggestionState.WAITING,
        editable=False,
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(
        _("answered"), null=True, blank=True, editable=False
    )
    claim = models.ForeignKey(
        Claim,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="suggestions",
        verbose_name=_("claim"),
        help_text=_("What it became."),
    )

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["edition", "start", "pk"]  # as the words stand in the text
        constraints = [
            models.CheckConstraint(
                name="suggestion_quote_fills_its_span",
                condition=Q(end=F("start") + Length("quote")) & ~Q(quote=""),
                violation_error_message=_("The quote is not as long as its span."),
            ),
            models.UniqueConstraint(
                name="suggestion_once_per_version_of_the_detector",
                fields=["edition", "detector", "detector_version", "start", "end"],
                violation_error_message=_("These words are suggested already."),
            ),
            models.CheckConstraint(
                name="suggestion_names_its_detector",
                condition=~Q(detector="") & ~Q(detector_version=""),
                violation_error_message=_("A detector has a name and a version."),
            ),
            models.CheckConstraint(
                name="suggestion_state_is_known",
                condition=Q(state__in=SuggestionState.values),
                violation_error_message=_("There is no such state."),
            ),
            models.CheckConstraint(
                name="suggestion_is_answered_by_somebody",
                condition=Q(
                    state=SuggestionState.WAITING, answered_by=None, answered_at=None
                )
                | (
                    ~Q(state=SuggestionState.WAITING)
                    & Q(answered_by__isnull=False, answered_at__isnull=False)
                ),
                violation_error_message=_("An answer has a time and a person."),
            ),
            models.CheckConstraint(
                name="suggestion_accepted_is_a_claim",
                condition=Q(state=SuggestionState.ACCEPTED, claim__isnull=False)
                | (~Q(state=SuggestionState.ACCEPTED) & Q(claim=None)),
                violation_error_message=_("What is accepted is a claim, nothing else."),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="suggestion_never_changes",
                exclude=["state", "answered_by", "answered_at", "claim"],
            ),
            pgtrigger.Protect(name="suggestion_stays", operation=pgtrigger.Delete),
            pgtrigger.FSM(
                name="suggestion_is_answered_step_by_step",
                field="state",
                transitions=[(str(old), str(new)) for old, new in ANSWERS],
            ),
            pgtrigger.Protect(
                name="suggestion_answer_rests",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state=pgtrigger.F("new__state"))
                & (
                    pgtrigger.Q(old__answered_by__df=pgtrigger.F("new__answered_by"))
                    | pgtrigger.Q(old__answered_at__df=pgtrigger.F("new__answered_at"))
                    | pgtrigger.Q(old__claim__df=pgtrigger.F("new__claim"))
                ),
            ),
            pgtrigger.Trigger(
                name="suggestion_stands_in_its_text",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                IF (
                    SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start)
                    FROM annotations_edition WHERE id = NEW.edition_id
                ) IS DISTINCT FROM NEW.quote THEN
                    RAISE EXCEPTION
                        'suggestion_stands_in_its_text: the words are not there'
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return Truncator(self.quote).chars(80)


class DetectorWeights(models.Model):
    """What our detector has learned from the newsroom's answers, for every process to use."""

    version = models.CharField(_("version"), max_length=100, unique=True)
    content = models.BinaryField(_("weights"))
    report = models.JSONField(
        _("report"), help_text=_("How it did before and after, by cross-validation.")
    )
    is_current = models.BooleanField(_("in use"), default=True, db_default=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("weights of the detector")
        verbose_name_plural = _("weights of the detector")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="weights_in_use_are_one",
                fields=["is_current"],
                condition=Q(is_current=True),
                violation_error_message=_("Others are in use; put those away first."),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="weights_never_change", exclude=["is_current"]),
            pgtrigger.Protect(name="weights_stay", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.version

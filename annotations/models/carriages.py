from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .articles import Article, Edition
from .claims import Appearance


class CarriageOutcome(models.TextChoices):
    """What comparing the two texts says of a passage; only the first two need nobody."""

    CARRIED = "carried", pgettext_lazy("passage", "carried")
    RETOUCHED = "retouched", pgettext_lazy("passage", "retouched")
    CHANGED = "changed", pgettext_lazy("passage", "changed")
    FIGURE_CHANGED = "figure_changed", pgettext_lazy("passage", "figure changed")
    AMBIGUOUS = "ambiguous", pgettext_lazy("passage", "ambiguous")
    ORPHANED = "orphaned", pgettext_lazy("passage", "orphaned")


class CarriageState(models.TextChoices):
    """How far it is settled, and how."""

    WAITING = "waiting", pgettext_lazy("passage", "to settle")
    # By themselves.
    CARRIED = "carried", pgettext_lazy("passage", "carried over")
    HOME = "home", pgettext_lazy("passage", "back as it was")
    GONE = "gone", pgettext_lazy("passage", "still not in the text")
    OVERTAKEN = "overtaken", pgettext_lazy("passage", "a later version came first")
    # By a person.
    ACCEPTED = "accepted", pgettext_lazy("passage", "the proposal accepted")
    CHOSEN = "chosen", pgettext_lazy("passage", "another proposal chosen")
    SELECTED = "selected", pgettext_lazy("passage", "selected by hand")
    ORPHAN = "orphan", pgettext_lazy("passage", "no longer in the text")


BY_THEMSELVES = [CarriageState.CARRIED, CarriageState.HOME, CarriageState.GONE]
PLACED_BY_A_PERSON = [
    CarriageState.ACCEPTED,
    CarriageState.CHOSEN,
    CarriageState.SELECTED,
]
BY_A_PERSON = [*PLACED_BY_A_PERSON, CarriageState.ORPHAN]
PLACED = [CarriageState.CARRIED, CarriageState.HOME, *PLACED_BY_A_PERSON]
# Whatever was settled, a person may settle it otherwise, as long as no later text came first.
CARRIAGE_STEPS: list[tuple[str, str]] = [
    (CarriageState.WAITING, CarriageState.OVERTAKEN),
    *((CarriageState.WAITING, to) for to in BY_A_PERSON),
    *(
        (old, to)
        for old in [*BY_THEMSELVES, *BY_A_PERSON]
        for to in BY_A_PERSON
        if old != to
    ),
]


class CarriageQuerySet(models.QuerySet["Carriage"]):
    def waiting(self) -> Self:
        """Those that a person has to settle."""
        return self.filter(state=CarriageState.WAITING)

    def to(self, edition: Edition) -> Self:
        return self.filter(edition=edition)

    def of_article(self, article: Article) -> Self:
        return self.filter(edition__article=article)

    def with_passages(self) -> Self:
        """With the words before and after, and the claim; no text comes along."""
        return self.select_related(
            "appearance__claim", "appearance__edition", "passage", "settled_by"
        ).defer(
            "appearance__claim__search",
            "appearance__edition__text",
            "appearance__edition__blocks",
            "appearance__edition__search",
        )


class Carriage(models.Model):
    """How a passage of an earlier text of an article went over to a later one."""

    appearance = models.ForeignKey(
        Appearance,
        on_delete=models.CASCADE,
        related_name="carriages",
        verbose_name=_("passage"),
    )
    edition = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        related_name="carriages",
        verbose_name=_("version"),
    )
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=CarriageOutcome, editable=False
    )
    proposals = models.JSONField(
        _("proposals"),
        default=list,
        editable=False,
        help_text=_("Rows of start, end, score and doubt, the best first."),
    )
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=CarriageState,
        default=CarriageState.WAITING,
        db_default=CarriageState.WAITING,
        editable=False,
    )
    passage = models.ForeignKey(
        Appearance,
        on_delete=models.CASCADE,
        null=True,
        editable=False,
        related_name="carried_by",
        verbose_name=_("passage in the later text"),
    )
    quote = models.TextField(
        _("words in the later text"),
        blank=True,
        db_default="",
        editable=False,
        help_text=_("Those of the passage, for the history."),
    )
    has_made_passage = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text=_("Not so where somebody had highlighted the words already."),
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("settled by"),
    )
    settled_at = models.DateTimeField(_("settled"), null=True, editable=False)
    reason = models.TextField(_("reason"), blank=True, db_default="", editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    made_at = models.DateTimeField(_("carried over"), db_default=Now(), editable=False)

    objects = CarriageQuerySet.as_manager()

    class Meta:
        verbose_name = _("carried passage")
        verbose_name_plural = _("carried passages")
        ordering = ["edition", "appearance__start", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="carriage_once_per_edition",
                fields=["appearance", "edition"],
                violation_error_message=_("This passage was carried over already."),
            ),
            models.CheckConstraint(
                name="carriage_outcome_is_known",
                condition=Q(outcome__in=CarriageOutcome.values),
                violation_error_message=_("There is no such outcome."),
            ),
            models.CheckConstraint(
                name="carriage_state_is_known",
                condition=Q(state__in=CarriageState.values),
                violation_error_message=_("There is no such state."),
            ),
            # The promise of it all: what is not the same words waits for a person.
            models.CheckConstraint(
                name="carriage_by_itself_has_the_same_words",
                condition=~Q(state=CarriageState.CARRIED)
                | Q(outcome__in=[CarriageOutcome.CARRIED, CarriageOutcome.RETOUCHED]),
                violation_error_message=_("Other words wait for a person."),
            ),
            models.CheckConstraint(
                name="carriage_leads_somewhere_where_it_is_placed",
                condition=Q(state__in=PLACED, passage__isnull=False)
                | (~Q(state__in=PLACED) & Q(passage=None)),
                violation_error_message=_("What is placed has a place."),
            ),
            models.CheckConstraint(
                name="carriage_is_settled_by_somebody",
                condition=Q(
                    state__in=BY_A_PERSON,
                    settled_by__isnull=False,
                    settled_at__isnull=False,
                )
                | (
                    ~Q(state__in=BY_A_PERSON)
                    & Q(settled_by=None, settled_at=None, reason="")
                ),
                violation_error_message=_("Whoever settles it is named."),
            ),
        ]
        indexes = [
            # For the queue and the desk, which ask for what waits.
            models.Index(
                name="carriage_waiting",
                fields=["edition", "appearance"],
                condition=Q(state=CarriageState.WAITING),
            ),
        ]
        permissions = [("settle_carriage", "Can settle passages of changed articles")]
        triggers = [
            pgtrigger.FSM(
                name="carriage_steps",
                field="state",
                transitions=[(str(old), str(new)) for old, new in CARRIAGE_STEPS],
            ),
            pgtrigger.ReadOnly(
                name="carriage_facts_rest",
                fields=["appearance", "edition", "outcome", "proposals", "made_at"],
            ),
            # What is settled changes by a person's next decision; the history keeps each.
            pgtrigger.Trigger(
                name="carriage_settled_rests",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.AnyChange(),
                func="""
                IF OLD.state <> 'waiting'
                    AND (NEW.settled_by_id IS NULL OR NEW.version <= OLD.version)
                THEN
                    RAISE EXCEPTION
                        'carriage_settled_rests: until somebody settles it otherwise'
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="carriage_leads_to_a_later_edition",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                IF NOT EXISTS (
                    SELECT 1 FROM annotations_appearance AS passage
                    JOIN annotations_edition AS earlier
                        ON earlier.id = passage.edition_id
                    JOIN annotations_edition AS later
                        ON later.article_id = earlier.article_id
                        AND later.number > earlier.number
                    WHERE passage.id = NEW.appearance_id AND later.id = NEW.edition_id
                ) THEN
                    RAISE EXCEPTION
                        'carriage_leads_to_a_later_edition: of the same article'
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="carriage_passage_is_of_its_claim",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__passage__isnull=False),
                func="""
                IF NOT EXISTS (
                    SELECT 1 FROM annotations_appearance AS earlier
                    JOIN annotations_appearance AS later
                        ON later.claim_id = earlier.claim_id
                    WHERE earlier.id = NEW.appearance_id AND later.id = NEW.passage_id
                        AND later.edition_id = NEW.edition_id
                        AND later.quote = NEW.quote
                ) THEN
                    RAISE EXCEPTION
                        'carriage_passage_is_of_its_claim: of its edition and words'
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="carriage_stays",
                operation=pgtrigger.Delete,
                when=pgtrigger.Before,
                func="""
                IF EXISTS (
                    SELECT 1 FROM annotations_appearance
                    JOIN annotations_claim ON annotations_claim.id = claim_id
                    WHERE annotations_appearance.id = OLD.appearance_id
                        AND (status <> 'open' OR round > 0)
                ) THEN
                    RAISE EXCEPTION 'carriage_stays: it goes with an open claim only'
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN OLD;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appearance_id} → {self.edition_id}: {self.get_state_display()}"

    @property
    def is_waiting(self) -> bool:
        return self.state == CarriageState.WAITING

    @property
    def is_by_a_person(self) -> bool:
        return self.state in BY_A_PERSON

    @property
    def words(self) -> str:
        """The passage as it was."""
        return Truncator(self.appearance.quote).chars(200)

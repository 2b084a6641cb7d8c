from collections.abc import Iterable
from typing import Self

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Length, Now
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .articles import Article, Edition
from .claimants import Claimant
from .search import vector, words


class ClaimStatus(models.TextChoices):
    """How far a claim has come. `STEPS` says which may follow which."""

    SUGGESTED = "suggested", pgettext_lazy("claim", "Suggested")
    OPEN = "open", pgettext_lazy("claim", "Open")
    IN_REVIEW = "in_review", pgettext_lazy("claim", "In review")
    DECIDED = "decided", pgettext_lazy("claim", "Decided")
    PUBLISHED = "published", pgettext_lazy("claim", "Published")
    RETRACTED = "retracted", pgettext_lazy("claim", "Retracted")
    DROPPED = "dropped", pgettext_lazy("claim", "Dropped")


# The steps that exist, for every door and for raw SQL too; `workflow` adds who and when.
STEPS: list[tuple[str, str]] = [
    (ClaimStatus.SUGGESTED, ClaimStatus.OPEN),
    (ClaimStatus.SUGGESTED, ClaimStatus.DROPPED),
    (ClaimStatus.OPEN, ClaimStatus.IN_REVIEW),
    (ClaimStatus.OPEN, ClaimStatus.DROPPED),
    (ClaimStatus.DROPPED, ClaimStatus.OPEN),
    (ClaimStatus.IN_REVIEW, ClaimStatus.OPEN),
    (ClaimStatus.IN_REVIEW, ClaimStatus.DECIDED),
    (ClaimStatus.DECIDED, ClaimStatus.OPEN),
    (ClaimStatus.DECIDED, ClaimStatus.IN_REVIEW),
    (ClaimStatus.DECIDED, ClaimStatus.PUBLISHED),
    (ClaimStatus.PUBLISHED, ClaimStatus.RETRACTED),
]


# What has been judged, or is being: a change of the article's words is news to its readers.
UNDER_VERDICT = [ClaimStatus.IN_REVIEW, ClaimStatus.DECIDED, ClaimStatus.PUBLISHED]


class ClaimKind(models.TextChoices):
    """What has to be looked for to check it."""

    STATISTIC = "statistic", _("Figure")
    EVENT = "event", _("Fact or event")
    QUOTE = "quote", _("Words put in a mouth")
    COMPARISON = "comparison", _("Comparison")
    CAUSE = "cause", _("Cause and effect")
    PREDICTION = "prediction", _("Promise or forecast")
    MEDIA = "media", _("Picture or video")
    OTHER = "other", _("Something else")


class ClaimQuerySet(models.QuerySet["Claim"]):
    def in_edition(self, edition: Edition) -> Self:
        """Those that this text makes."""
        return self.filter(
            Exists(Appearance.objects.filter(claim=OuterRef("pk"), edition=edition))
        )

    def of_article(self, article: Article) -> Self:
        """Those that any text of the article makes."""
        appearances = Appearance.objects.filter(
            claim=OuterRef("pk"), edition__article=article
        )
        return self.filter(Exists(appearances))

    def changed_under(self) -> Self:
        """Those that are judged or published while the article they are in has changed.

        A passage of theirs is to settle: its words are not in the latest text as they were.
        """
        carriages = apps.get_model("annotations", "Carriage").objects.filter(
            appearance__claim=OuterRef("pk"), state="waiting"
        )
        return self.filter(Exists(carriages), status__in=UNDER_VERDICT)

    def in_status(self, statuses: Iterable[str]) -> Self:
        return self.filter(status__in=list(statuses))

    def with_quotes(self) -> Self:
        """With the words that were highlighted first, as `quote`."""
        first = Appearance.objects.filter(claim=OuterRef("pk")).order_by("pk")
        return self.defer("search").annotate(quote=Subquery(first.values("quote")[:1]))

    def with_articles(self) -> Self:
        """With the headline and language of the article that made it first."""
        first = Appearance.objects.filter(claim=OuterRef("pk")).order_by("pk")[:1]
        return self.annotate(
            headline=Subquery(first.values("edition__article__headline")),
            language=Subquery(first.values("edition__article__language")),
        )

    def saying(self, query: str) -> Self:
        """Those with these words in the statement, or so quoted in an article."""
        quoted = Appearance.objects.filter(
            claim=OuterRef("pk"), quote__icontains=query.strip()
        )
        return self.filter(Q(search=words(query)) | Exists(quoted))


class Claim(models.Model):
    """A statement that can be checked."""

    statement = models.TextField(
        _("statement"),
        blank=True,
        db_default="",
        help_text=_("What is claimed, in the newsroom's own words: one full sentence."),
    )
    claimant = models.ForeignKey(
        Claimant,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("claimant"),
    )
    claimant_is_unknown = models.BooleanField(
        _("claimant unknown"), default=False, db_default=False
    )
    claimed_on = models.DateField(_("claimed on"), null=True, blank=True)
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=ClaimKind,
        default=ClaimKind.OTHER,
        db_default=ClaimKind.OTHER,
    )
    note = models.TextField(
        _("note"), blank=True, db_default="", help_text=_("For colleagues only.")
    )
    status = models.CharField(
        _("state"),
        max_length=20,
        choices=ClaimStatus,
        default=ClaimStatus.OPEN,
        db_default=ClaimStatus.OPEN,
        editable=False,
    )
    round = models.PositiveSmallIntegerField(
        _("round"),
        default=0,
        db_default=0,
        editable=False,
        help_text=_("How often it has gone to review."),
    )
    version = models.PositiveIntegerField(
        default=1,
        db_default=1,
        editable=False,
        help_text=_("Counts the saves, so that two people do not undo each other."),
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_claims",
        verbose_name=_("assigned to"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("highlighted by"),
    )
    created_at = models.DateTimeField(
        _("highlighted"), db_default=Now(), editable=False
    )
    moved_at = models.DateTimeField(
        _("date of this state"), db_default=Now(), editable=False
    )
    authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="Authorship",
        related_name="+",
        editable=False,
        verbose_name=_("written by"),
        help_text=_("They may neither judge nor publish it."),
    )
    search = models.GeneratedField(
        expression=vector("statement"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="claim_status_is_known",
                condition=Q(status__in=ClaimStatus.values),
                violation_error_message=_("There is no such state."),
            ),
            models.CheckConstraint(
                name="claim_kind_is_known",
                condition=Q(kind__in=ClaimKind.values),
                violation_error_message=_("There is no such kind."),
            ),
            models.CheckConstraint(
                name="claim_claimant_is_named_or_unknown",
                condition=Q(claimant=None) | Q(claimant_is_unknown=False),
                violation_error_message=_(
                    "The claimant cannot be named and unknown at once."
                ),
            ),
        ]
        indexes = [
            models.Index(name="claim_queue", fields=["status", "moved_at"]),
            GinIndex(name="claim_words", fields=["search"]),
        ]
        permissions = [
            ("send_claim", "Can send claims to review"),
            ("return_claim", "Can send claims back"),
            ("drop_claim", "Can drop claims and take them up again"),
            ("assign_claim", "Can assign claims"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="claim_steps",
                field="status",
                transitions=[(str(old), str(new)) for old, new in STEPS],
            ),
            pgtrigger.Protect(
                name="claim_under_way_stays",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(
                    old__status__in=[ClaimStatus.OPEN, ClaimStatus.SUGGESTED]
                ),
            ),
            # What reviewers judge and readers read cannot change under their eyes.
            pgtrigger.Protect(
                name="claim_text_rests",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(
                    old__status__in=[
                        ClaimStatus.IN_REVIEW,
                        ClaimStatus.DECIDED,
                        ClaimStatus.PUBLISHED,
                        ClaimStatus.RETRACTED,
                    ]
                )
                & (
                    pgtrigger.Q(old__statement__df=pgtrigger.F("new__statement"))
                    | pgtrigger.Q(old__claimant__df=pgtrigger.F("new__claimant"))
                    | pgtrigger.Q(old__claimed_on__df=pgtrigger.F("new__claimed_on"))
                    | pgtrigger.Q(
                        old__claimant_is_unknown__df=pgtrigger.F(
                            "new__claimant_is_unknown"
                        )
                    )
                ),
            ),
            pgtrigger.Trigger(
                name="claim_is_written_by_its_maker",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                func="""
                INSERT INTO annotations_authorship (claim_id, user_id)
                VALUES (NEW.id, NEW.created_by_id) ON CONFLICT DO NOTHING;
                RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="claim_is_published_with_its_page",
                operation=pgtrigger.UpdateOf("status"),
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__status=ClaimStatus.PUBLISHED)
                & pgtrigger.Q(old__status__df=pgtrigger.F("new__status")),
                func="""
                IF NOT EXISTS (
                    SELECT 1 FROM annotations_factcheck
                    WHERE claim_id = NEW.id AND published_at IS NOT NULL
                ) THEN
                    RAISE EXCEPTION
                        'claim_is_published_with_its_page: claim % has no published page',
                        NEW.id USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return Truncator(self.statement).chars(80) or _("claim %d") % self.pk

    def get_absolute_url(self) -> str:
        return reverse("annotations:claim_detail", args=[self.pk])

    @property
    def can_be_written(self) -> bool:
        """Whether its words and evidence may still change."""
        return self.status in (ClaimStatus.SUGGESTED, ClaimStatus.OPEN)


class Authorship(models.Model):
    """That somebody wrote on a claim: they may neither judge nor publish it."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="authorship_once_per_person", fields=["claim", "user"]
            )
        ]
        triggers = [
            pgtrigger.ReadOnly(name="authorship_never_changes"),
            pgtrigger.Trigger(
                name="authorship_stays",
                operation=pgtrigger.Delete,
                when=pgtrigger.Before,
                func="""
                IF EXISTS (
                    SELECT 1 FROM annotations_claim
                    WHERE id = OLD.claim_id AND (status <> 'open' OR round > 0)
                ) THEN
                    RAISE EXCEPTION 'authorship_stays: who wrote a claim is recorded'
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN OLD;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} – {self.user_id}"


class Appearance(models.Model):
    """The words of an edition that make a claim.

    `start` and `end` are half-open offsets in code points into the edition's text;
    `prefix` and `suffix` are the words around, as in the TextQuoteSelector of the
    W3C Web Annotation Data Model.
    """

    claim = models.ForeignKey(
        Claim,
        on_delete=models.CASCADE,
        related_name="appearances",
        verbose_name=_("claim"),
    )
    edition = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        related_name="appearances",
        verbose_name=_("version"),
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    ordinal = models.PositiveSmallIntegerField(
        default=1,
        db_default=1,
        editable=False,
        help_text=_("The second claim of the very same words is 2, and so on."),
    )
    quote = models.TextField(_("quote"))
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("added by"),
    )
    added_at = models.DateTimeField(_("added"), db_default=Now())

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["edition", "start", "-end", "pk"]  # as the words stand in the text
        constraints = [
            models.CheckConstraint(
                name="appearance_quote_fills_its_span",
                condition=Q(end=F("start") + Length("quote")) & ~Q(quote=""),
                violation_error_message=_("The quote is not as long as its span."),
            ),
            models.UniqueConstraint(
                name="appearance_once_per_span",
                fields=["edition", "start", "end", "claim"],
                violation_error_message=_("These words are this claim already."),
            ),
            models.UniqueConstraint(
                name="appearance_once_per_ordinal",
                fields=["edition", "start", "end", "ordinal"],
                violation_error_message=_("These words are a claim already."),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="appearance_never_changes"),
            pgtrigger.Trigger(
                name="appearance_stands_in_its_text",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                IF (
                    SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start)
                    FROM annotations_edition WHERE id = NEW.edition_id
                ) IS DISTINCT FROM NEW.quote THEN
                    RAISE EXCEPTION
                        'appearance_stands_in_its_text: the words are not there'
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
                """,
            ),
            # Words join a claim while it is open; later only those that carry on, in
            # another edition, what it has already. Looked at when all is written, so that
            # rows may be loaded in any order.
            pgtrigger.Trigger(
                name="appearance_joins_an_open_claim",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func="""
                IF EXISTS (
                    SELECT 1 FROM annotations_claim
                    WHERE id = NEW.claim_id AND status NOT IN ('suggested', 'open')
                        AND moved_at < NEW.added_at
                ) AND NOT EXISTS (
                    SELECT 1 FROM annotations_carriage
                    JOIN annotations_appearance AS earlier ON earlier.id = appearance_id
                    WHERE earlier.claim_id = NEW.claim_id
                        AND annotations_carriage.edition_id = NEW.edition_id
                        AND state <> 'overtaken'
                ) THEN
                    RAISE EXCEPTION
                        'appearance_joins_an_open_claim: claim % rests', NEW.claim_id
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return Truncator(self.quote).chars(80)

from datetime import timedelta
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .articles import Article, Edition
from .feeds import Feed
from .people import Language


class IntakeOrigin(models.TextChoices):
    """Where an article comes from."""

    ADDRESS = "address", _("An address")
    FILE = "file", _("A file")
    FEED = "feed", _("A feed")
    TEXT = "text", _("A pasted text")


class IntakeStatus(models.TextChoices):
    """How far it has come."""

    WAITING = "waiting", _("New in a feed")
    QUEUED = "queued", _("Queued")
    FETCHING = "fetching", _("Being fetched")
    READY = "ready", _("To review")
    FAILED = "failed", _("Failed")
    KEPT = "kept", _("Kept")
    DISMISSED = "dismissed", _("Dismissed")


UNDER_WAY = [IntakeStatus.QUEUED, IntakeStatus.FETCHING]
SETTLED = [IntakeStatus.KEPT, IntakeStatus.DISMISSED]
UNSETTLED = [status for status in IntakeStatus if status not in SETTLED]


class IntakeStep(models.TextChoices):
    """What is being done while it is fetched."""

    FETCHING = "fetching", _("Asking the site for the page")
    READING = "reading", _("Reading the text out of it")
    COMPARING = "comparing", _("Comparing it with the articles that are here")


# Longer than any fetch may take: whoever has not finished by then has died.
PATIENCE = timedelta(minutes=3)


class IntakeQuerySet(models.QuerySet["Intake"]):
    def unsettled(self) -> Self:
        """Those that still wait for something or somebody."""
        return self.filter(status__in=UNSETTLED)

    def for_a_person(self) -> Self:
        """Those that somebody has to look at: new in a feed, to review, failed."""
        return self.unsettled().exclude(status__in=UNDER_WAY)

    def startable(self) -> Self:
        """Those whose fetch may begin, or begin again because it was given up."""
        return self.filter(
            Q(status=IntakeStatus.QUEUED)
            | Q(status=IntakeStatus.FETCHING, moved_at__lt=Now() - PATIENCE)
        )


class Intake(models.Model):
    """An article on its way in, which a person looks at before it is kept."""

    origin = models.CharField(_("origin"), max_length=10, choices=IntakeOrigin)
    status = models.CharField(
        _("state"), max_length=10, choices=IntakeStatus, editable=False
    )
    step = models.CharField(
        _("step"), max_length=10, choices=IntakeStep, blank=True, editable=False
    )
    address = models.URLField(_("address"), max_length=2000, blank=True)
    # Of the address, as `text.aliases` makes it: the same page is taken in once at a time.
    key = models.CharField(max_length=2000, blank=True, editable=False)
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    batch = models.UUIDField(null=True, editable=False)
    feed = models.ForeignKey(
        Feed,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="intakes",
        verbose_name=_("feed"),
    )
    entry = models.CharField(max_length=500, blank=True, editable=False)
    summary = models.TextField(_("summary"), blank=True)

    headline = models.CharField(_("headline"), max_length=300, blank=True)
    outlet = models.CharField(_("outlet"), max_length=200, blank=True)
    byline = models.CharField(_("author"), max_length=200, blank=True)
    language = models.CharField(
        _("language"),
        max_length=5,
        choices=Language,
        default=Language.FRENCH,
        db_default=Language.FRENCH,
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    selected_because = models.TextField(_("why it is checked"), blank=True)
    blocks = models.JSONField(
        _("blocks"),
        default=list,
        editable=False,
        help_text=_("Rows of kind, text, doubt, locator, and whether it is dropped."),
    )
    page_address = models.URLField(
        _("address of the page"), max_length=2000, blank=True, editable=False
    )
    aliases = models.JSONField(
        _("other addresses"),
        default=list,
        editable=False,
        help_text=_("Under which the page was found, and that it gives itself."),
    )

    twin = models.ForeignKey(
        Article,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("the article that it is"),
    )
    near = models.ForeignKey(
        Edition,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("a version much like it"),
    )
    likeness = models.FloatField(_("share of words alike"), null=True, editable=False)

    problem = models.CharField(_("problem"), max_length=40, blank=True, editable=False)
    problem_status = models.PositiveIntegerField(
        _("the site’s answer"), null=True, editable=False
    )
    attempts = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    added_at = models.DateTimeField(_("added"), db_default=Now(), editable=False)
    moved_at = models.DateTimeField(
        _("in this state since"), db_default=Now(), editable=False
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
    dismissed_because = models.TextField(_("why not"), blank=True, editable=False)
    article = models.ForeignKey(
        Article,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="intakes",
        verbose_name=_("article"),
    )

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("incoming article")
        verbose_name_plural = _("incoming articles")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="intake_origin_is_known",
                condition=Q(origin__in=IntakeOrigin.values),
            ),
            models.CheckConstraint(
                name="intake_status_is_known",
                condition=Q(status__in=IntakeStatus.values),
            ),
            models.CheckConstraint(
                name="intake_step_is_known",
                condition=Q(step="") | Q(step__in=IntakeStep.values),
            ),
            models.CheckConstraint(
                name="intake_language_is_known",
                condition=Q(language__in=Language.values),
            ),
            models.CheckConstraint(
                name="intake_says_where_from",
                condition=Q(origin=IntakeOrigin.ADDRESS) & ~Q(address="")
                | Q(origin=IntakeOrigin.FILE) & ~Q(file_name="")
                | Q(origin=IntakeOrigin.FEED, feed__isnull=False)
                & ~Q(address="")
                & ~Q(entry="")
                | Q(origin=IntakeOrigin.TEXT),
            ),
            models.CheckConstraint(
                name="intake_address_is_on_the_web",
                condition=Q(address="", key="")
                | Q(address__regex=r"^https?://[^/]") & ~Q(key=""),
            ),
            models.CheckConstraint(
                name="intake_page_address_is_on_the_web",
                condition=Q(page_address="") | Q(page_address__regex=r"^https?://[^/]"),
            ),
            models.CheckConstraint(
                name="intake_asked_for_by_a_person",
                condition=Q(asked_by__isnull=False)
                | Q(origin=IntakeOrigin.FEED)
                & Q(status__in=[IntakeStatus.WAITING, IntakeStatus.DISMISSED]),
            ),
            models.CheckConstraint(
                name="intake_failed_says_why",
                condition=Q(status=IntakeStatus.FAILED) & ~Q(problem="")
                | ~Q(status=IntakeStatus.FAILED) & Q(problem=""),
            ),
            models.CheckConstraint(
                name="intake_kept_has_its_article",
                condition=Q(status=IntakeStatus.KEPT, article__isnull=False)
                | ~Q(status=IntakeStatus.KEPT) & Q(article__isnull=True),
            ),
            models.CheckConstraint(
                name="intake_settled_by_somebody",
                condition=Q(
                    status__in=SETTLED,
                    settled_by__isnull=False,
                    settled_at__isnull=False,
                )
                | ~Q(status__in=SETTLED)
                & Q(settled_by__isnull=True, settled_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="intake_once_at_a_time_per_address",
                fields=["key"],
                condition=Q(status__in=UNSETTLED) & ~Q(key=""),
                violation_error_message=_("This address is being taken in already."),
            ),
            models.UniqueConstraint(
                name="intake_once_at_a_time_per_file",
                fields=["sha256"],
                condition=Q(status__in=UNSETTLED) & ~Q(sha256=""),
                violation_error_message=_("This file is being taken in already."),
            ),
            models.UniqueConstraint(
                name="intake_once_per_entry",
                fields=["feed", "entry"],
                condition=Q(feed__isnull=False),
                violation_error_message=_(
                    "This entry of the feed has come in already."
                ),
            ),
        ]
        indexes = [
            models.Index(name="intake_newest_first", fields=["-added_at", "-id"]),
            # The queue, and its count on the page of articles.
            models.Index(
                name="intake_unsettled",
                fields=["-added_at", "-id"],
                condition=Q(status__in=UNSETTLED),
            ),
            models.Index(
                name="intake_of_a_batch",
                fields=["batch"],
                condition=Q(batch__isnull=False),
            ),
            # Whether a feed's entry was here before, settled or not.
            models.Index(name="intake_by_key", fields=["key"]),
        ]
        triggers = [
            pgtrigger.Protect(
                name="intake_settled_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status__in=SETTLED)
                & pgtrigger.Q(old__status__df=pgtrigger.F("new__status")),
            ),
        ]

    def __str__(self) -> str:
        return self.headline or self.file_name or self.address

    def get_absolute_url(self) -> str:
        return reverse("annotations:intake_detail", args=[self.pk])

    @property
    def is_under_way(self) -> bool:
        return self.status in UNDER_WAY

    @property
    def is_settled(self) -> bool:
        return self.status in SETTLED

    @property
    def is_given_up(self) -> bool:
        """Whether whoever fetched it, or should have, has died as far as one can tell."""
        return self.is_under_way and self.moved_at < timezone.now() - PATIENCE

    @property
    def can_be_tried(self) -> bool:
        """Whether there is something to fetch or to read once more."""
        return (self.status == IntakeStatus.FAILED and self.address != "") or (
            self.is_given_up
        )

    @property
    def kept_blocks(self) -> list[dict[str, Any]]:
        return [block for block in self.blocks if not block["dropped"]]

    @property
    def text(self) -> str:
        """The words that would be kept."""
        return "\n\n".join(block["text"] for block in self.kept_blocks)


class Upload(models.Model):
    """The bytes of a file until they are read: any machine's worker can read them here."""

    intake = models.OneToOneField(
        Intake, on_delete=models.CASCADE, primary_key=True, related_name="upload"
    )
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="upload_is_not_empty", condition=~Q(data=b"")),
        ]

    def __str__(self) -> str:
        return str(self.intake_id)

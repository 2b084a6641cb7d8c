from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .people import Language


class FeedQuerySet(models.QuerySet["Feed"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def due(self) -> Self:
        """Those that may be asked again, the one that waits longest first."""
        return self.active().filter(next_check_at__lte=Now()).order_by("next_check_at")


class Feed(models.Model):
    """An RSS or Atom feed whose new entries wait for a person."""

    title = models.CharField(
        _("title"),
        max_length=200,
        blank=True,
        help_text=_("Leave it out for the title that the feed gives itself."),
    )
    address = models.URLField(_("address"), max_length=2000)
    language = models.CharField(
        _("language"),
        max_length=5,
        choices=Language,
        default=Language.FRENCH,
        db_default=Language.FRENCH,
    )
    is_active = models.BooleanField(
        _("watched"),
        default=True,
        db_default=True,
        help_text=_("Ask it for new entries."),
    )
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    checked_at = models.DateTimeField(_("last asked"), null=True, editable=False)
    next_check_at = models.DateTimeField(
        _("asked next"), db_default=Now(), editable=False
    )
    failures = models.PositiveIntegerField(
        _("failures in a row"), default=0, db_default=0, editable=False
    )
    problem = models.CharField(
        _("last problem"), max_length=40, blank=True, editable=False
    )
    problem_status = models.PositiveIntegerField(
        _("the site’s answer"), null=True, editable=False
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("added by"),
    )
    added_at = models.DateTimeField(_("added"), db_default=Now(), editable=False)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        ordering = ["title", "address"]
        constraints = [
            models.UniqueConstraint(
                name="feed_once_per_address",
                fields=["address"],
                violation_error_message=_("This feed is watched already."),
            ),
            models.CheckConstraint(
                name="feed_address_is_on_the_web",
                condition=Q(address__regex=r"^https?://[^/]"),
                violation_error_message=_(
                    "An address begins with http:// or https://."
                ),
            ),
            models.CheckConstraint(
                name="feed_language_is_known",
                condition=Q(language__in=Language.values),
                violation_error_message=_("There is no such language."),
            ),
        ]
        indexes = [
            models.Index(
                name="feed_due",
                fields=["next_check_at"],
                condition=Q(is_active=True),
            )
        ]

    def __str__(self) -> str:
        return self.title or self.address

    def get_absolute_url(self) -> str:
        return reverse("annotations:feed_edit", args=[self.pk])


class Rounds(models.Model):
    """The one row that says when the feeds are looked after next, and by which task.

    A task whose ticket is not the row's does nothing, so that there is one chain of them.
    """

    ticket = models.UUIDField()
    due_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="rounds_are_one", condition=Q(pk=1)),
        ]

    def __str__(self) -> str:
        return str(self.due_at)

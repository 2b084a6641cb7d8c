from typing import Self

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Length, Now
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from annotations.text.blocks import Block, from_rows
from annotations.text.cleaning import LONGEST

from .people import Language
from .search import vector, words


class ArticleQuerySet(models.QuerySet["Article"]):
    def saying(self, query: str) -> Self:
        """Those with these words in the headline or in a text."""
        editions = Edition.objects.filter(article=OuterRef("pk"), search=words(query))
        return self.filter(Q(search=words(query)) | Exists(editions))

    def with_claims_in(self, status: str) -> Self:
        """Those with a claim in this state."""
        return self.filter(Exists(self._claims().filter(claim__status=status)))

    def with_passages_to_settle(self) -> Self:
        """With `to_settle`, how many passages wait in the latest text for a person."""
        waiting = (
            apps.get_model("annotations", "Carriage")
            .objects.filter(edition__article=OuterRef("pk"), state="waiting")
            .order_by()
            .values("edition__article")
            .annotate(number=Count("pk"))
            .values("number")
        )
        return self.annotate(to_settle=Subquery(waiting))

    def without_claims(self) -> Self:
        """Those that nobody has found a claim in yet."""
        return self.exclude(Exists(self._claims()))

    @staticmethod
    def _claims() -> models.QuerySet[models.Model]:
        appearances = apps.get_model("annotations", "Appearance")
        return appearances.objects.filter(edition__article=OuterRef("pk"))


class Article(models.Model):
    """A published text whose claims are being checked."""

    headline = models.CharField(_("headline"), max_length=300)
    address = models.URLField(
        _("address"),
        max_length=2000,
        blank=True,
        help_text=_("Where it was published. Leave it out for a text on paper."),
    )
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
    selected_because = models.TextField(
        _("why it is checked"),
        blank=True,
        help_text=_("Readers may see it: reach, harm, a reader's question."),
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("added by"),
    )
    added_at = models.DateTimeField(_("added"), db_default=Now(), editable=False)
    search = models.GeneratedField(
        expression=vector("headline", "outlet", "byline"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="article_once_per_address",
                fields=["address"],
                condition=~Q(address=""),
                violation_error_message=_("This article is here already."),
            ),
            models.CheckConstraint(
                name="article_address_is_on_the_web",
                condition=Q(address="") | Q(address__regex=r"^https?://[^/]"),
                violation_error_message=_(
                    "An address begins with http:// or https://."
                ),
            ),
            models.CheckConstraint(
                name="article_language_is_known",
                condition=Q(language__in=Language.values),
                violation_error_message=_("There is no such language."),
            ),
        ]
        indexes = [
            models.Index(name="article_newest_first", fields=["-added_at", "-id"]),
            GinIndex(name="article_words", fields=["search"]),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return reverse("annotations:article_detail", args=[self.pk])


class Edition(models.Model):
    """One text of an article; it never changes once it is made."""

    article = models.ForeignKey(
        Article,
        on_delete=models.PROTECT,
        related_name="editions",
        verbose_name=_("article"),
    )
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"))
    blocks = models.JSONField(
        _("blocks"),
        help_text=_("Rows of kind, start and end; offsets count code points."),
    )
    sha256 = models.CharField(max_length=64)
    retrieved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("retrieved by"),
    )
    retrieved_at = models.DateTimeField(_("retrieved"), db_default=Now())
    search = models.GeneratedField(
        expression=vector("text"), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["article", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="edition_once_per_number",
                fields=["article", "number"],
                violation_error_message=_("There is such a version already."),
            ),
            models.CheckConstraint(
                name="edition_text_is_there_and_bearable",
                condition=LessThanOrEqual(Length("text"), LONGEST) & ~Q(text=""),
                violation_error_message=_("The text is empty or too long."),
            ),
        ]
        indexes = [
            models.Index(name="edition_by_digest", fields=["sha256"]),
            GinIndex(name="edition_words", fields=["search"]),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="edition_never_changes", exclude=["search"]),
            pgtrigger.Protect(name="edition_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return _("version %d") % self.number

    def get_absolute_url(self) -> str:
        address = reverse("annotations:article_detail", args=[self.article_id])
        return f"{address}?edition={self.number}"

    @cached_property
    def layout(self) -> list[Block]:
        """The blocks of the text, in reading order."""
        return from_rows(self.blocks)

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .articles import Article, Edition


class ArticleAddress(models.Model):
    """An address under which an article is found, its own or another."""

    article = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,
        related_name="addresses",
        verbose_name=_("article"),
    )
    address = models.URLField(_("address"), max_length=2000)
    key = models.CharField(max_length=2000)
    added_at = models.DateTimeField(_("added"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("address of an article")
        verbose_name_plural = _("addresses of articles")
        ordering = ["article", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="article_address_leads_to_one_article",
                fields=["key"],
                violation_error_message=_("Another article is at this address."),
            ),
            models.CheckConstraint(
                name="article_address_has_a_key",
                condition=~Q(key="") & Q(address__regex=r"^https?://[^/]"),
                violation_error_message=_(
                    "An address begins with http:// or https://."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.address


class Fingerprint(models.Model):
    """What an edition's words are compared with others by; see `text.fingerprints`."""

    edition = models.OneToOneField(
        Edition,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="fingerprint",
        verbose_name=_("version"),
    )
    signature = ArrayField(models.IntegerField())
    bands = ArrayField(models.IntegerField())
    method = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("fingerprint")
        verbose_name_plural = _("fingerprints")
        # An empty signature says that the text is too short to be compared.
        indexes = [GinIndex(name="fingerprint_bands", fields=["bands"])]
        triggers = [pgtrigger.ReadOnly(name="fingerprint_is_made_anew_not_changed")]

    def __str__(self) -> str:
        return str(self.edition_id)

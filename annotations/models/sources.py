import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5, Now
from django.utils.translation import gettext_lazy as _

from .claims import Claim


class SourceKind(models.TextChoices):
    """How near a source stands to what it reports."""

    PRIMARY = "primary", _("Primary: the document, the data, the person")
    SECONDARY = "secondary", _("Secondary: somebody who reports them")


class Stance(models.TextChoices):
    """What evidence does to a claim."""

    SUPPORTS = "supports", _("Supports")
    REFUTES = "refutes", _("Refutes")
    CONTEXT = "context", _("Gives context")


class Source(models.Model):
    """A document or a person whose words count as evidence."""

    title = models.CharField(_("title"), max_length=300)
    address = models.URLField(_("address"), max_length=2000, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=SourceKind,
        default=SourceKind.SECONDARY,
        db_default=SourceKind.SECONDARY,
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("added by"),
    )
    added_at = models.DateTimeField(_("added"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="source_once_per_address",
                fields=["address"],
                condition=~Q(address=""),
                violation_error_message=_("This source is here already."),
            ),
            models.CheckConstraint(
                name="source_address_is_on_the_web",
                condition=Q(address="") | Q(address__regex=r"^https?://[^/]"),
                violation_error_message=_(
                    "An address begins with http:// or https://."
                ),
            ),
            models.CheckConstraint(
                name="source_kind_is_known",
                condition=Q(kind__in=SourceKind.values),
                violation_error_message=_("There is no such kind."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def attached(self) -> "EvidenceQuerySet":
        """Without what was detached."""
        return self.filter(detached_at=None)


class Evidence(models.Model):
    """The words of one source for, against or about one claim."""

    claim = models.ForeignKey(
        Claim,
        on_delete=models.PROTECT,
        related_name="evidence",
        verbose_name=_("claim"),
    )
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        related_name="evidence",
        verbose_name=_("source"),
    )
    stance = models.CharField(_("stance"), max_length=20, choices=Stance)
    excerpt = models.TextField(
        _("excerpt"),
        blank=True,
        help_text=_("The exact words of the source that matter."),
    )
    locator = models.CharField(
        _("where in it"),
        max_length=200,
        blank=True,
        help_text=_("Page, paragraph, minute: where a reader finds the words."),
    )
    note = models.TextField(_("note"), blank=True)
    position = models.PositiveIntegerField(_("position"), editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("added by"),
    )
    added_at = models.DateTimeField(_("added"), db_default=Now(), editable=False)
    detached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("detached by"),
    )
    detached_at = models.DateTimeField(_("detached"), null=True, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        ordering = ["claim", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_stance_is_known",
                condition=Q(stance__in=Stance.values),
                violation_error_message=_("There is no such stance."),
            ),
            models.CheckConstraint(
                name="evidence_is_detached_by_somebody",
                condition=Q(detached_at=None, detached_by=None)
                | Q(detached_at__isnull=False, detached_by__isnull=False),
            ),
            models.UniqueConstraint(
                "claim",
                "source",
                "locator",
                MD5("excerpt"),
                name="evidence_once_per_excerpt",
                condition=Q(detached_at=None),
                violation_error_message=_(
                    "These words of this source are attached already."
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="evidence_stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="evidence_rests_with_its_claim",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("OLD.* IS DISTINCT FROM NEW.*"),
                func="""
                IF EXISTS (
                    SELECT 1 FROM annotations_claim
                    WHERE id IN (OLD.claim_id, NEW.claim_id)
                        AND status NOT IN ('suggested', 'open')
                ) THEN
                    RAISE EXCEPTION
                        'evidence_rests_with_its_claim: claim % is not open', NEW.claim_id
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.source_id}"

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .claims import Claim, ClaimStatus


class Transition(models.Model):
    """One step of one claim. Rows are added and never changed."""

    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="transitions"
    )
    old_status = models.CharField(_("from"), max_length=20, choices=ClaimStatus)
    new_status = models.CharField(_("to"), max_length=20, choices=ClaimStatus)
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="transition_statuses_are_known",
                condition=Q(old_status__in=ClaimStatus.values)
                & Q(new_status__in=ClaimStatus.values),
            )
        ]
        triggers = [
            pgtrigger.ReadOnly(name="transition_never_changes"),
            pgtrigger.Protect(name="transition_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_old_status_display()} → {self.get_new_status_display()}"

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.text.quantities import Approximation, Change

from .claims import Claim


class Figure(models.Model):
    """What a claim says in figures, as read from its words, to be found by.

    `start` and `end` are half-open offsets in code points into the statement or, while that
    says none, into the first passage's quote. `value`, `lower` and `upper` are in `unit`: a
    symbol, or an ISO 4217 code where `is_money`. A time has its days alone, from
    `period_start` up to, not including, `period_end`.
    """

    claim = models.ForeignKey(
        Claim,
        on_delete=models.CASCADE,
        related_name="figures",
        verbose_name=_("claim"),
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    words = models.TextField(_("words"))
    value = models.DecimalField(
        _("value"), max_digits=40, decimal_places=12, null=True, blank=True
    )
    lower = models.DecimalField(
        _("at least"), max_digits=40, decimal_places=12, null=True, blank=True
    )
    upper = models.DecimalField(
        _("at most"), max_digits=40, decimal_places=12, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    is_money = models.BooleanField(_("money"), default=False)
    approximation = models.CharField(_("nearness"), max_length=10)
    change = models.CharField(_("change"), max_length=10)
    per = models.CharField(_("counted by"), max_length=20, blank=True)
    period_start = models.DateField(_("from"), null=True, blank=True)
    period_end = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["claim", "start", "pk"]
        constraints = [
            models.CheckConstraint(
                name="figure_says_how_much_or_when",
                condition=Q(value__isnull=False)
                | Q(lower__isnull=False)
                | Q(upper__isnull=False)
                | Q(period_start__isnull=False),
            ),
            models.CheckConstraint(
                name="figure_bounds_are_in_order",
                condition=Q(lower=None) | Q(upper=None) | Q(lower__lte=F("upper")),
            ),
            models.CheckConstraint(
                name="figure_period_has_both_ends",
                condition=Q(period_start=None, period_end=None)
                | Q(period_start__lt=F("period_end")),
            ),
            models.CheckConstraint(
                name="figure_stands_in_its_words", condition=Q(start__lt=F("end"))
            ),
            models.CheckConstraint(
                name="figure_nearness_is_known",
                condition=Q(approximation__in=[str(each) for each in Approximation]),
            ),
            models.CheckConstraint(
                name="figure_change_is_known",
                condition=Q(change__in=[str(each) for each in Change]),
            ),
        ]
        indexes = [models.Index(name="figure_amount", fields=["unit", "value"])]
        triggers = [pgtrigger.ReadOnly(name="figure_is_read_anew_not_changed")]

    def __str__(self) -> str:
        return self.words

    @property
    def as_row(self) -> dict[str, Any]:
        """Its columns but the key and the claim, for JSON."""
        return {
            field.attname: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if field.name not in {"id", "claim"}
        }

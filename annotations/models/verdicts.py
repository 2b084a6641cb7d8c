import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .claims import Claim
from .ratings import Rating


class Verdict(models.Model):
    """One reviewer's rating and reason, in one round. Given once, never changed."""

    claim = models.ForeignKey(
        Claim,
        on_delete=models.PROTECT,
        related_name="verdicts",
        verbose_name=_("claim"),
    )
    round = models.PositiveSmallIntegerField(_("round"))
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="verdicts",
        verbose_name=_("reviewer"),
    )
    rating = models.ForeignKey(
        Rating, on_delete=models.PROTECT, related_name="+", verbose_name=_("rating")
    )
    reason = models.TextField(_("reason"))
    given_at = models.DateTimeField(_("given"), db_default=Now())

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering = ["claim", "round", "given_at"]
        constraints = [
            models.UniqueConstraint(
                name="verdict_once_per_round",
                fields=["claim", "round", "reviewer"],
                violation_error_message=_("You have given your verdict already."),
            ),
            models.CheckConstraint(
                name="verdict_has_a_reason",
                condition=Q(reason__regex=r"\S"),
                violation_error_message=_("A verdict needs a reason."),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="verdict_never_changes"),
            pgtrigger.Protect(name="verdict_stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="verdict_is_by_another",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                IF EXISTS (
                    SELECT 1 FROM annotations_authorship
                    WHERE claim_id = NEW.claim_id AND user_id = NEW.reviewer_id
                ) THEN
                    RAISE EXCEPTION
                        'verdict_is_by_another: reviewer % wrote claim %',
                        NEW.reviewer_id, NEW.claim_id
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return _("verdict of round %d") % self.round


class Decision(models.Model):
    """The rating that stands after a round, and why."""

    claim = models.ForeignKey(
        Claim,
        on_delete=models.PROTECT,
        related_name="decisions",
        verbose_name=_("claim"),
    )
    round = models.PositiveSmallIntegerField(_("round"))
    rating = models.ForeignKey(
        Rating, on_delete=models.PROTECT, related_name="+", verbose_name=_("rating")
    )
    reason = models.TextField(
        _("reason"), blank=True, help_text=_("Empty where the verdicts agreed.")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["claim", "round"]
        constraints = [
            models.UniqueConstraint(
                name="decision_once_per_round",
                fields=["claim", "round"],
                violation_error_message=_("This round is decided already."),
            )
        ]
        triggers = [
            pgtrigger.ReadOnly(name="decision_never_changes"),
            pgtrigger.Protect(name="decision_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return _("decision of round %d") % self.round

import json
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.functional import cached_property
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


class Operation(models.TextChoices):
    """What was done to a row. What was there when the history began is `found`."""

    INSERT = "insert", _("made")
    UPDATE = "update", _("changed")
    DELETE = "delete", _("removed")
    FOUND = "found", _("found")


class Origin(models.TextChoices):
    """Which door a change came through."""

    PAGE = "page", _("page")
    ADMIN = "admin", _("administration")
    COMMAND = "command", _("command")
    SQL = "sql", _("database")


class HistoryEntry(models.Model):
    """One change of one row, written by the database itself; nobody changes or removes it.

    `changes` is JSON, kept to the letter, as its hash is of these letters: a row that was
    made, removed or found by column, and of a change the old and the new value. People are
    in it by id alone, so that somebody can be forgotten without breaking the chain.
    """

    at = models.DateTimeField(_("at"))
    table = models.CharField(_("table"), max_length=63, db_column="table_name")
    row = models.BigIntegerField(_("row"), db_column="row_id")
    claim = models.BigIntegerField(_("claim"), null=True, db_column="claim_id")
    operation = models.CharField(_("operation"), max_length=10, choices=Operation)
    by = models.BigIntegerField(_("by"), null=True, db_column="by_id")
    origin = models.CharField(_("origin"), max_length=10, choices=Origin)
    place = models.CharField(
        _("where"),
        max_length=100,
        help_text=_("A page's name, a command's, or the database role."),
    )
    transaction = models.BigIntegerField(_("transaction"))
    changes = models.TextField(_("changes"))

    class Meta:
        verbose_name = _("history entry")
        verbose_name_plural = _("history")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="history_operation_is_known",
                condition=Q(operation__in=Operation.values),
            ),
            models.CheckConstraint(
                name="history_origin_is_known", condition=Q(origin__in=Origin.values)
            ),
        ]
        indexes = [
            models.Index(
                name="history_of_a_claim",
                fields=["claim", "id"],
                condition=Q(claim__isnull=False),
            ),
            # What belongs to a claim is found by it.
            models.Index(
                name="history_of_a_row",
                fields=["row", "table"],
                condition=Q(claim=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {self.operation}"

    @cached_property
    def values(self) -> dict[str, Any]:
        """What `changes` says."""
        said: dict[str, Any] = json.loads(self.changes)
        return said

    @property
    def became(self) -> dict[str, Any]:
        """By column, what it was made with or changed to; of people's names nothing."""
        if self.operation != Operation.UPDATE:
            return self.values
        return {column: pair[1] for column, pair in self.values.items() if pair}


class HistoryLink(models.Model):
    """The place of an entry in the chain: each hash is of the one before it and the entry."""

    number = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(db_column="entry_id")
    hash = models.BinaryField()
    claim_hash = models.BinaryField(null=True)

    class Meta:
        ordering = ["number"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.number)


class HistoryHead(models.Model):
    """How long a chain is and where it ends: the whole one (scope 0), and each claim's."""

    scope = models.BigIntegerField(primary_key=True)
    number = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.scope}: {self.number}"

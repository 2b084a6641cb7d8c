"""What stands in an entry, in words: the columns of records, and the rows they point to."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import (
    DateField,
    DateTimeField,
    Field,
    ForeignKey,
    Model,
    QuerySet,
)
from django.utils import formats, timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from annotations.models import Claim, Edition, HistoryEntry, Source, Suggestion

Rows = dict[type[Model], dict[int, Model]]


@cache
def model_of(table: str) -> type[Model] | None:
    """The record that is kept in this table."""
    models = apps.get_models(include_auto_created=True)
    return next((model for model in models if model._meta.db_table == table), None)


@cache
def columns(table: str) -> dict[str, Field[Any, Any]]:
    model = model_of(table)
    return (
        {str(field.column): field for field in model._meta.concrete_fields}
        if model
        else {}
    )


def rows_named(entries: Iterable[HistoryEntry], people: Iterable[int]) -> Rows:
    """The rows that entries point to, and these people. One query for each kind of row."""
    wanted: dict[type[Model], set[int]] = {
        apps.get_model("annotations", "User"): set(people)
    }
    for entry in entries:
        if model_of(entry.table) is Suggestion:
            # Who suggested it is no part of the claim's entries, but of the row, for ever.
            wanted.setdefault(Suggestion, set()).add(entry.row)
        fields = columns(entry.table)
        for column, value in entry.values.items():
            field = fields.get(column)
            if not isinstance(field, ForeignKey) or field.related_model is Claim:
                continue
            ids = value if isinstance(value, list) else [value]
            known = wanted.setdefault(field.related_model, set())
            known.update(one for one in ids if one is not None)
    return {
        model: {row.pk: row for row in _named(model).filter(pk__in=ids)}
        for model, ids in wanted.items()
        if ids
    }


def _named(model: type[Model]) -> QuerySet[Any]:
    """Its rows with what they are called by, and without the texts."""
    rows = model._default_manager.all()
    if model is Edition:
        return rows.select_related("article").only("number", "article__headline")
    if model is Source:
        return rows.only("title")
    return rows


def name(rows: Rows, model: type[Model], pk: int | None) -> str:
    """What the row is called, or its number where it is gone."""
    if pk is None:
        return ""
    row = rows.get(model, {}).get(pk)
    return str(row) if row else _("number %(number)s") % {"number": pk}


def words(table: str, column: str, value: Any, rows: Rows) -> str:
    """What stands in a column, in words; nothing is an empty string."""
    field = columns(table).get(column)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, ForeignKey) and isinstance(value, int):
        return name(rows, field.related_model, value)
    if field is not None and field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, DateTimeField) and (moment := parse_datetime(str(value))):
        return formats.date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
    if isinstance(field, DateField) and (day := parse_date(str(value))):
        return formats.date_format(day)
    return str(value)

"""How a change of one field is said."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import HistoryEntry

from .values import Rows, columns, words

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

# Longer values fold away, so that the story can be read at a glance.
SHORT = 80

# Fields with their article, as a sentence needs them.
FIELDS: dict[tuple[str, str], "StrOrPromise"] = {
    ("claim", "statement"): gettext_lazy("the statement"),
    ("claim", "claimant_id"): gettext_lazy("the claimant"),
    ("claim", "claimant_is_unknown"): gettext_lazy("whether the claimant is unknown"),
    ("claim", "claimed_on"): gettext_lazy("the day of the claim"),
    ("claim", "kind"): gettext_lazy("the kind"),
    ("claim", "note"): gettext_lazy("the note for colleagues"),
    ("claim", "status"): gettext_lazy("the state"),
    ("claim", "round"): gettext_lazy("the number of the round"),
    ("claim", "version"): gettext_lazy("the count of saves"),
    ("claim", "moved_at"): gettext_lazy("the date of the state"),
    ("claim", "assigned_to_id"): gettext_lazy("the person in charge"),
    ("evidence", "stance"): gettext_lazy("the stance"),
    ("evidence", "excerpt"): gettext_lazy("the excerpt"),
    ("evidence", "locator"): gettext_lazy("the place of the excerpt"),
    ("evidence", "note"): gettext_lazy("the note"),
    ("evidence", "position"): gettext_lazy("the position"),
    ("evidence", "version"): gettext_lazy("the count of saves"),
    ("source", "title"): gettext_lazy("the title"),
    ("source", "address"): gettext_lazy("the address"),
    ("source", "publisher"): gettext_lazy("the publisher"),
    ("source", "published_on"): gettext_lazy("the date of publication"),
    ("source", "kind"): gettext_lazy("the kind"),
    ("claimant", "name"): gettext_lazy("the name"),
    ("claimant", "kind"): gettext_lazy("the kind"),
    ("claimant", "role"): gettext_lazy("the role"),
    ("claimant", "organisation"): gettext_lazy("the organisation"),
    ("claimant", "wikidata_id"): gettext_lazy("the Wikidata id"),
    ("factcheck", "slug"): gettext_lazy("the address"),
    ("factcheck", "title"): gettext_lazy("the title"),
    ("factcheck", "summary"): gettext_lazy("the summary"),
    ("factcheck", "body"): gettext_lazy("the reasoning"),
    ("factcheck", "exception"): gettext_lazy("the exception"),
    ("factcheck", "embargo_until"): gettext_lazy("the embargo"),
    ("factcheck", "version"): gettext_lazy("the count of saves"),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """What was done, without the one who did it; long texts stand apart from it."""

    said: str
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        return self.said


def field_name(table: str, column: str) -> str:
    """The field as a sentence names it, with its article."""
    known = FIELDS.get((table.removeprefix("annotations_"), column))
    if known:
        return str(known)
    field = columns(table).get(column)
    label = str(field.verbose_name) if field else column
    return _("the field “%(label)s”") % {"label": label}


def changed(
    entry: HistoryEntry, column: str, change: list[Any], rows: Rows, of: str = ""
) -> Clause:
    """That a field says something else now; `of` is what it belongs to, if not the claim."""
    field = field_name(entry.table, column)
    if of:
        field = _("%(field)s of “%(name)s”") % {"field": field, "name": of}
    if len(change) != 2:  # people's names are not kept
        return Clause(_("changed %(field)s") % {"field": field})
    old, new = (words(entry.table, column, value, rows) for value in change)
    said = {"field": field, "old": old, "new": new}
    is_long = max(len(old), len(new)) > SHORT or "\n" in old + new
    if is_long and not old:
        return Clause(_("wrote %(field)s") % said, new=new)
    if is_long and not new:
        return Clause(_("removed %(field)s") % said, old=old)
    if is_long:
        return Clause(_("changed %(field)s") % said, old=old, new=new)
    if not old:
        return Clause(_("wrote %(field)s: “%(new)s”") % said)
    if not new:
        return Clause(_("removed %(field)s, which was “%(old)s”") % said)
    return Clause(_("changed %(field)s from “%(old)s” to “%(new)s”") % said)

"""Actions: one row at a time, each refusal by name, and first a page that asks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.http import EditorRequest
from annotations.models import Claim, FactCheck, Rating, User
from annotations.refusals import Refusal

EVERYWHERE = [ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM]

# More rows than this nobody has looked at; it is also what one form may send.
MOST = 200

Done = Callable[[int], str]
# The same after a question, whose answer may be part of the sentence.
Answered = Callable[[int, dict[str, Any]], str]


class ReasonForm(forms.Form):
    """Why it is done, for colleagues or readers."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 4})
    )


class AssignForm(forms.Form):
    """Who looks after the claims from now on."""

    to = forms.ModelChoiceField(
        label=gettext_lazy("Assign to"),
        queryset=User.objects.filter(is_active=True).order_by(
            "first_name", "last_name", "username"
        ),
        required=False,
        empty_label=gettext_lazy("nobody"),
    )


class RatingChoice(forms.ModelChoiceField[Rating]):
    def label_from_instance(self, obj: Rating) -> str:
        return f"{obj.sign} {obj}"


class DecideForm(ReasonForm):
    """Which rating stands, and why."""

    rating = RatingChoice(
        label=gettext_lazy("Rating"),
        queryset=Rating.objects.to_choose().order_by("order"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    field_order = ("rating", "reason")


class PublishForm(forms.Form):
    """Whether readers have to wait."""

    embargo_until = forms.DateTimeField(
        label=gettext_lazy("Embargo until"),
        required=False,
        help_text=gettext_lazy("Leave it empty to publish at once."),
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
    )

    def clean_embargo_until(self) -> datetime | None:
        until: datetime | None = self.cleaned_data["embargo_until"]
        if until is not None and until <= timezone.now():
            raise forms.ValidationError(
                _("The embargo ends in the past. Choose a later time.")
            )
        return until


def what_readers_get(page: FactCheck) -> Iterator[str]:
    """What is about to be published, for whoever is asked: title, verdict, summary, author."""
    yield format_html(
        '<a href="{}" target="_blank">{}</a> ({})',
        reverse("annotations:factcheck_preview", args=[page.claim_id]),
        page.title,
        _("preview, new tab"),
    )
    decision = (
        page.claim.decisions.filter(round=page.claim.round)
        .select_related("rating")
        .first()
    )
    if decision:
        yield f"{decision.rating.sign} {decision.rating}"
    if page.summary:
        yield page.summary
    yield _("Written by %(name)s") % {"name": page.author}


def published(number: int, answer: dict[str, Any]) -> str:
    """How many readers have now, or will have when the embargo ends."""
    until = answer["embargo_until"]
    if until is None:
        message = ngettext(
            "Published %d fact-check.", "Published %d fact-checks.", number
        )
        return message % number
    message = ngettext(
        "%(number)d fact-check is ready; readers see it from %(moment)s.",
        "%(number)d fact-checks are ready; readers see them from %(moment)s.",
        number,
    )
    moment = date_format(timezone.localtime(until), "DATETIME_FORMAT")
    return message % {"number": number, "moment": moment}


def name_of(row: Model) -> str:
    """How a message names the row: a claim without a statement by the words it quotes."""
    if isinstance(row, Claim) and not row.statement:
        quote = next(iter(row.appearances.all()), None)
        if quote:
            return str(quote)
    return str(row)


def carry_out(
    desk: admin.ModelAdmin[Any],
    request: EditorRequest,
    rows: Iterable[Model],
    deed: Callable[[Any], object],
    done: Done,
) -> None:
    """Do the deed to each row; say which were refused and why, and how many were not."""
    number = 0
    for row in rows:
        try:
            deed(row)
        except Refusal as refusal:
            message = _("“%(name)s”: %(refusal)s") % {
                "name": name_of(row),
                "refusal": refusal,
            }
            desk.message_user(request, message, messages.WARNING)
        else:
            number += 1
    if number:
        desk.message_user(request, done(number), messages.SUCCESS)


def chosen(
    desk: admin.ModelAdmin[Any], request: EditorRequest, queryset: QuerySet[Any]
) -> QuerySet[Any]:
    """The rows that were ticked.

    Those that have left the filtered list since are among them, so that they are named.
    """
    if request.POST.get("select_across") == "1":
        return queryset
    picked = request.POST.getlist(ACTION_CHECKBOX_NAME)
    return desk.get_queryset(request).filter(pk__in=picked)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before an action is carried out.

    `mark` says which state of a row was shown, so that an answer to another is refused;
    `notes` is what should be known of each row.
    """

    title: str | Promise
    form: type[forms.Form]
    button: str | Promise
    mark: Callable[[Any], str]
    notes: Callable[[Any], Sequence[str]] = lambda row: []


def ask(
    desk: admin.ModelAdmin[Any],
    request: EditorRequest,
    queryset: QuerySet[Any],
    question: Question,
    deed: Callable[[Any, dict[str, Any]], object],
    done: Answered,
) -> HttpResponse | None:
    """The page with the question; once it is answered, the deed, and back to the page before."""
    rows = list(chosen(desk, request, queryset)[: MOST + 1])
    if len(rows) > MOST:
        message = ngettext(
            "Choose at most %d at a time.", "Choose at most %d at a time.", MOST
        )
        desk.message_user(request, message % MOST, messages.WARNING)
        return None
    if not rows:
        return None
    seen = dict(shown.split(":", 1) for shown in request.POST.getlist("seen"))
    form = question.form(request.POST if seen else None)
    if seen and form.is_valid():
        answer = form.cleaned_data

        def as_seen(row: Model) -> None:
            if seen.get(str(row.pk)) != question.mark(row):
                raise Refusal(
                    _("Somebody else has changed it meanwhile. Look at it again.")
                )
            deed(row, answer)

        carry_out(desk, request, rows, as_seen, lambda number: done(number, answer))
        return None

    name = next(key for key in (FORM_ACTION, "action") if key in request.POST)
    context = {
        **desk.admin_site.each_context(request),
        "title": question.title,
        "question": question,
        "form": form,
        "opts": desk.opts,
        "action_field": name,
        # The list has one menu of actions above and perhaps one below.
        "action": next((one for one in request.POST.getlist(name) if one), ""),
        "checkbox": ACTION_CHECKBOX_NAME,
        "rows": [
            {
                "pk": row.pk,
                "name": name_of(row),
                "seen": f"{row.pk}:{question.mark(row)}",
                "notes": question.notes(row),
            }
            for row in rows
        ],
        "back": request.get_full_path(),
        "media": desk.media + form.media,
    }
    return TemplateResponse(
        request, "admin/annotations/question.html", context, status=422 if seen else 200
    )


FORM_ACTION = f"{ActionLocation.CHANGE_FORM.value}-action"

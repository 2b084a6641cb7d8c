from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from annotations import suggesting
from annotations.desk import (
    ANSWERING,
    back_to,
    highlighted,
    painted_under,
    suggestions_for,
)
from annotations.http import EditorRequest, came_from, problem
from annotations.models import Article, Edition, Suggestion, SuggestionState
from annotations.reading import edition_of
from annotations.refusals import Refusal
from annotations.text.spans import Span


@require_GET
@permission_required("annotations.view_suggestion", raise_exception=True)
def suggestion_list(request: EditorRequest, pk: int) -> HttpResponse:
    """The suggestions of the article's latest text: the desk asks while it expects them."""
    article = get_object_or_404(Article.objects.defer("search"), pk=pk)
    edition = get_object_or_404(
        article.editions.defer("text", "blocks", "search").order_by("-number")[:1]
    )
    if not request.htmx:
        return redirect(edition)
    context = suggestions_for(request, edition)
    return render(request, "annotations/_suggestions.html#section", context)


@require_POST
@permission_required(ANSWERING, raise_exception=True)
def answer_suggestion(request: EditorRequest, pk: int) -> HttpResponse:
    """Accept a suggestion, reject it, or have it wait again: `answer` is the state it gets."""
    suggestion = get_object_or_404(Suggestion, pk=pk)
    edition = edition_of(suggestion.edition_id)
    answer = request.POST.get("answer", "")
    if edition is None or answer not in SuggestionState.values:
        return problem(request, _("There is no such answer."), status=409)
    try:
        if answer == SuggestionState.ACCEPTED:
            made = suggesting.accept(suggestion, by=request.user)
            if not request.htmx:
                return redirect(back_to(request, made.claim))
            return highlighted(
                request,
                edition,
                made,
                sent=[],
                template="annotations/_suggestions.html#accepted",
                answered=suggestion,
            )
        if answer == SuggestionState.REJECTED:
            suggestion = suggesting.reject(suggestion, by=request.user)
        else:
            suggestion = suggesting.restore(suggestion)
    except Refusal as refusal:
        return problem(request, str(refusal), status=409)
    return _answered(request, edition, suggestion)


def _answered(
    request: EditorRequest, edition: Edition, suggestion: Suggestion
) -> HttpResponse:
    """What a rejection, or taking it back, changes on the page."""
    is_rejected = suggestion.state == SuggestionState.REJECTED
    if not request.htmx:
        messages.success(
            request,
            _("The suggestion is rejected.")
            if is_rejected
            else _("The suggestion is back."),
        )
        return redirect(f"{edition.get_absolute_url()}#suggestions")
    context = suggestions_for(request, edition)
    span = Span(suggestion.start, suggestion.end)
    context |= painted_under(edition, [span], context["suggestions"])
    context |= {
        "desk": edition.pk,
        "can_highlight": True,
        "answered": suggestion,
        "is_rejected": is_rejected,
    }
    return render(request, "annotations/_suggestions.html#answered", context)


@require_POST
@permission_required("annotations.view_suggestion", raise_exception=True)
def show_suggestions(request: EditorRequest) -> HttpResponse:
    """Show the person suggestions from now on, or hide them, on every device."""
    request.user.sees_suggestions = bool(request.POST.get("show"))
    request.user.save(update_fields=["sees_suggestions"])
    return redirect(came_from(request, "annotations:article_list"))

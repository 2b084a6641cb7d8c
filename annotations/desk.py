"""What the desk's answers to htmx have in common: the panel, and what rides along."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_htmx.http import reselect, reswap, retarget

from .highlighting import Highlighted
from .http import EditorRequest
from .models import Claim, Edition
from .panels import claim_to_show, panel
from .reading import (
    Card,
    blocks_under,
    card_before,
    edition_of,
    painted,
    passages_around,
)
from .suggesting import Shown, shown
from .text.spans import Span

# An accepted suggestion is a claim: whoever answers may make one.
ANSWERING = ("annotations.change_suggestion", "annotations.add_claim")


def desk_of(request: EditorRequest) -> Edition | None:
    """The edition beside which the person works, as the form says; None on a claim's page."""
    asked = request.POST.get("desk") or request.GET.get("desk") or ""
    if not (asked.isascii() and asked.isdigit() and len(asked) < 18):
        return None
    return edition_of(int(asked))


def suggestions_for(request: EditorRequest, edition: Edition) -> dict[str, Any]:
    """The context of `annotations/_suggestions.html`, for somebody who may have hidden them."""
    user = request.user
    sees = user.sees_suggestions and user.has_perm("annotations.view_suggestion")
    return {
        "suggestions": shown(edition) if sees else Shown([]),
        "are_hidden": not user.sees_suggestions,
        "may_answer": user.has_perms(ANSWERING),
        "edition": edition,
    }


def painted_under(
    edition: Edition, spans: Iterable[Span], suggestions: Shown
) -> dict[str, Any]:
    """The blocks under `spans`, painted anew; context of the partial `blocks`."""
    layout = edition.layout
    numbers = {number for span in spans for number in blocks_under(layout, span)}
    if not numbers:
        return {"blocks": [], "edition": edition, "passages": []}
    region = Span(layout[min(numbers)].span.start, layout[max(numbers)].span.end)
    on_it = passages_around(edition, region)
    return {
        "blocks": painted(edition, on_it, numbers, suggestions.starts),
        "edition": edition,
        "passages": on_it,
    }


def answer(
    request: EditorRequest,
    claim: Claim,
    part: str = "panel",
    *,
    status: int = 200,
    repaint: bool = False,
    said: str = "",
    **forms: Any,
) -> HttpResponse:
    """The answer to a deed done to `claim`: a redirect, or with htmx what has changed.

    `part` is the partial that takes the place of the form that was sent; the claim's card,
    its steps and, where its state has changed, its passages ride along. `said` is the
    sentence that tells the person what was done.
    """
    if not request.htmx:
        if status == 200:
            messages.success(request, said or _("Saved."))
            return redirect(back_to(request, claim))
        shown = claim_to_show(claim.pk) or claim
        context = panel(request, shown, **forms) | {"section": "claims"}
        return render(request, "annotations/claim_detail.html", context, status=status)

    edition = desk_of(request)
    shown = claim_to_show(claim.pk) or claim
    context = panel(
        request, shown, desk=edition.pk if edition else None, said=said, **forms
    )
    here = [
        appearance
        for appearance in shown.appearances.all()
        if edition and appearance.edition_id == edition.pk
    ]
    context |= {
        "part": part,
        "saved": status == 200 and part == "text",
        "card": Card(shown, here[0].quote) if here else None,
        "can_highlight": request.user.has_perm("annotations.add_claim"),
    }
    if repaint and edition:
        spans = [Span(appearance.start, appearance.end) for appearance in here]
        waiting = suggestions_for(request, edition)["suggestions"]
        context |= painted_under(edition, spans, waiting)
    response = render(request, "annotations/_claim.html#answer", context, status=status)
    if status >= 400:
        # A form with faults goes back to its place, and not to where problems are shown.
        target = "#panel" if part == "panel" else f"#claim-{part}"
        response = reselect(reswap(retarget(response, target), "outerHTML"), target)
    return response


def highlighted(
    request: EditorRequest,
    edition: Edition,
    made: Highlighted,
    *,
    sent: list[tuple[str, str]],
    template: str = "annotations/_claim.html#highlighted",
    **more: Any,
) -> HttpResponse:
    """What a highlight brings back with htmx: its panel, its mark and its card.

    `sent` is what was sent, to be sent once more for another claim of the same words.
    """
    claim, passage = made.claim, made.appearance
    context: dict[str, Any] = {
        "desk": edition.pk,
        "claim": claim,
        "quote": passage.quote,
        "is_new": made.is_new,
        "can_highlight": True,
        "sent": sent,
        "article": edition.article_id,
        **more,
    } | suggestions_for(request, edition)
    if made.is_new:
        span = Span(passage.start, passage.end)
        context |= painted_under(edition, [span], context["suggestions"])
        context["card"] = Card(claim, passage.quote)
        context["card_before"] = card_before(context["passages"], claim.pk)
    response = render(request, template, context)
    response.headers["HX-Push-Url"] = desk_address(request, edition, claim)
    return response


def back_to(request: EditorRequest, claim: Claim) -> str:
    """Where a browser goes after a deed: the desk it came from, or the claim's page."""
    edition = desk_of(request)
    if edition is None:
        return claim.get_absolute_url()
    return f"{desk_address(request, edition, claim)}#panel"


def desk_address(
    request: EditorRequest, edition: Edition, claim: Claim | None = None
) -> str:
    """The address of the desk with `claim` open beside `edition`.

    The latest edition is not named: who shares the address shares the article, and not an
    old text of it. With htmx the address bar knows, which saves a query.
    """
    if request.htmx:
        named = "edition" in parse_qs(urlsplit(request.htmx.current_url or "").query)
    else:
        later = Edition.objects.filter(
            article=edition.article_id, number__gt=edition.number
        )
        named = later.exists()
    address = edition.get_absolute_url()
    if not named:
        address = address.partition("?")[0]
    if claim is None:
        return address
    return f"{address}{'&' if named else '?'}claim={claim.pk}"

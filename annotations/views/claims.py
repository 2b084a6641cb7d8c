from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from annotations import highlighting, measuring, workflow, writing
from annotations.desk import (
    answer,
    back_to,
    desk_address,
    desk_of,
    highlighted,
    painted_under,
    suggestions_for,
)
from annotations.forms import AttachForm, ClaimForm, HighlightForm, MoveForm
from annotations.http import EditorRequest, problem
from annotations.models import (
    Article,
    Authorship,
    Claim,
    ClaimKind,
    ClaimStatus,
    Edition,
    Source,
    Verdict,
)
from annotations.pages import page_of
from annotations.panels import claim_to_show, last_saved, panel
from annotations.refusals import Refusal, Stale
from annotations.text.spans import Span

from .articles import desk_page, editions_of

PAGE = 50


@require_POST
@permission_required("annotations.add_claim", raise_exception=True)
def highlight(request: EditorRequest, pk: int) -> HttpResponse:
    edition = desk_of(request)
    if edition is None or edition.article_id != pk:
        sentence = _("The article has changed; reload the page and select again.")
        return _not_highlighted(request, pk, None, sentence)
    form = HighlightForm(request.POST, edition=edition)
    if not form.is_valid():
        sentence = " ".join(
            str(error) for each in form.errors.values() for error in each
        )
        return _not_highlighted(request, pk, edition, sentence)
    span = form.cleaned_data["span"]
    try:
        made = _made(request, edition, span)
    except Refusal as refusal:
        return _not_highlighted(request, pk, edition, str(refusal))
    if not request.htmx:
        if made.is_new:
            messages.success(request, _("A claim was made of these words."))
        else:
            messages.info(request, _("These words are a claim already."))
        return redirect(back_to(request, made.claim))
    sent = [
        (name, value)
        for name, value in form.data.items()
        if name in form.fields and value
    ]
    return highlighted(request, edition, made, sent=sent)


def _not_highlighted(
    request: EditorRequest, article: int, edition: Edition | None, sentence: str
) -> HttpResponse:
    """Why no claim was made; without htmx on the desk again, with the words as they were typed."""
    quote = request.POST.get("quote", "")
    if request.htmx or not quote:
        return problem(request, sentence, status=409)
    there = get_object_or_404(Article.objects.defer("search"), pk=article)
    editions = editions_of(there)
    exact = {
        "quote": quote,
        "before": request.POST.get("before", ""),
        "error": sentence,
    }
    latest = edition or Edition.objects.defer("search").get(pk=editions[0].pk)
    return desk_page(request, there, editions, latest, exact=exact, status=409)


def _made(
    request: EditorRequest, edition: Edition, span: Span
) -> highlighting.Highlighted:
    """What the button asks for: a claim, another claim, or a passage of one that is there."""
    if claim := request.POST.get("claim", ""):
        is_number = claim.isascii() and claim.isdigit() and len(claim) < 18
        there = get_object_or_404(Claim, pk=int(claim) if is_number else None)
        return highlighting.add_passage(there, edition, span, by=request.user)
    if request.POST.get("again"):
        return highlighting.highlight_again(edition, span, by=request.user)
    return highlighting.highlight(edition, span, by=request.user)


@require_GET
@permission_required("annotations.view_claim", raise_exception=True)
def claim_list(request: EditorRequest) -> HttpResponse:
    """The queue: claims of every article, by state and by what waits for whom."""
    found = (
        Claim.objects.select_related("claimant", "assigned_to")
        .with_quotes()
        .with_articles()
    )
    query = request.GET.get("q", "").replace("\0", "").strip()
    status, kind = request.GET.get("status", ""), request.GET.get("kind", "")
    waits = request.GET.get("for", "")
    figure = request.GET.get("figure", "").replace("\0", "").strip()
    has_figures = bool(request.GET.get("figures"))
    is_figure_read = True
    if query:
        found = found.saying(query)
    if has_figures:
        found = measuring.with_figures(found)
    if figure:
        asked = measuring.asked_for(figure, language=request.user.language)
        is_figure_read = asked is not None
        found = measuring.saying_figure(found, asked) if asked else found.none()
    if status in ClaimStatus.values:
        found = found.filter(status=status)
    if kind in ClaimKind.values:
        found = found.filter(kind=kind)
    if waits == "me":
        found = found.filter(assigned_to=request.user)
    elif waits == "verdict":
        found = _to_judge(request, found)
    elif waits == "changed":
        found = found.changed_under()
    page = page_of(request, found, PAGE)
    context = {
        "section": "claims",
        "page": page,
        "query": query,
        "status": status,
        "kind": kind,
        "waits": waits,
        "figure": figure,
        "has_figures": has_figures,
        "is_figure_read": is_figure_read,
        "statuses": ClaimStatus.choices,
        "kinds": ClaimKind.choices,
    }
    return render(request, "annotations/claim_list.html", context)


def _to_judge(request: EditorRequest, found: Any) -> Any:
    """Those in review that wait for the verdict of this person."""
    given = Verdict.objects.filter(
        claim=OuterRef("pk"), round=OuterRef("round"), reviewer=request.user
    )
    wrote = Authorship.objects.filter(claim=OuterRef("pk"), user=request.user)
    return found.filter(
        ~Q(Exists(given)), ~Q(Exists(wrote)), status=ClaimStatus.IN_REVIEW
    )


@require_GET
@permission_required("annotations.view_claim", raise_exception=True)
def claim_detail(request: EditorRequest, pk: int) -> HttpResponse:
    claim = _shown(pk)
    edition = desk_of(request)
    if request.htmx:
        context = panel(request, claim, desk=edition.pk if edition else None)
        return render(request, "annotations/_claim.html#panel", context)
    context = panel(request, claim, attach_form=_from_source(request, claim))
    context["section"] = "claims"
    return render(request, "annotations/claim_detail.html", context)


def _from_source(request: EditorRequest, claim: Claim) -> AttachForm | None:
    """The form for the source that `?source=` names, filled in with what is known of it."""
    asked = request.GET.get("source", "")
    may = claim.can_be_written and request.user.has_perm("annotations.add_evidence")
    if not may or not (asked.isascii() and asked.isdigit() and len(asked) < 18):
        return None
    source = Source.objects.filter(pk=int(asked)).first()
    return AttachForm.of(source) if source else None


def _shown(pk: int) -> Claim:
    claim = claim_to_show(pk)
    if claim is None:
        raise Http404(_("There is no such claim; perhaps it was undone."))
    return claim


@require_POST
@permission_required("annotations.change_claim", raise_exception=True)
def write(request: EditorRequest, pk: int) -> HttpResponse:
    claim = _shown(pk)
    form = ClaimForm(request.POST, auto_id="claim-%s")
    if not form.is_valid():
        return answer(request, claim, "text", status=422, claim_form=form)
    values = dict(form.cleaned_data)
    try:
        claim = writing.write(claim, by=request.user, **values)
    except Stale as stale:
        current = cast(Claim, stale.current)
        mine = ClaimForm(_with(request, seen=current.version), auto_id="claim-%s")
        theirs = differences(form, current)
        return answer(
            request,
            claim,
            "text",
            status=409,
            claim_form=mine,
            theirs=theirs,
            saved_by=last_saved(current),
        )
    except Refusal as refusal:
        return problem(request, str(refusal), status=409)
    return answer(request, claim, "text")


def _with(request: EditorRequest, **values: object) -> Any:
    """What was sent, with these values in place of its own."""
    data = request.POST.copy()
    for name, value in values.items():
        data[name] = str(value)
    return data


def differences(form: ClaimForm, current: Claim) -> list[dict[str, Any]]:
    """Field by field, what somebody else saved where it is not what was sent."""
    values = ClaimForm.values(current)
    kinds = dict(ClaimKind.choices)
    rows = []
    for name, field in form.fields.items():
        if (
            name not in values
            or name == "seen"
            or values[name] == form.cleaned_data[name]
        ):
            continue
        there = kinds[values[name]] if name == "kind" else values[name]
        if isinstance(there, bool):
            there = _("yes") if there else _("no")
        rows.append({"label": field.label, "value": there})
    return rows


@require_POST
@permission_required("annotations.add_claim", raise_exception=True)
def undo(request: EditorRequest, pk: int) -> HttpResponse:
    edition = desk_of(request)
    claim = Claim.objects.filter(pk=pk).first()
    spans = []
    if claim is not None:
        if edition is not None:
            spans = [
                Span(row.start, row.end)
                for row in claim.appearances.filter(edition=edition)
            ]
        try:
            highlighting.undo(claim, by=request.user)
        except Refusal as refusal:
            return problem(request, str(refusal), status=409)
    if not request.htmx or edition is None:
        messages.success(request, _("The highlight is undone."))
        if edition is None:
            return redirect("annotations:claim_list")
        return redirect(desk_address(request, edition))
    context = {
        "desk": edition.pk,
        "undone": pk,
        "can_highlight": True,
    } | suggestions_for(request, edition)
    context |= painted_under(edition, spans, context["suggestions"])
    response = render(request, "annotations/_claim.html#undone", context)
    response.headers["HX-Push-Url"] = desk_address(request, edition)
    return response


@require_POST
@permission_required("annotations.view_claim", raise_exception=True)
def move(request: EditorRequest, pk: int) -> HttpResponse:
    claim = _shown(pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return problem(request, _("There is no such step."), status=409)
    # The step starts from what the person saw, not from what is there now.
    claim.status = form.cleaned_data["seen"]
    claim.round = form.cleaned_data["round"]
    to = ClaimStatus(form.cleaned_data["to"])
    asked = workflow.MOVES.get((claim.status, to))
    if asked and not asked.is_open_to(request.user):
        return problem(request, _("You may not take this step."), status=403)
    try:
        workflow.move(claim, to, by=request.user, reason=form.cleaned_data["reason"])
    except workflow.MoveRefused as refusal:
        return problem(request, str(refusal), status=409)
    said = _("Now “%s”.") % claim.get_status_display()
    return answer(request, claim, repaint=True, said=said)

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations import sourcing
from annotations.desk import answer, desk_address, desk_of
from annotations.forms import AttachForm, EvidenceEditForm
from annotations.http import EditorRequest, problem
from annotations.models import Claim, Evidence, Source
from annotations.panels import last_saved
from annotations.refusals import Refusal, Stale


@require_POST
@permission_required("annotations.add_evidence", raise_exception=True)
def attach(request: EditorRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim.objects.defer("search"), pk=pk)
    form = AttachForm(request.POST, auto_id="attach-%s")
    if not form.is_valid():
        return answer(request, claim, "evidence", status=422, attach_form=form)
    given = form.cleaned_data
    described = {
        "address": given["address"],
        "title": given["title"],
        "publisher": given["publisher"],
        "published_on": given["published_on"],
        "kind": given["source_kind"],
    }
    if known := sourcing.known_otherwise(**described):
        form = _as_known(request, known)
        return answer(request, claim, "evidence", status=422, attach_form=form)
    try:
        source = sourcing.keep_source(by=request.user, **described)
        sourcing.attach(
            claim,
            source,
            by=request.user,
            stance=given["stance"],
            excerpt=given["excerpt"],
            locator=given["locator"],
            note=given["note"],
        )
    except Refusal as refusal:
        return problem(request, str(refusal), status=409)
    return answer(request, claim, "evidence", said=_("The source is attached."))


def _as_known(request: EditorRequest, known: Source) -> AttachForm:
    """What was sent, the source described as it is known, and a sentence that says so."""
    data = request.POST.copy()
    data["title"], data["publisher"] = known.title, known.publisher
    data["published_on"] = str(known.published_on or "")
    data["source_kind"] = known.kind
    form = AttachForm(data, auto_id="attach-%s")
    form.add_error(
        "title",
        _(
            "This address is a source already, and you described it as “%(title)s”, "
            "%(publisher)s. What is known of it stands in the form now: attach it so."
        )
        % {"title": request.POST["title"], "publisher": request.POST["publisher"]},
    )
    return form


def _attached(pk: int) -> Evidence:
    found = Evidence.objects.attached().select_related("source", "claim")
    return get_object_or_404(found, pk=pk)


@require_http_methods(["GET", "POST"])
@permission_required("annotations.change_evidence", raise_exception=True)
def evidence_edit(request: EditorRequest, pk: int) -> HttpResponse:
    evidence = _attached(pk)
    theirs: Evidence | None = None
    status = 200
    if request.method == "GET":
        form = EvidenceEditForm(initial=_values(evidence))
    else:
        form = EvidenceEditForm(request.POST)
        if form.is_valid():
            try:
                sourcing.revise(evidence, by=request.user, **form.cleaned_data)
            except Stale as stale:
                theirs, status = cast(Evidence, stale.current), 409
                data = request.POST.copy()
                data["seen"] = str(theirs.version)
                form = EvidenceEditForm(data)
            except Refusal as refusal:
                return problem(request, str(refusal), status=409)
            else:
                messages.success(request, _("Saved."))
                edition = desk_of(request)
                if edition:
                    address = desk_address(request, edition, evidence.claim)
                    return redirect(f"{address}#panel")
                return redirect(evidence.claim)
        else:
            status = 422
    edition = desk_of(request)
    context = {
        "section": "claims",
        "evidence": evidence,
        "form": form,
        "theirs": theirs,
        "saved_by": last_saved(theirs) if theirs else None,
        "desk": edition.pk if edition else None,
    }
    return render(request, "annotations/evidence_form.html", context, status=status)


def _values(evidence: Evidence) -> dict[str, Any]:
    return {
        "seen": evidence.version,
        "stance": evidence.stance,
        "excerpt": evidence.excerpt,
        "locator": evidence.locator,
        "note": evidence.note,
    }


@require_POST
@permission_required("annotations.change_evidence", raise_exception=True)
def detach(request: EditorRequest, pk: int) -> HttpResponse:
    evidence = get_object_or_404(Evidence.objects.select_related("claim"), pk=pk)
    try:
        sourcing.detach(evidence, by=request.user)
    except Refusal as refusal:
        return problem(request, str(refusal), status=409)
    said = _("The source is detached; it stays in the history.")
    return answer(request, evidence.claim, "pieces", said=said)


@require_POST
@permission_required("annotations.change_evidence", raise_exception=True)
def shift(request: EditorRequest, pk: int) -> HttpResponse:
    evidence = get_object_or_404(Evidence.objects.select_related("claim"), pk=pk)
    try:
        sourcing.shift(evidence, by=request.user, up=request.POST.get("to") == "up")
    except Refusal as refusal:
        return problem(request, str(refusal), status=409)
    return answer(request, evidence.claim, "pieces")

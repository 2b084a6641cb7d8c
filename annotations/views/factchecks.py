from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from annotations import publishing, showing
from annotations.forms import FactCheckForm
from annotations.http import EditorRequest, problem
from annotations.models import Claim, FactCheck
from annotations.panels import claim_to_show, last_saved, material
from annotations.refusals import Refusal, Stale
from annotations.snapshots import snapshot

from .public import around


@require_http_methods(["GET", "POST"])
@permission_required("annotations.change_factcheck", raise_exception=True)
def factcheck_edit(request: EditorRequest, pk: int) -> HttpResponse:
    claims = Claim.objects.select_related("claimant", "factcheck").with_quotes()
    claim = get_object_or_404(claims, pk=pk)
    page: FactCheck | None = getattr(claim, "factcheck", None)
    theirs: FactCheck | None = None
    status = 200
    if request.method == "GET":
        form = FactCheckForm(
            initial={
                "seen": page.version if page else 0,
                "title": page.title if page else claim.statement[:200],
                "summary": page.summary if page else "",
                "body": page.body if page else "",
                "exception": page.exception if page else "",
            }
        )
    else:
        form = FactCheckForm(request.POST)
        if form.is_valid():
            try:
                publishing.write_factcheck(claim, by=request.user, **form.cleaned_data)
            except Stale as stale:
                theirs, status = cast(FactCheck, stale.current), 409
                data = request.POST.copy()
                data["seen"] = str(theirs.version)
                form = FactCheckForm(data)
            except Refusal as refusal:
                return problem(request, str(refusal), status=409)
            else:
                messages.success(
                    request, _("Saved. Readers see it once it is published.")
                )
                return redirect(claim)
        else:
            status = 422
    shown = claim_to_show(pk) or claim
    context = {
        "section": "claims",
        "claim": shown,
        "page": page,
        "form": form,
        "theirs": theirs,
        "saved_by": last_saved(theirs) if theirs else None,
        **material(request, shown),
    }
    return render(request, "annotations/factcheck_form.html", context, status=status)


@require_GET
@permission_required("annotations.view_factcheck", raise_exception=True)
def factcheck_preview(request: EditorRequest, pk: int) -> HttpResponse:
    """The page as readers would see it now, or as they will when the embargo ends."""
    page = get_object_or_404(FactCheck.objects.select_related("author"), claim=pk)
    if FactCheck.objects.past_embargo().filter(pk=page.pk).exists():
        return redirect(page)
    try:
        revision = showing.newest().filter(factcheck=page).first()
        content = revision.content if revision else snapshot(page)
    except ValueError:
        return problem(
            request,
            _("There is no decision yet, so there is nothing that readers could see."),
            status=409,
        )
    context = {
        "is_preview": True,
        "claim_id": pk,
        "embargo_until": page.embargo_until,
        "title": content["title"],
        "content": content,
        **around("home"),
        # It has no address yet, in any language.
        "addresses": [],
    }
    return render(request, "annotations/factcheck_preview.html", context)

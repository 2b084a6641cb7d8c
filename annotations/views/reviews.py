from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations import reviewing
from annotations.desk import answer
from annotations.forms import VerdictForm
from annotations.http import EditorRequest, problem
from annotations.models import Claim
from annotations.refusals import Refusal


@require_POST
@permission_required("annotations.add_verdict", raise_exception=True)
def give_verdict(request: EditorRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim.objects.defer("search"), pk=pk)
    form = VerdictForm(request.POST, auto_id="verdict-%s")
    if not form.is_valid():
        return answer(request, claim, "review", status=422, verdict_form=form)
    claim.round = form.cleaned_data["round"]
    try:
        reviewing.give_verdict(
            claim,
            form.cleaned_data["rating"],
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
    except Refusal as refusal:
        return problem(request, str(refusal), status=409)
    said = _("Your verdict is given.")
    return answer(request, claim, repaint=True, said=said)


@require_POST
@permission_required("annotations.add_decision", raise_exception=True)
def decide(request: EditorRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim.objects.defer("search"), pk=pk)
    form = VerdictForm(request.POST, auto_id="decision-%s")
    if not form.is_valid():
        return answer(request, claim, "review", status=422, decision_form=form)
    claim.round = form.cleaned_data["round"]
    try:
        reviewing.decide(
            claim,
            form.cleaned_data["rating"],
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
    except Refusal as refusal:
        return problem(request, str(refusal), status=409)
    said = _("Your decision is taken down.")
    return answer(request, claim, repaint=True, said=said)

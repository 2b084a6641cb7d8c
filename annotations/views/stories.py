from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from annotations.http import EditorRequest
from annotations.models import Claim
from annotations.pages import page_number
from annotations.telling import KINDS, Happening, story

# A screen or two; `?all=1` has everything, to be printed.
PAGE = 50


@require_GET
@permission_required("annotations.view_claim", raise_exception=True)
def claim_story(request: EditorRequest, pk: int) -> HttpResponse:
    """All that happened to a claim, in sentences, the first thing first."""
    claims = Claim.objects.select_related("claimant").defer("search")
    claim = get_object_or_404(claims, pk=pk)
    told = story(claim, seen_by=request.user)
    kind, person = request.GET.get("kind", ""), request.GET.get("person", "")
    chosen = [one for one in told if _is_asked_for(one, kind, person)]
    number = page_number(request)
    is_whole = bool(request.GET.get("all"))
    shown = chosen if is_whole else chosen[(number - 1) * PAGE : number * PAGE]
    context = {
        "section": "claims",
        "claim": claim,
        "happenings": shown,
        "number": len(chosen),
        "is_whole": is_whole,
        "page": {
            "number": number,
            "has_previous": number > 1 and not is_whole,
            "has_next": number * PAGE < len(chosen) and not is_whole,
            "previous": number - 1,
            "next": number + 1,
        },
        "kind": kind,
        "person": person,
        "kinds": [
            (key, label)
            for key, (label, _records) in KINDS.items()
            if any(one.kind == key for one in told)
        ],
        "people": _people(told),
    }
    return render(request, "annotations/claim_story.html", context)


def _is_asked_for(one: Happening, kind: str, person: str) -> bool:
    return (not kind or one.kind == kind) and (not person or person == str(one.person))


def _people(told: list[Happening]) -> list[tuple[str, str]]:
    """Who can be asked for: everybody in the story, by name."""
    named = {str(one.person): one.who for one in told if one.person}
    return sorted(named.items(), key=lambda item: item[1].casefold())

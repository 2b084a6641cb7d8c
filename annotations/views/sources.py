from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from annotations import sourcing
from annotations.http import EditorRequest
from annotations.models import Claim

# The newest; whoever wants another one searches.
PAGE = 50


@require_GET
@permission_required("annotations.view_source", raise_exception=True)
def source_list(request: EditorRequest) -> HttpResponse:
    """Sources used before, while a new one is typed; a page of its own without htmx."""
    query = request.GET.get("q", "").replace("\0", "").strip()
    proposes = request.htmx and not query
    most = sourcing.PROPOSED if request.htmx else PAGE
    context = {
        "section": "sources",
        "query": query,
        "sources": [] if proposes else sourcing.sources_like(query, most),
        "claim": _asked_for(request),
    }
    page = "annotations/source_list.html"
    return render(request, f"{page}#found" if request.htmx else page, context)


def _asked_for(request: EditorRequest) -> Claim | None:
    """The claim for which a source is looked for."""
    asked = request.GET.get("claim", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 18):
        return None
    return Claim.objects.with_quotes().filter(pk=int(asked)).first()

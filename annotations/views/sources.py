from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from annotations import sourcing
from annotations.http import EditorRequest


@require_GET
@permission_required("annotations.view_source", raise_exception=True)
def source_list(request: EditorRequest) -> HttpResponse:
    """Sources used before, while a new one is typed; a page of its own without htmx."""
    query = request.GET.get("q", "").replace("\0", "").strip()
    context = {
        "section": "claims",
        "query": query,
        "sources": sourcing.sources_like(query) if query else [],
    }
    page = "annotations/source_list.html"
    return render(request, f"{page}#found" if request.htmx else page, context)

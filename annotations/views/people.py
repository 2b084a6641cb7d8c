from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.http import EditorRequest, came_from, problem
from annotations.models.people import Language


@require_POST
def choose_language(request: EditorRequest) -> HttpResponse:
    """Speak this language to the person from now on, on every device."""
    language = request.POST.get("language", "")
    if language not in Language.values:
        return problem(request, _("There is no such language."), status=409)
    request.user.language = language
    request.user.save(update_fields=["language"])
    return redirect(came_from(request, "annotations:article_list"))

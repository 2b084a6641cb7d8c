from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from annotations.http import kept, problem, session_ended


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from a page of another session: sent from here, it may be sent again."""
    origin = request.headers.get("Origin", "")
    if origin and urlsplit(origin).netloc == request.get_host():
        if request.headers.get("HX-Request"):
            return problem(request, session_ended(), status=403)
        message = _(
            "This page was opened in an earlier session; nothing was saved yet."
        )
        return kept(request, message, status=403)
    message = _("This form did not come from this site, so nothing was done.")
    return problem(request, message, status=403)

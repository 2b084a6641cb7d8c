"""The least that a Django view can do: session, user, one insert, one partial.

The measure for a highlight, served by the same processes from the same database.
"""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST

from factcheck.urls import urlpatterns as product

TABLE = "CREATE TABLE IF NOT EXISTS bench_note (id bigserial PRIMARY KEY, by bigint, words text)"


@require_POST
def note(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_note (by, words) VALUES (%s, %s) RETURNING id",
            [request.user.pk, request.POST["quote"]],
        )
        cursor.fetchone()
    return render(
        request, "annotations/_claim.html#empty_panel", {"user": request.user}
    )


urlpatterns = [
    path("bench/note/", note),
    *product,
]

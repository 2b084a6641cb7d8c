"""The pages of the readers, for the tests that read them."""

import re
from html import unescape

from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation

from annotations.models import Article, ClaimStatus, FactCheck, User
from tests import make

HOSTILE = "</script><script>alert(1)</script><!-- \" ' & <b>{{ x }}</b>"
JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def published(quote: str = "It is round.", **fields) -> FactCheck:
    claim = make.claim(quote, status=ClaimStatus.PUBLISHED, **fields)
    return FactCheck.objects.select_related("claim").get(claim=claim)


def decided(
    quote: str = "It is round.", *, by: User | None = None, **page
) -> FactCheck:
    claim = make.claim(quote, by=by, status=ClaimStatus.DECIDED)
    return make.factcheck(claim, by=by, **page)


@translation.override("fr")
def address(page: FactCheck) -> str:
    return page.get_absolute_url()


@translation.override("fr")
def reading(page: FactCheck) -> str:
    articles = Article.objects.filter(editions__appearances__claim=page.claim_id)
    article = articles.distinct().get()
    return reverse("article_reading", args=[article.pk])


def text(answer: HttpResponse) -> str:
    """What can be read on the page, with single spaces."""
    body = answer.content.decode().partition("<body")[2]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def every_page(page: FactCheck) -> list[str]:
    """Where something of it is read, in both languages."""
    paths = ["/", "/?q=round", address(page), reading(page), "/methode/"]
    return [*paths, *(f"/en{path}" for path in paths)]

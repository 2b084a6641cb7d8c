"""Knowing an article again: by its addresses, and by its words."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from .models import Article, ArticleAddress, Edition, Fingerprint
from .text.addresses import BadAddress, canonical
from .text.aliases import key
from .text.fingerprints import METHOD, bands, likeness, shared, signature

# Signatures that agree in fewer places than this are of different texts.
LEAST_LIKENESS = 0.2
# What is pointed out: of the shorter text so much is in the longer one, word for word.
LEAST_SHARED = 0.5
# Editions whose signatures are compared, and whose texts then are: a common agency report
# has been taken in by a dozen papers, not by hundreds.
SIGNATURES = 200
TEXTS = 5


@dataclass(frozen=True, slots=True)
class Near:
    """An edition much like a text, and which share of the shorter one both have."""

    edition: Edition
    share: float


def keys_of(addresses: Iterable[str]) -> dict[str, str]:
    """The keys of those of `addresses` that are some, with the canonical spelling."""
    found: dict[str, str] = {}
    for address in addresses:
        try:
            spelling = canonical(address)
        except BadAddress:
            continue
        found.setdefault(key(spelling), spelling)
    return found


def article_at(addresses: Iterable[str]) -> Article | None:
    """The article at the first of `addresses` that leads to one. Two queries at most."""
    keys = keys_of(addresses)
    if not keys:
        return None
    # The very address comes first: it may have been given to its article by hand.
    exact = Article.objects.filter(address__in=keys.values()).defer("search")
    by_address = {article.address: article for article in exact}
    for address in keys.values():
        if address in by_address:
            return by_address[address]
    rows = ArticleAddress.objects.filter(key__in=keys).select_related("article")
    by_key = {row.key: row.article for row in rows.defer("article__search")}
    return next((by_key[each] for each in keys if each in by_key), None)


def take_turns(keys: Iterable[str]) -> None:
    """Wait for whoever is taking in a page of these keys, until this transaction ends."""
    numbers = sorted({_number(each) for each in keys})
    with connection.cursor() as cursor:
        for number in numbers:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _number(each: str) -> int:
    return int(hashlib.sha256(each.encode()).hexdigest()[:15], 16)


def know_as(article: Article, addresses: Iterable[str]) -> None:
    """Remember that `article` is at these addresses; those of other articles stay theirs."""
    ArticleAddress.objects.bulk_create(
        [
            ArticleAddress(article=article, address=address, key=each)
            for each, address in keys_of(addresses).items()
        ],
        ignore_conflicts=True,
    )


def nearest(text: str, *, besides: Article | None = None) -> Near | None:
    """The edition that shares most words with `text`, if it shares half of them.

    Editions of the article `besides` do not count. At most `TEXTS` texts are read.
    """
    of_text = signature(text)
    if not of_text:
        return None
    found = Fingerprint.objects.filter(bands__overlap=bands(of_text), method=METHOD)
    if besides:
        found = found.exclude(edition__article=besides)
    rows = found.order_by("-edition").values_list("edition", "signature")[:SIGNATURES]
    ranked = sorted(
        ((likeness(of_text, theirs), pk) for pk, theirs in rows), reverse=True
    )
    close = [pk for like, pk in ranked if like >= LEAST_LIKENESS][:TEXTS]
    editions = Edition.objects.select_related("article").defer(
        "search", "blocks", "article__search"
    )
    best = max(
        (Near(each, shared(text, each.text)) for each in editions.filter(pk__in=close)),
        key=lambda near: (near.share, near.edition.pk),
        default=None,
    )
    return best if best and best.share >= LEAST_SHARED else None


def fingerprint(*editions: Edition) -> None:
    """Have editions compared with those to come; twice does no harm."""
    made = []
    for edition in editions:
        of_text = signature(edition.text)
        made.append(
            Fingerprint(
                edition=edition,
                signature=of_text,
                bands=bands(of_text),
                method=METHOD,
            )
        )
    Fingerprint.objects.bulk_create(made, ignore_conflicts=True)

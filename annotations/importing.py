"""Taking articles in, and their next editions."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from .models import Article, Edition, User
from .models.people import Language
from .refusals import Refusal
from .text.blocks import Given, lay_out, lay_out_blocks, to_rows
from .text.cleaning import LONGEST


class ImportRefused(Refusal):
    """The text cannot be an edition."""


@dataclass(frozen=True, slots=True)
class Imported:
    """Where the text is now, and what of it is new."""

    article: Article
    edition: Edition
    is_new_article: bool
    is_new_edition: bool


@transaction.atomic
def import_article(
    raw: str | Sequence[Given],
    *,
    by: User,
    headline: str,
    address: str = "",
    outlet: str = "",
    byline: str = "",
    language: str = Language.FRENCH,
    published_on: date | None = None,
    selected_because: str = "",
) -> Imported:
    """Keep the text of an article; the same address leads to the article that is there.

    `raw` is a text as it was pasted, or blocks that are known already (`ExtractedBlock`).
    Another text under a known address becomes its next edition, the same text nothing
    new. Without an address, the same text is the same article. What is known of an
    article that is there stays as it is: it is corrected in its own form. Raises
    `ImportRefused` for an empty text, or one of more than 500 000 characters.
    """
    text, blocks = lay_out(raw) if isinstance(raw, str) else lay_out_blocks(raw)
    if not blocks:
        raise ImportRefused(_("The text is empty. Paste the words of the article."))
    if len(text) > LONGEST:
        raise ImportRefused(
            _("The text is too long: at most 500,000 characters can be kept.")
        )
    digest = hashlib.sha256(text.encode()).hexdigest()

    described = {
        "headline": headline,
        "outlet": outlet,
        "byline": byline,
        "language": language,
        "published_on": published_on,
        "selected_because": selected_because,
        "added_by": by,
    }
    if address:
        # Whoever comes second waits here for the first one's row, or finds it.
        article, is_new = Article.objects.get_or_create(
            address=address, defaults=described
        )
    else:
        # Without an address there is no row to wait for: the text itself takes its turn.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(digest[:15], 16)])
        twin = Edition.objects.filter(sha256=digest, article__address="").first()
        article = twin.article if twin else Article.objects.create(**described)
        is_new = twin is None

    if not is_new:
        Article.objects.select_for_update().get(pk=article.pk)
        latest = article.editions.first()
        if latest and latest.sha256 == digest:
            return Imported(article, latest, is_new_article=False, is_new_edition=False)

    last = article.editions.aggregate(last=Max("number"))["last"] or 0
    edition = Edition.objects.create(
        article=article,
        number=last + 1,
        text=text,
        blocks=to_rows(blocks),
        sha256=digest,
        retrieved_by=by,
    )
    return Imported(article, edition, is_new_article=is_new, is_new_edition=True)

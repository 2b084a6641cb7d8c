"""Taking articles in, and their next editions."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from .carrying import carry_on_to
from .models import Article, Edition, User
from .models.people import Language
from .recognising import article_at, fingerprint, keys_of, know_as, take_turns
from .refusals import Refusal
from .suggesting import suggest
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
    aliases: Sequence[str] = (),
    article: Article | None = None,
    apart: bool = False,
) -> Imported:
    """Keep the text of an article; the same address leads to the article that is there.

    `raw` is a text as it was pasted, or blocks that are known already (`ExtractedBlock`).
    `aliases`, its other addresses, lead there too, unless it is to stand `apart`; `article`
    names the article of which it is the next edition whatever its address.
    Another text under a known address becomes its next edition, the same text nothing
    new. Without an address, the same text is the same article. What is known of an
    article that is there stays as it is: it is corrected in its own form. The passages of
    earlier editions are carried over to the next by a task. Raises
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
    known_as = [each for each in (address, *aliases) if each]
    if known_as:
        # Whoever comes second waits here for the first one, and then finds the article.
        take_turns(keys_of(known_as))
        found = article or article_at([address] if apart else known_as)
    else:
        # Without an address the text itself takes its turn.
        take_turns([digest])
        twin = Edition.objects.filter(sha256=digest, article__address="").first()
        found = article or (twin.article if twin else None)
    is_new = found is None
    article = found or Article.objects.create(address=address, **described)
    know_as(article, known_as)

    if not is_new:
        Article.objects.select_for_update().get(pk=article.pk)
        latest = article.editions.first()
        if latest and latest.sha256 == digest:
            return Imported(article, latest, is_new_article=False, is_new_edition=False)

    numbers = article.editions.aggregate(last=Max("number")) if not is_new else {}
    last = numbers.get("last") or 0
    edition = Edition.objects.create(
        article=article,
        number=last + 1,
        text=text,
        blocks=to_rows(blocks),
        sha256=digest,
        retrieved_by=by,
    )
    fingerprint(edition)
    transaction.on_commit(partial(suggest.enqueue, edition_id=edition.pk))
    if last:
        carry_on_to(edition.pk)
    return Imported(article, edition, is_new_article=is_new, is_new_edition=True)

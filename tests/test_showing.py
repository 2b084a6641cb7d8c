from datetime import timedelta

import pytest
from django.utils import timezone

from annotations import publishing, showing
from annotations.models import ClaimStatus, FactCheck, Revision
from tests import make

pytestmark = pytest.mark.django_db


def page_of(claim) -> FactCheck:
    return FactCheck.objects.get(claim=claim)


def revise(page: FactCheck, **changes) -> Revision:
    first = page.revisions.get(number=1)
    return Revision.objects.create(
        factcheck=page,
        number=2,
        content=first.content | changes,
        published_by=first.published_by,
    )


def words_under(article) -> list[tuple[str, list[str]]]:
    return [
        (run.words, [run.nearest.anchor, *(passage.anchor for passage in run.begun)])
        for _, runs in article.blocks
        for run in runs
        if run.nearest
    ]


def test_drafts_embargoes_and_retractions_are_not_shown():
    make.factcheck(make.claim("One."))
    make.factcheck(make.claim("Two.", status=ClaimStatus.DECIDED))
    make.claim("Three.", status=ClaimStatus.RETRACTED)
    held = make.factcheck(make.claim("Four.", status=ClaimStatus.DECIDED))
    publishing.publish(
        held, by=make.moderator(), embargo_until=timezone.now() + timedelta(hours=1)
    )
    public = make.claim("Five.", status=ClaimStatus.PUBLISHED)

    assert [revision.factcheck.claim for revision in showing.shown()] == [public]


def test_the_last_revision_is_what_is_shown():
    page = page_of(make.claim(status=ClaimStatus.PUBLISHED))
    second = revise(page, title="Put right")

    assert list(showing.shown()) == [second]
    assert list(showing.shown_once()) == [second]


def test_a_retracted_page_leaves_a_trace_only_if_somebody_could_have_seen_it(
    monkeypatch,
):
    boss = make.moderator()
    now = timezone.now()
    seen = page_of(make.claim("One.", status=ClaimStatus.RETRACTED))
    unseen = make.factcheck(make.claim("Two.", status=ClaimStatus.DECIDED))
    publishing.publish(unseen, by=boss, embargo_until=now + timedelta(hours=1))
    publishing.retract(unseen, reason="No.", by=boss)
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=2))

    assert [revision.factcheck for revision in showing.shown_once()] == [seen]


def test_an_article_without_anything_published_is_not_shown():
    edition = make.edition("Before. It is round. After.")
    make.claim(edition=edition, status=ClaimStatus.DECIDED)

    assert showing.checked_article(edition.article_id) is None


def test_passages_that_overlap_are_cut_flat_and_each_is_named_once():
    editor = make.editor()
    edition = make.edition("It is as round as a ball, they say.", by=editor)
    for quote in ("as round as a ball", "round as a ball, they", "round"):
        make.claim(quote, by=editor, edition=edition, status=ClaimStatus.PUBLISHED)

    article = showing.checked_article(edition.article_id)

    assert "".join(run.words for _, runs in article.blocks for run in runs) == (
        edition.text
    )
    shown = words_under(article)
    assert [words for words, _ in shown] == ["as ", "round", " as a ball", ", they"]
    begun = [
        passage.anchor
        for _, runs in article.blocks
        for run in runs
        for passage in (run.begun + ([run.nearest] if run.is_begun else []))
    ]
    assert sorted(begun) == sorted(content["slug"] for content in article.marked)


def test_what_was_checked_in_an_earlier_edition_is_named_without_being_marked():
    editor = make.editor()
    address = "https://a.example/1"
    old = make.edition("It is flat. It is round.", address=address, by=editor)
    before = make.claim(
        "It is flat.", by=editor, edition=old, status=ClaimStatus.PUBLISHED
    )
    new = make.edition("No more. It is round.", address=address, by=editor)
    make.claim("It is round.", by=editor, edition=new, status=ClaimStatus.PUBLISHED)

    article = showing.checked_article(new.article_id)

    assert article.edition == new
    assert [content["slug"] for content in article.elsewhere] == [page_of(before).slug]
    assert [words for words, _ in words_under(article)] == ["It is round."]


def test_a_search_finds_french_words_in_other_forms_and_without_accents():
    claim = make.claim(status=ClaimStatus.DECIDED)
    page = make.factcheck(claim, summary="Les dépenses ont doublé.")
    publishing.publish(page, by=make.moderator())

    assert [len(showing.shown(query)) for query in ("depense", "doubler", "lune")] == [
        1,
        1,
        0,
    ]

"""Addresses of the desk, to be shared; and its ways for those without scripts."""

import pytest

from annotations.importing import import_article
from annotations.models import Appearance
from tests import make
from tests.views.readers import text

pytestmark = pytest.mark.django_db


def htmx(edition, query: str = "") -> dict[str, str]:
    address = f"http://testserver{edition.article.get_absolute_url()}{query}"
    return {"HX-Request": "true", "HX-Current-URL": address}


def next_edition(edition, editor):
    return import_article(
        "Another text.",
        by=editor,
        headline="x",
        address=edition.article.address,
        language="en",
    ).edition


def test_the_latest_edition_is_not_named_in_the_address(desk, editor):
    edition = make.edition(by=editor)
    article = edition.article.get_absolute_url()
    words = {"desk": edition.pk, "quote": "The moon"}

    answer = desk.post(f"{article}highlight/", words, headers=htmx(edition))
    claim = Appearance.objects.get().claim_id
    assert answer["HX-Push-Url"] == f"{article}?claim={claim}"
    answer = desk.get(f"{article}?claim={claim}", headers=htmx(edition))
    assert answer["HX-Push-Url"] == f"{article}?claim={claim}"
    plain = desk.post(f"{article}highlight/", words | {"quote": "It is round."})
    other = Appearance.objects.latest("pk").claim_id
    assert plain["Location"] == f"{article}?claim={other}#panel"
    assert f'href="{article}?claim={claim}#p-' in desk.get(f"/claims/{claim}/").text


def test_an_earlier_edition_stays_named(desk, editor):
    edition = make.edition(by=editor)
    claim = make.claim("The moon", by=editor, edition=edition)
    next_edition(edition, editor)
    article = edition.article.get_absolute_url()

    answer = desk.get(
        f"{article}?edition=1&claim={claim.pk}&desk={edition.pk}",
        headers=htmx(edition, "?edition=1"),
    )
    assert answer["HX-Push-Url"] == f"{article}?edition=1&claim={claim.pk}"
    words = {"desk": edition.pk, "quote": "It is round."}
    plain = desk.post(f"{article}highlight/", words)
    assert plain["Location"].startswith(f"{article}?edition=1&claim=")


def test_a_panel_opens_beside_the_text_that_is_on_the_screen(desk, editor):
    edition = make.edition(by=editor)
    claim = make.claim("The moon", by=editor, edition=edition)
    article = edition.article.get_absolute_url()
    next_edition(edition, editor)  # while the first one is being read

    answer = desk.get(
        f"{article}?claim={claim.pk}&desk={edition.pk}", headers=htmx(edition)
    )

    assert f'name="desk" value="{edition.pk}"' in answer.text
    assert answer["HX-Push-Url"] == f"{article}?claim={claim.pk}"


def test_a_claim_of_another_article_opens_beside_its_own(desk, editor):
    here = make.edition(by=editor).article
    claim = make.claim(by=editor)
    there = claim.appearances.get().edition.article

    answer = desk.get(f"{here.get_absolute_url()}?claim={claim.pk}")

    assert answer["Location"] == f"{there.get_absolute_url()}?claim={claim.pk}"
    assert desk.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("quote", "sentence"),
    [("Two things", "has these words 2 times"), ("Three", "does not have these words")],
)
def test_words_that_make_no_claim_are_on_the_page_again(desk, editor, quote, sentence):
    edition = make.edition("One thing. Two things. Two things.", by=editor)
    sent = {"desk": edition.pk, "quote": quote, "before": "nowhere at all"}
    if quote == "Two things":
        sent["before"] = ""

    answer = desk.post(f"{edition.article.get_absolute_url()}highlight/", sent)

    assert answer.status_code == 409
    form = answer.text.partition('class="exact"')[2]
    assert sentence in form.partition("</form>")[0]
    assert f">\n{quote}</textarea>" in form
    assert f'value="{sent["before"]}"' in form
    assert "One thing." in text(answer)


def test_words_selected_in_a_text_that_has_gone_are_kept_too(desk, editor):
    edition = make.edition("One thing.", by=editor)
    sent = {"desk": "999999", "quote": "One thing."}

    answer = desk.post(f"{edition.article.get_absolute_url()}highlight/", sent)

    assert answer.status_code == 409
    assert "The article has changed" in text(answer)
    assert ">\nOne thing.</textarea>" in answer.text


def test_a_source_is_found_again_and_attached_without_scripts(desk, editor):
    make.evidence(make.claim(by=editor), title="The great report", publisher="Cheese")
    make.evidence(make.claim(by=editor), title="A small paper")
    claim = make.claim(by=editor)

    found = desk.get(f"/sources/?q=great&claim={claim.pk}")
    assert "The great report" in text(found) and "A small paper" not in text(found)
    link = found.text.partition(f'href="/claims/{claim.pk}/?source=')[2]
    pk = link.partition("#attach-form")[0]
    page = desk.get(f"/claims/{claim.pk}/?source={pk}")

    form = page.text.partition('id="attach-form"')[2].partition("</form>")[0]
    assert 'value="The great report"' in form and 'value="Cheese"' in form


def test_the_newest_sources_are_listed_and_linked(desk, editor):
    assert "No source yet." in text(desk.get("/sources/"))
    make.evidence(make.claim(by=editor), title="The great report")

    assert "The great report" in text(desk.get("/sources/"))
    assert 'href="/sources/"' in desk.get("/claims/").text
    # While nothing is typed yet, nothing is proposed below the field.
    assert "report" not in desk.get("/sources/", headers={"HX-Request": "true"}).text


def test_the_list_of_claims_names_their_article(desk, editor):
    edition = make.edition(by=editor, headline="What the moon is made of")
    make.claim("It is round.", by=editor, edition=edition)

    page = desk.get("/claims/")

    assert "What the moon is made of" in text(page)
    assert "<q>It is round.</q>" in page.text


def test_a_text_without_claims_says_so(desk, editor):
    page = desk.get(make.article(by=editor).get_absolute_url())

    assert "None yet: the words that you make a claim of are listed here." in text(page)


def test_links_skip_to_the_parts_of_the_desk(desk, editor):
    claim = make.claim(by=editor)
    article = claim.appearances.get().edition.article
    page = desk.get(f"{article.get_absolute_url()}?claim={claim.pk}").text

    for place in ("reader", "panel-title", "claims-title"):
        assert f'href="#{place}"' in page
        assert f'id="{place}"' in page


def test_another_language_leads_back_from_a_form_with_faults(desk, editor):
    claim = make.claim(by=editor)

    answer = desk.post(f"/claims/{claim.pk}/attach/", {"title": "A report"})

    assert answer.status_code == 422
    assert f'name="next" value="/claims/{claim.pk}/"' in answer.text

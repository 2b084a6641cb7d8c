import pytest
from django.urls import reverse

from annotations.highlighting import add_passage
from annotations.models import Article
from tests import make
from tests.admin.browsing import form_of

ARTICLES = reverse("admin:annotations_article_changelist")
SENT = {
    "headline": "What the sun is made of",
    "address": "https://example.org/sun/",
    "outlet": "The Star",
    "byline": "",
    "language": "en",
    "published_on": "",
    "selected_because": "Readers asked.",
    "editions-TOTAL_FORMS": 1,
    "editions-INITIAL_FORMS": 1,
    "addresses-TOTAL_FORMS": 1,
    "addresses-INITIAL_FORMS": 1,
}


def test_what_is_known_of_an_article_is_corrected(browser):
    article = make.article()

    page = browser.post(
        form_of(article), {**SENT, "editions-0-id": article.editions.get().pk}
    )

    assert page.status_code == 302
    article.refresh_from_db()
    assert article.headline == "What the sun is made of"
    assert article.selected_because == "Readers asked."


def test_its_form_lists_the_editions_and_does_not_load_their_texts(
    browser, django_assert_max_num_queries
):
    article = make.article("The text of the article.")

    with django_assert_max_num_queries(20) as queries:
        page = browser.get(form_of(article))

    assert article.editions.get().get_absolute_url() in page.text
    assert "The text of the article." not in page.text
    assert not any('"annotations_edition"."text"' in query["sql"] for query in queries)


def test_an_address_that_another_article_has_is_refused_beside_the_field(browser):
    make.article(address="https://example.org/sun/")
    article = make.article()

    page = browser.post(
        form_of(article), {**SENT, "editions-0-id": article.editions.get().pk}
    )

    assert page.status_code == 200
    assert "This article is here already." in page.text


def test_articles_are_imported_on_the_desk_and_never_deleted(client, superuser):
    article = make.article()
    client.force_login(superuser)

    assert client.get(reverse("admin:annotations_article_add")).status_code == 403
    delete = reverse("admin:annotations_article_delete", args=[article.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert Article.objects.exists()


@pytest.mark.parametrize("query", ["cheese", "moon"])
def test_an_article_is_found_by_its_headline_and_its_text(browser, query):
    found = make.article("It is made of cheese.", headline="On the moon")
    make.article("It is made of gas.", headline="On the sun")

    page = browser.get(ARTICLES, {"q": query})

    assert list(page.context["cl"].result_list) == [found]


def test_the_list_says_how_many_claims_an_article_makes(browser, editor):
    edition = make.edition("It is round. It is far. It is not flat.", by=editor)
    claim = make.claim("It is round.", edition=edition, by=editor)
    make.claim("It is far.", edition=edition, by=editor)
    again = make.span(edition, "It is not flat.")
    add_passage(claim, edition, again, by=editor)

    page = browser.get(ARTICLES)

    assert '<td class="field-claims">2</td>' in page.text

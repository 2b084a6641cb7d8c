"""Readers are told at once that an article was changed after it was checked."""

import pytest

from annotations import carrying, settling
from annotations.importing import import_article
from annotations.models import Carriage, ClaimStatus, FactCheck
from tests import make
from tests.views.readers import address, reading, text

pytestmark = pytest.mark.django_db

OLD = "It costs 40 euros."


def changed(new="It costs 45 euros.", **fields) -> tuple[FactCheck, Carriage]:
    row = make.carriage(OLD, new, status=ClaimStatus.PUBLISHED, **fields)
    return FactCheck.objects.get(claim=row.appearance.claim), row


def english(client, path) -> str:
    return text(client.get(f"/en{path}"))


def test_the_page_says_at_once_that_the_article_was_changed(client):
    page, _row = changed()

    shown = english(client, address(page))

    assert f"The article was changed since; checked wording: {OLD}" in shown
    assert "It now says" not in shown  # nobody has said where the words stand now
    link = f'href="/en{reading(page)}#changed"'
    assert link in client.get(f"/en{address(page)}").content.decode()


def test_the_new_words_are_shown_once_a_person_has_said_so(client, editor):
    page, row = changed()

    settling.settle(row, 0, seen=1, by=editor)

    shown = english(client, address(page))
    assert f"checked wording: {OLD}" in shown
    assert "It now says: It costs 45 euros." in shown
    assert "It now says: It costs 45 euros." in english(client, reading(page))


def test_words_that_are_gone_are_said_to_be_gone_by_a_person_only(client, editor):
    page, row = changed("Nothing of this kind is said here any more today.")
    assert "no longer in it" not in english(client, address(page))

    settling.settle(row, None, seen=1, by=editor)

    assert "These words are no longer in it." in english(client, address(page))
    assert "These words are no longer in it." in english(client, reading(page))


@pytest.mark.parametrize("new", [OLD, "It costs 40\u00a0euros. Indeed."])
def test_nothing_is_said_where_the_checked_words_stand_as_they_did(client, new):
    page, row = changed(new + " And more was added.")

    assert row.state == "carried"
    assert "was changed since" not in english(client, address(page))
    shown = english(client, reading(page))
    assert "A later version exists" in shown
    assert "The words that we checked are in it as they were." in shown


def test_nothing_is_said_any_more_once_the_article_is_back_as_it_was(client, editor):
    page, row = changed()
    settling.settle(row, 0, seen=1, by=editor)
    assert "was changed since" in english(client, address(page))

    make.next_edition(row.edition, f"Before. {OLD} After.")

    assert "was changed since" not in english(client, address(page))


def test_an_article_that_was_not_changed_has_no_notice(client):
    row = make.claim(status=ClaimStatus.PUBLISHED)
    page = FactCheck.objects.get(claim=row)

    for path in (address(page), reading(page)):
        assert "changed since" not in english(client, path)


def test_as_long_as_nothing_is_compared_a_later_version_is_all_that_is_said(client):
    claim = make.claim(OLD, status=ClaimStatus.PUBLISHED)
    page = FactCheck.objects.get(claim=claim)
    article = claim.appearances.get().edition.article
    later = import_article(
        "Other words.", by=make.editor(), headline="-", address=article.address
    ).edition

    shown = english(client, reading(page))
    assert "A later version exists" in shown
    assert "as they were" not in shown
    carrying.carry_over.call(later.pk)
    assert f"Checked wording: {OLD}" in english(client, reading(page))


def test_a_proxy_that_asks_again_gets_the_changed_page(client):
    claim = make.claim(OLD, status=ClaimStatus.PUBLISHED)
    page = FactCheck.objects.get(claim=claim)
    paths = [address(page), reading(page)]
    tags = {path: client.get(path)["ETag"] for path in paths}
    for path in paths:
        again = client.get(path, headers={"If-None-Match": tags[path]})
        assert again.status_code == 304

    edition = claim.appearances.get().edition
    make.next_edition(edition, "Before. It costs 45 euros. After.")

    for path in paths:
        again = client.get(path, headers={"If-None-Match": tags[path]})
        assert again.status_code == 200
        assert again["ETag"] != tags[path]


def test_the_text_that_was_checked_is_what_readers_see(client):
    page, _row = changed()

    shown = english(client, reading(page))

    assert OLD in shown.partition("What you read here")[2]
    assert "It costs 45 euros." not in shown


def test_what_was_checked_before_is_marked_in_a_later_checked_text_that_says_it(
    client, editor
):
    edition = make.edition("It is old. It is round.", by=editor)
    early = make.claim(
        "It is old.", edition=edition, by=editor, status=ClaimStatus.PUBLISHED
    )
    changing = make.claim(
        "It is round.", edition=edition, by=editor, status=ClaimStatus.PUBLISHED
    )
    later = make.next_edition(edition, "It is old. It is flat. It has a lid on top.")
    make.claim(
        "It has a lid on top.", edition=later, by=editor, status=ClaimStatus.PUBLISHED
    )

    answer = client.get(f"/en/articles/{edition.article_id}/lecture/")

    body = answer.content.decode()
    assert f'id="{early.factcheck.slug}"' in body
    assert f'id="{changing.factcheck.slug}"' not in body
    assert "In an earlier version of this article" in body
    assert answer.context["reading"].edition == later


def test_the_pages_ask_as_much_however_often_the_article_was_changed(
    client, django_assert_num_queries
):
    page, row = changed()
    edition = row.edition
    for number in range(46, 50):
        edition = make.next_edition(edition, f"Before. It costs {number} euros. After.")

    for path, questions in ((address(page), 3), (reading(page), 5)):
        with django_assert_num_queries(questions):
            assert client.get(path).status_code == 200

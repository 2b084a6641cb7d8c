import pytest
from django.urls import reverse

from annotations.highlighting import undo
from annotations.suggesting import accept, reject
from tests import make
from tests.admin.browsing import form_of

LIST = reverse("admin:annotations_suggestion_changelist")


def test_suggestions_are_listed_with_what_became_of_them(browser, editor):
    waiting = make.suggestion("It is old.")
    rejected = make.suggestion("It is flat.")
    reject(rejected, by=editor)

    page = browser.get(LIST).text

    assert waiting.quote in page
    assert "a figure, attributed to somebody" in page
    assert "Rejected" in page
    assert f"{rejected.edition.get_absolute_url()}#s-{rejected.start}" in page
    page = browser.get(f"{LIST}?state__exact=rejected").text
    assert "It is flat." in page
    assert "It is old." not in page


def test_the_answers_are_counted_for_each_version_of_a_detector(browser, editor):
    for number in range(3):
        accept(make.suggestion(f"It is {number}."), by=editor)
    reject(make.suggestion("It is flat."), by=editor)
    make.suggestion("It is new.", detector_version="2")

    page = browser.get(LIST)

    assert [
        (row.version, row.accepted, row.rejected, row.percent)
        for row in page.context["acceptance"]
    ] == [("2", 0, 0, None), ("1", 3, 1, 75)]
    assert "75%" in page.text


def test_suggestions_are_not_changed_or_deleted_here(client, superuser):
    suggestion = make.suggestion()
    client.force_login(superuser)

    assert client.get(form_of(suggestion)).status_code == 200
    assert client.post(form_of(suggestion), {"quote": "No."}).status_code == 403
    delete = reverse("admin:annotations_suggestion_delete", args=[suggestion.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_the_list_asks_as_much_for_many_as_for_few(
    browser, django_assert_max_num_queries, django_assert_num_queries
):
    make.suggestion()
    with django_assert_max_num_queries(14) as few:
        browser.get(LIST)

    for number in range(10):
        make.suggestion(f"It is {number}.")
    with django_assert_num_queries(len(few)):
        browser.get(LIST)


def test_the_history_of_a_claim_tells_that_it_was_suggested(browser, editor):
    suggestion = make.suggestion()
    made = accept(suggestion, by=editor)

    page = browser.get(form_of(made.claim)).text

    assert "accepted what the detector suggested (made up 1)" in page
    assert form_of(made.claim) in browser.get(form_of(suggestion)).text
    undo(made.claim, by=editor)
    assert form_of(made.claim) not in browser.get(form_of(suggestion)).text


@pytest.mark.django_db
def test_what_was_learned_is_read_with_its_report(browser):
    weights = make.weights(report={"before": 0.61, "after": 0.65})

    assert "0.65" in browser.get(form_of(weights)).text

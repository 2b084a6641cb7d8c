from django.urls import reverse

from annotations.models import Newsroom
from tests import make

LIST = reverse("admin:annotations_newsroom_changelist")
ADD = reverse("admin:annotations_newsroom_add")
FORM = reverse("admin:annotations_newsroom_change", args=[1])
SENT = {
    "name": "The Check",
    "address": "https://check.example/",
    "verdicts_asked": 3,
    "suggestions_one_in": 7,
}


def test_the_list_of_the_one_newsroom_is_its_form(browser):
    assert browser.get(LIST).url == ADD

    make.newsroom()

    assert browser.get(LIST).url == FORM


def test_a_moderator_fills_in_the_newsroom_once_and_changes_it(browser):
    browser.post(ADD, SENT)
    assert Newsroom.objects.get(pk=1).verdicts_asked == 3
    assert browser.get(ADD).status_code == 403

    browser.post(FORM, {**SENT, "verdicts_asked": 2})
    assert Newsroom.objects.get().verdicts_asked == 2


def test_a_number_of_verdicts_that_makes_no_sense_is_refused(browser):
    make.newsroom()

    page = browser.post(FORM, {**SENT, "verdicts_asked": 10})

    assert "Ask for one to nine verdicts." in page.text


def test_the_newsroom_is_not_deleted(client, superuser):
    make.newsroom()
    client.force_login(superuser)

    delete = reverse("admin:annotations_newsroom_delete", args=[1])

    assert client.post(delete, {"post": "yes"}).status_code == 403

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from annotations import publishing
from annotations.models import ClaimStatus, FactCheck
from tests import make
from tests.admin.browsing import answer, choose, form_of, press

PAGES = reverse("admin:annotations_factcheck_changelist")


def written(**fields):
    return make.factcheck(make.claim(status=ClaimStatus.DECIDED), **fields)


def test_fact_checks_are_published_from_the_list_and_refusals_are_named(browser):
    ready = written()
    early = make.factcheck(make.claim(statement="It is round."), title="Too early")

    asked = choose(browser, "publish", ready, early, address=PAGES)
    page = answer(browser, asked)

    assert "Published 1 fact-check." in page.text
    assert "“Too early”: A claim is published once it is decided" in page.text
    ready.refresh_from_db()
    assert ready.published_at


def test_an_embargo_that_ends_in_the_past_is_refused(browser):
    page = written()

    done = answer(
        browser, press(browser, "publish", page), embargo_until="2001-01-01T08:00"
    )

    assert "The embargo ends in the past." in done.text
    page.refresh_from_db()
    assert page.published_at is None


def test_a_published_one_is_retracted_from_its_form(browser):
    page = make.claim(status=ClaimStatus.PUBLISHED).factcheck

    done = answer(browser, press(browser, "retract", page), reason="We were wrong.")

    assert "Retracted 1 fact-check." in done.text
    page.refresh_from_db()
    assert page.retraction == "We were wrong."


def test_a_superuser_cannot_publish_what_they_wrote(client, superuser):
    claim = make.claim(by=superuser, status=ClaimStatus.DECIDED)
    page = make.factcheck(claim, by=superuser)
    client.force_login(superuser)
    assert 'value="publish"' not in client.get(form_of(page)).text

    for asked in (
        press(client, "publish", page),
        choose(client, "publish", page, address=PAGES),
    ):
        assert "four eyes see more" in answer(client, asked).text
        assert FactCheck.objects.get().published_at is None


@pytest.mark.parametrize("is_public", [True, False])
def test_nobody_edits_or_deletes_one_in_the_admin(client, superuser, is_public):
    page = written()
    if is_public:
        publishing.publish(page, by=make.moderator())
    client.force_login(superuser)

    assert client.post(form_of(page), {"title": "Other"}).status_code == 403
    delete = reverse("admin:annotations_factcheck_delete", args=[page.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert "delete_selected" not in client.get(PAGES).text
    assert 'name="_save"' not in client.get(form_of(page)).text


def test_the_form_leads_to_the_preview_and_then_to_what_readers_see(browser):
    page = written()
    preview = reverse("annotations:factcheck_preview", args=[page.claim_id])
    assert preview in browser.get(form_of(page)).text

    publishing.publish(page, by=make.moderator())
    shown = browser.get(form_of(page)).text
    assert page.get_absolute_url() in shown
    assert "revisions-0" in shown


def test_the_list_is_filtered_by_what_readers_see_of_it(browser):
    boss = make.moderator()
    pages = {name: written() for name in ("draft", "embargo", "public", "retracted")}
    later = timezone.now() + timedelta(days=1)
    publishing.publish(pages["embargo"], by=boss, embargo_until=later)
    publishing.publish(pages["public"], by=boss)
    publishing.publish(pages["retracted"], by=boss)
    publishing.retract(pages["retracted"], reason="We were wrong.", by=boss)

    for state, page in pages.items():
        shown = browser.get(PAGES, {"state": state})
        assert list(shown.context["cl"].result_list) == [page]


def test_the_list_costs_as_many_queries_for_two_rows_as_for_six(
    browser, editor, django_assert_num_queries, django_assert_max_num_queries
):
    def written_by_two():
        written()
        make.factcheck(make.claim(by=editor, status=ClaimStatus.DECIDED))

    written_by_two()
    with django_assert_max_num_queries(20) as two:
        browser.get(PAGES)
    written_by_two()
    written_by_two()

    with django_assert_num_queries(len(two)):
        browser.get(PAGES)

from django.urls import reverse

from annotations.models import ClaimStatus, Source
from tests import make
from tests.admin.browsing import form_of


def sent(evidence, **fields):
    return {
        "title": evidence.source.title,
        "address": evidence.source.address,
        "publisher": evidence.source.publisher,
        "published_on": "",
        "kind": "secondary",
        "evidence-TOTAL_FORMS": 1,
        "evidence-INITIAL_FORMS": 1,
        "evidence-0-id": evidence.pk,
        **fields,
    }


def test_a_source_is_corrected_for_all_who_use_it(browser):
    evidence = make.evidence(make.claim())

    page = browser.post(
        form_of(evidence.source), sent(evidence, publisher="The Institute")
    )

    assert page.status_code == 302
    assert Source.objects.get().publisher == "The Institute"


def test_a_source_names_the_claims_that_use_it(browser):
    claim = make.claim(statement="The moon is round.")
    evidence = make.evidence(claim)

    page = browser.get(form_of(evidence.source)).text

    assert "The moon is round." in page
    assert form_of(claim) in page


def test_evidence_is_not_edited_through_its_source(browser):
    evidence = make.evidence(make.claim(status=ClaimStatus.OPEN), excerpt="Indeed.")

    browser.post(
        form_of(evidence.source),
        sent(evidence, **{"evidence-0-excerpt": "Not at all."}),
    )

    evidence.refresh_from_db()
    assert evidence.excerpt == "Indeed."


def test_sources_are_not_deleted(client, superuser):
    source = make.evidence(make.claim()).source
    client.force_login(superuser)

    delete = reverse("admin:annotations_source_delete", args=[source.pk])

    assert client.post(delete, {"post": "yes"}).status_code == 403

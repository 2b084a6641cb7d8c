from django.urls import reverse

from annotations.models import Claimant
from tests import make
from tests.admin.browsing import form_of


def sent(claim, **fields):
    return {
        "name": claim.claimant.name,
        "kind": "person",
        "role": "",
        "organisation": "",
        "wikidata_id": "",
        "claims-TOTAL_FORMS": 1,
        "claims-INITIAL_FORMS": 1,
        "claims-0-id": claim.pk,
        **fields,
    }


def test_a_claimant_is_described(browser):
    claim = make.claim(claimant="Ada Lovelace")

    page = browser.post(form_of(claim.claimant), sent(claim, wikidata_id="Q7259"))

    assert page.status_code == 302
    assert Claimant.objects.get().wikidata_id == "Q7259"


def test_a_name_that_another_claimant_has_is_refused(browser):
    claim = make.claim(claimant="Ada Lovelace")
    make.claim(claimant="Charles Babbage")

    page = browser.post(form_of(claim.claimant), sent(claim, name="charles babbage"))

    assert "This claimant is here already." in page.text


def test_a_claimant_names_what_they_claimed(browser):
    claim = make.claim(claimant="Ada Lovelace", statement="The moon is round.")

    page = browser.get(form_of(claim.claimant)).text

    assert form_of(claim) in page
    assert "The moon is round." in page


def test_claimants_are_not_deleted(client, superuser):
    claimant = make.claim(claimant="Ada Lovelace").claimant
    client.force_login(superuser)

    delete = reverse("admin:annotations_claimant_delete", args=[claimant.pk])

    assert client.post(delete, {"post": "yes"}).status_code == 403

import pytest
from django.urls import reverse

from annotations.models import ClaimStatus, Rating, RatingScale
from tests import make
from tests.admin.browsing import choose, form_of, press

RATINGS = reverse("admin:annotations_rating_changelist")


def test_a_rating_is_retired_and_used_again(browser):
    rating = make.ratings()["imprecise"]

    page = press(browser, "retire", rating)
    assert "Retired 1 rating." in page.text
    assert rating not in Rating.objects.to_choose()

    page = choose(browser, "take_back", rating, address=RATINGS)
    assert "1 rating is in use again." in page.text
    assert rating in Rating.objects.to_choose()


def test_a_retired_rating_whose_icon_another_has_stays_retired(browser):
    rating = make.ratings()["imprecise"]
    press(browser, "retire", rating)
    Rating.objects.create(
        scale=rating.scale,
        code="vague",
        label_fr="vague",
        label_en="Vague",
        definition_fr="vague",
        definition_en="vague",
        order=9,
        colour="grey",
        icon=rating.icon,
    )

    page = press(browser, "take_back", rating)

    assert "“Imprecise”: “Vague” has the same icon." in page.text
    rating.refresh_from_db()
    assert rating.retired_at


def test_what_a_rating_said_when_it_was_given_it_goes_on_saying(browser):
    make.claim(status=ClaimStatus.DECIDED)
    used, unused = make.ratings()["true"], make.ratings()["false"]

    assert 'name="label_en"' not in browser.get(form_of(used)).text
    assert 'name="label_en"' in browser.get(form_of(unused)).text
    assert 'name="definition_en"' in browser.get(form_of(used)).text


@pytest.mark.parametrize("model", ["rating", "ratingscale"])
def test_neither_ratings_nor_scales_are_deleted(client, superuser, model):
    rating = make.ratings()["true"]
    pk = rating.pk if model == "rating" else rating.scale_id
    client.force_login(superuser)

    delete = reverse(f"admin:annotations_{model}_delete", args=[pk])

    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_a_second_scale_in_use_is_refused_in_words(browser):
    make.ratings()

    page = browser.post(
        reverse("admin:annotations_ratingscale_add"),
        {
            "name": "Another",
            "is_current": "on",
            "ratings-TOTAL_FORMS": 0,
            "ratings-INITIAL_FORMS": 0,
        },
    )

    assert "Another scale is in use." in page.text
    assert RatingScale.objects.count() == 1

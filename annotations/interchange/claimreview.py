"""A fact-check as schema.org ClaimReview.

Source of the properties and of which are required: schema.org/ClaimReview, and Google's
page "Fact check (ClaimReview) structured data". The markup is made of the revision that
readers see, so that it says nothing else. `firstAppearance` is left out: a newsroom knows
where it read a claim, and seldom where it was first made.
"""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.models import Claim, ClaimantKind, Newsroom, Revision

# What could end a <script> element or begin another, as JSON may also write it.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def problems(claim: Claim) -> Iterator[str]:
    """What would make the markup of this claim invalid, one sentence each."""
    ours = urlsplit(settings.SITE_ADDRESS).hostname
    appearances = claim.appearances.select_related("edition__article").values_list(
        "edition__article__address", flat=True
    )
    elsewhere = [
        address
        for address in appearances
        if address and urlsplit(address).hostname != ours
    ]
    if claim.claimant_id is None and not elsewhere:
        yield _(
            "Name the claimant, or give the article an address that is not our own: "
            "readers must see who claimed it or where."
        )
    if not Newsroom.objects.exclude(name="").exclude(address="").exists():
        yield _(
            "Give the newsroom its name and address: readers must see who checked it."
        )


def claim_review(
    revision: Revision, language: str = settings.LANGUAGE_CODE
) -> dict[str, Any]:
    """The ClaimReview of what readers see on the page in `language`, as JSON-LD.

    Raises `ValueError` if a property that is required would be missing.
    """
    content = revision.content
    rating = content["rating"]
    review_rating: dict[str, Any] = {
        "@type": "Rating",
        "alternateName": rating.get(f"label_{language}") or rating["label_fr"],
    }
    if rating["number"] is not None and rating["best"] != rating["worst"]:
        review_rating |= {
            "ratingValue": rating["number"],
            "bestRating": rating["best"],
            "worstRating": rating["worst"],
        }
    required = [
        content["statement"],
        review_rating["alternateName"],
        content["slug"],
        content["newsroom"]["name"],
    ]
    if not all(text.strip() for text in required):
        raise ValueError("The markup lacks what ClaimReview requires.")

    with translation.override(language):
        path = reverse("factcheck_detail", args=[content["slug"]])
    author = {"@type": "Organization", "name": content["newsroom"]["name"]}
    if content["newsroom"]["address"]:
        author["url"] = content["newsroom"]["address"]
    markup: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"{settings.SITE_ADDRESS}{path}",
        "name": content["title"],
        "description": content["summary"],
        "inLanguage": settings.LANGUAGE_CODE,
        "datePublished": content["published_at"],
        "author": author,
        "claimReviewed": content["statement"],
        "reviewRating": review_rating,
        "itemReviewed": _claim(content),
    }
    if content["body"].strip():
        markup["reviewBody"] = content["body"]
    if revision.number > 1:
        markup["dateModified"] = revision.published_at.isoformat()
    return markup


def _claim(content: dict[str, Any]) -> dict[str, Any]:
    claim: dict[str, Any] = {"@type": "Claim", "text": content["statement"]}
    if content["claimed_on"]:
        claim["datePublished"] = content["claimed_on"]
    if claimant := content["claimant"]:
        # What was published before claimants had a kind calls each of them a person.
        author: dict[str, Any] = {"@type": "Person", "name": claimant["name"]}
        if claimant.get("kind") == ClaimantKind.ORGANISATION:
            author["@type"] = "Organization"
            if claimant["role"]:
                author["description"] = claimant["role"]
        elif claimant["role"]:
            author["jobTitle"] = claimant["role"]
        if claimant["organisation"] not in ("", claimant["name"]):
            relation = "affiliation"
            if author["@type"] == "Organization":
                relation = "parentOrganization"
            author[relation] = {
                "@type": "Organization",
                "name": claimant["organisation"],
            }
        if claimant["wikidata_id"]:
            author["sameAs"] = (
                f"https://www.wikidata.org/wiki/{claimant['wikidata_id']}"
            )
        claim["author"] = author
    articles = {
        row["address"]: _article(row)
        for row in content["appearances"]
        if row["address"]
    }
    if articles:
        claim["appearance"] = list(articles.values())
    return claim


def _article(row: dict[str, Any]) -> dict[str, Any]:
    article: dict[str, Any] = {
        "@type": "Article",
        "url": row["address"],
        "headline": row["headline"],
    }
    if row["published_on"]:
        article["datePublished"] = row["published_on"]
    if row["byline"]:
        article["author"] = {"@type": "Person", "name": row["byline"]}
    if row["outlet"]:
        article["publisher"] = {"@type": "Organization", "name": row["outlet"]}
    return article


def as_script(markup: dict[str, Any]) -> SafeString:
    """The markup as text that cannot leave its <script> element."""
    return SafeString(json.dumps(markup, ensure_ascii=False).translate(ESCAPES))

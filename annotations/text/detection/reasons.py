"""Why a sentence is suggested, in words."""

from collections.abc import Mapping

# Slug → words for an editor, in the order of their weight: the strongest first. A page
# translates the words; suggestions keep the slugs, so a slug is never given a new meaning.
REASONS = {
    "money": "a sum of money",
    "share": "a share or a rate",
    "ratio": "so many times as much",
    "change": "a rise or a fall",
    "comparison_of_years": "compares two times",
    "figure": "a figure",
    "superlative": "a superlative or a record",
    "comparison": "a comparison",
    "cause": "says what causes what",
    "study": "relies on a study or on statistics",
    "law": "says what a law or a rule is",
    "quantifier": "speaks of all, or of none",
    "hearsay_conditional": "reported as hearsay",
    "attributed": "attributed to somebody",
    "denied": "denies or accuses",
    "quoted": "words in quotation marks",
    "date": "a date that can be checked",
    "named": "names somebody or something",
    "alike": "reads like what is often checked",
}
# Feature → the reason it is.
OF_FEATURES = {
    "money": "money",
    "share": "share",
    "ratio": "ratio",
    "change": "change",
    "change_words": "change",
    "comparison_of_years": "comparison_of_years",
    "count": "figure",
    "measure": "figure",
    "large_number": "figure",
    "superlative": "superlative",
    "comparison": "comparison",
    "cause": "cause",
    "study": "study",
    "law": "law",
    "quantifier": "quantifier",
    "hearsay": "hearsay_conditional",
    "claiming": "attributed",
    "attribution": "attributed",
    "according_to": "attributed",
    "denial": "denied",
    "quotation": "quoted",
    "date": "date",
    "named": "named",
}


# Features that are a rise or a fall only where there is a figure, too: "la foule monte".
ONLY_WITH_FIGURES = frozenset({"change_words"})
FIGURES = ("money", "share", "count", "measure", "digits", "number_words", "ratio")


def reasons_of(features: Mapping[str, float]) -> tuple[str, ...]:
    """The slugs that the `features` of a sentence give, the strongest first; one at least."""
    has_figures = any(features.get(name, 0.0) > 0 for name in FIGURES)
    found = {
        reason
        for name, reason in OF_FEATURES.items()
        if features.get(name, 0.0) > 0
        and (has_figures or name not in ONLY_WITH_FIGURES)
    }
    return tuple(slug for slug in REASONS if slug in found) or ("alike",)

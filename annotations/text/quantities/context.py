"""The words around a figure: how near it is to the truth, and whether it tells a change."""

from collections.abc import Sequence

from .tokens import Token, counts_things
from .values import Approximation, Change

A = Approximation
# Right before the figure, the longest first; the words of an approximation.
BEFORE = {
    "fr": {
        "environ": A.ABOUT, "autour de": A.ABOUT, "autour d'": A.ABOUT,
        "aux alentours de": A.ABOUT, "aux environs de": A.ABOUT, "à peu près": A.ABOUT,
        "approximativement": A.ABOUT, "quelque": A.ABOUT, "quelques": A.ABOUT, "à peine": A.ABOUT,
        "de l' ordre de": A.ABOUT, "de l' ordre d'": A.ABOUT, "vers": A.ABOUT,
        "grosso modo": A.ABOUT, "estimé à": A.ABOUT, "estimée à": A.ABOUT, "estimés à": A.ABOUT,
        "estimées à": A.ABOUT,
        "près de": A.ALMOST, "près d'": A.ALMOST, "presque": A.ALMOST, "quasiment": A.ALMOST,
        "pas loin de": A.ALMOST, "pas loin d'": A.ALMOST, "proche de": A.ALMOST,
        "proche d'": A.ALMOST, "proches de": A.ALMOST,
        "plus de": A.MORE_THAN, "plus d'": A.MORE_THAN, "supérieur à": A.MORE_THAN,
        "supérieure à": A.MORE_THAN, "supérieurs à": A.MORE_THAN, "supérieures à": A.MORE_THAN,
        "au - delà de": A.MORE_THAN, "au delà de": A.MORE_THAN, "au - dessus de": A.MORE_THAN,
        "dépasse": A.MORE_THAN, "dépassent": A.MORE_THAN, "dépassé": A.MORE_THAN,
        "dépassant": A.MORE_THAN, "dépasser": A.MORE_THAN, "excède": A.MORE_THAN,
        "au moins": A.AT_LEAST, "minimum": A.AT_LEAST, "un minimum de": A.AT_LEAST,
        "à partir de": A.AT_LEAST, "à partir d'": A.AT_LEAST, "pas moins de": A.AT_LEAST,
        "pas moins d'": A.AT_LEAST, "au minimum": A.AT_LEAST,
        "moins de": A.LESS_THAN, "moins d'": A.LESS_THAN, "inférieur à": A.LESS_THAN,
        "inférieure à": A.LESS_THAN, "inférieurs à": A.LESS_THAN, "inférieures à": A.LESS_THAN,
        "en dessous de": A.LESS_THAN, "au - dessous de": A.LESS_THAN, "sous les": A.LESS_THAN,
        "sous la barre des": A.LESS_THAN, "au plus": A.AT_MOST, "tout au plus": A.AT_MOST,
        "au maximum": A.AT_MOST, "maximum": A.AT_MOST, "un maximum de": A.AT_MOST,
        "jusqu' à": A.AT_MOST, "jusqu'à": A.AT_MOST, "pas plus de": A.AT_MOST,
        "pas plus d'": A.AT_MOST,
    },
    "en": {
        "about": A.ABOUT, "around": A.ABOUT, "roughly": A.ABOUT, "approximately": A.ABOUT,
        "some": A.ABOUT, "circa": A.ABOUT, "an estimated": A.ABOUT, "in the region of": A.ABOUT,
        "nearly": A.ALMOST, "almost": A.ALMOST, "close to": A.ALMOST, "just under": A.LESS_THAN,
        "more than": A.MORE_THAN, "over": A.MORE_THAN, "above": A.MORE_THAN,
        "upwards of": A.MORE_THAN, "in excess of": A.MORE_THAN, "greater than": A.MORE_THAN,
        "exceeding": A.MORE_THAN, "exceeds": A.MORE_THAN, "exceeded": A.MORE_THAN,
        "higher than": A.MORE_THAN, "just over": A.MORE_THAN,
        "at least": A.AT_LEAST, "no less than": A.AT_LEAST, "no fewer than": A.AT_LEAST,
        "not less than": A.AT_LEAST, "a minimum of": A.AT_LEAST, "minimum": A.AT_LEAST,
        "less than": A.LESS_THAN, "fewer than": A.LESS_THAN, "under": A.LESS_THAN,
        "below": A.LESS_THAN, "lower than": A.LESS_THAN, "at most": A.AT_MOST,
        "no more than": A.AT_MOST, "not more than": A.AT_MOST, "up to": A.AT_MOST,
        "as much as": A.AT_MOST, "as many as": A.AT_MOST, "a maximum of": A.AT_MOST,
    },
}  # fmt: skip
AFTER = {
    "fr": {
        "environ": A.ABOUT, "au moins": A.AT_LEAST, "ou plus": A.AT_LEAST, "et plus": A.AT_LEAST,
        "au minimum": A.AT_LEAST, "minimum": A.AT_LEAST, "au plus": A.AT_MOST,
        "ou moins": A.AT_MOST, "au maximum": A.AT_MOST, "maximum": A.AT_MOST,
    },
    "en": {
        "or so": A.ABOUT, "at least": A.AT_LEAST, "or more": A.AT_LEAST, "or less": A.AT_MOST,
        "or fewer": A.AT_MOST, "at most": A.AT_MOST,
    },
}  # fmt: skip
LONGEST = 4
# Passed over between such words and the figure: "environ les 300", "plus des 40".
ARTICLES = frozenset({
    "les", "des", "ces", "the", "son", "leur", "leurs", "ses", "its", "a", "an", "bonne",
})  # fmt: skip

# Beginnings of words that tell a change.
UP = (
    "hausse", "augment", "progress", "progrès", "croissance", "croît", "crû", "accroî",
    "accru", "bond", "rebond", "grimp", "envol", "relev", "relèv", "remont", "flamb",
    "gagn", "hauss", "majoration", "gain", "increas", "ris", "rose", "grew", "grow", "gain",
    "jump", "climb", "surg", "soar", "up", "added", "higher", "rais", "lift", "hik",
)  # fmt: skip
DOWN = (
    "baiss", "recul", "chut", "diminu", "repli", "réduc", "rédui", "effondr", "plong",
    "perd", "pert", "dégring", "régress", "contract", "abaiss", "rabais", "amput",
    "amoindr", "decreas", "declin", "drop", "fell", "fall", "cut", "slump", "plung", "lost",
    "lose", "losing", "down", "shrank", "shrink", "reduc", "lower",
)  # fmt: skip
# That begin so, and tell nothing of the kind.
NOT_A_CHANGE = frozenset({
    "risque", "risques", "rising_star", "cute", "upon", "upper", "uploaded", "downing",
    "download", "downtown", "downstream", "perdrix", "gagnant", "gagnants", "gagnante",
    "lower-case", "updated", "update", "upset", "risk", "risks", "risky", "rosé", "roses",
    "falls-church", "fallacy", "cuts-through", "grown-up", "risquent", "risquer", "risqué",
    "growers", "perdants", "perdant", "falloir", "fallait", "fallu", "fallut",
})  # fmt: skip
# The verbs and signs that the figure follows at once: "gagne 3 %", "up 3%".
AT_ONCE = frozenset({
    "gagne", "gagné", "gagnent", "gagnait", "gagner", "perd", "perdu", "perdent", "perdait",
    "perdre", "cède", "cédé", "prend", "up", "down", "rose", "fell", "grew", "jumped",
    "climbed", "gained", "lost", "dropped", "declined", "rises", "falls", "increased",
    "decreased", "rising", "falling", "growing", "soared", "surged", "plunged", "slumped",
    "shrank", "gains", "loses", "shed", "added",
})  # fmt: skip
LOSES = frozenset({"cède", "cédé", "shed"})
HOW_MUCH = frozenset({"de", "d'", "by", "of"})
# After the figure: "3 % de plus", "a 3% increase", "3 % de hausse".
MORE_AFTER = {
    "de plus": Change.UP, "en plus": Change.UP, "supplémentaires": Change.UP,
    "supplémentaire": Change.UP, "de hausse": Change.UP, "d' augmentation": Change.UP,
    "de croissance": Change.UP, "de moins": Change.DOWN, "en moins": Change.DOWN,
    "de baisse": Change.DOWN, "de recul": Change.DOWN, "de réduction": Change.DOWN,
    "more": Change.UP, "higher": Change.UP, "increase": Change.UP, "rise": Change.UP,
    "growth": Change.UP, "jump": Change.UP, "hike": Change.UP, "additional": Change.UP,
    "gain": Change.UP, "less": Change.DOWN, "lower": Change.DOWN, "fewer": Change.DOWN,
    "decrease": Change.DOWN, "fall": Change.DOWN, "drop": Change.DOWN, "decline": Change.DOWN,
    "cut": Change.DOWN, "reduction": Change.DOWN,
}  # fmt: skip
FARTHEST = 8  # tokens between the word of a change and its figure
CLAUSE_ENDS = frozenset(',;:.!?()«»"“”')


def approximation_before(
    row: Sequence[Token], index: int, language: str
) -> tuple[Approximation, int]:
    """How near the figure at `index` is, and the index of the first word that says so."""
    table = BEFORE[language]
    end = index
    if end and row[end - 1].lower in ARTICLES:
        end -= 1
    for stop in dict.fromkeys((index, end)):
        for length in range(min(LONGEST, stop), 0, -1):
            words = " ".join(token.lower for token in row[stop - length : stop])
            if found := table.get(words):
                return found, stop - length
    return Approximation.EXACT, index


def approximation_after(
    row: Sequence[Token], index: int, language: str
) -> tuple[Approximation, int]:
    """How near the figure before `index` is, and the index past the words that say so."""
    for start in (index, index + counts_things(row, index)):  # "300 personnes environ"
        for past in (start + 2, start + 1):
            words = " ".join(token.lower for token in row[start:past])
            if past <= len(row) and (found := AFTER[language].get(words)):
                return found, past
    return Approximation.EXACT, index


def change_of(row: Sequence[Token], first: int, past: int) -> Change:
    """Whether the figure of the tokens from `first` up to `past` tells a change, by its words."""
    for length in (2, 1):
        words = " ".join(token.lower for token in row[past : past + length])
        if found := MORE_AFTER.get(words):
            return found
    if not first:
        return Change.LEVEL
    before = row[first - 1].lower
    if before in AT_ONCE:
        if before in LOSES:
            return Change.DOWN
        found = direction(before)
        return Change.UP if found is Change.LEVEL else found
    if before not in HOW_MUCH:
        return Change.LEVEL
    for place in range(first - 2, max(first - 2 - FARTHEST, -1), -1):
        word = row[place].lower
        if word in CLAUSE_ENDS or word[0].isdecimal():
            break
        if (found := direction(word)) is not Change.LEVEL:
            return found
    return Change.LEVEL


def direction(word: str) -> Change:
    """Up or down, as the word tells."""
    if word in NOT_A_CHANGE:
        return Change.LEVEL
    if word.startswith(UP):
        return Change.UP
    if word.startswith(DOWN):
        return Change.DOWN
    return Change.LEVEL

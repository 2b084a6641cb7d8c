"""Who says what a sentence says, where the sentence tells: no name rather than a wrong one.

No pattern here looks farther than a few words from where it begins, so time grows as the
text does.
"""

import re
from collections.abc import Iterator

# What is longer is a list or a table without ends.
LONGEST = 1_000

CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
WORD = rf"{CAPITAL}[\w’'-]*"
# "Jean-Pierre de La Fontaine", "Bank of England", "Institut national d'études" up to its
# first small word; a few words, as names are.
JOINT = r"(?:(?:de|du|des|la|le|van|von|der|den|da|di|bin|al|ben|of|for)\ ){0,2}"
NAME = rf"{WORD}(?:\ {JOINT}{WORD}){{0,4}}"

FRENCH_ROLES = (
    "ministre premier ministre présidente président députée député eurodéputée eurodéputé "
    "sénatrice sénateur maire porte-parole candidate candidat patronne patron économiste "
    "directrice directeur chercheuse chercheur professeure professeur avocate avocat "
    "chancelière chancelier historienne historien sociologue milliardaire climatologue"
)
FRENCH_ROLE = (
    r"(?:(?:MM?\.|Mmes?|Dr|Pr|Me)\ |(?:[Ll]e|[Ll]a|[Ll][’'])\s?(?:"
    + "|".join(FRENCH_ROLES.replace("premier ministre", "").split())
    + r"|[Pp]remi(?:er|ère)\ ministre)(?:\ [a-zà-ÿ-]{5,15})?\ )?"
)
# An institution with small words in its name, up to a comma: "la Banque centrale européenne".
INSTITUTION = (
    r"(?:[Ll]es?\ |[Ll]a\ |[Ll][’'])"
    rf"((?:ministère|{WORD})(?:\ (?!(?:qui|que|dont|et|ou|où|cité|citée)\b)[\w’'-]+){{0,6}}?)"
)
ENGLISH_ROLE = (
    r"(?:(?:[Tt]he\ )?(?:(?:Vice )?President|Prime\ Minister|Senator|Sen\.|Rep\.|Mr\.?|Mrs\.?|"
    r"Ms\.?|Dr\.?|Prof\.?|Professor|Minister|Governor|Gov\.|Mayor|Chancellor|Secretary|Sir)\ |"
    r"[Tt]he\ )?"
)

FRENCH_VERB = (
    r"(?:(?:a|avait)\ (?:(?:ainsi|aussi|encore|également|récemment|publiquement)\ )?"
    r"(?:affirmé|déclaré|assuré|soutenu|prétendu|annoncé|indiqué|expliqué|précisé|rappelé|"
    r"souligné|répété|martelé|lancé|estimé|ajouté|dit)|"
    r"affirme|déclare|assure|soutient|prétend|annonce|indique|explique|précise|rappelle|"
    r"souligne|répète|martèle|lance|estime|ajoute)"
)
ENGLISH_VERB = (
    r"(?:(?:has\ |had\ )?(?:said|claimed|stated|insisted|asserted|argued|announced|declared)|"
    r"says|claims|states|insists|asserts|argues|announces|declares)"
)

# Where a clause begins, and a name is not somebody else's: "le frère de Jean Dupont affirme".
BEGINS = (
    r"(?:\A[\s«“\"—–-]*(?:(?:Mais|Et|Or|Car|Pourtant|But|And|Yet),?\ )?|[,;:»”\"]\s)"
)
ENDS = r"(?=\s*(?:[,.;:!)»”\"]|\Z|\())"
AFTER_A_NAME = (
    r"(?=\s*(?:[,.;:!)»”\"]|\Z|\()|\ (?:à|au|aux|sur|dans|lors|devant|en|ce|cette|mardi|lundi|"
    r"mercredi|jeudi|vendredi|samedi|dimanche|on|in|at|during|to)\b)"
)

PATTERNS = {
    "fr": [
        re.compile(rf"\b(?:[Ss]elon|[Dd][’']après)\ {FRENCH_ROLE}({NAME}){ENDS}"),
        re.compile(rf"\b(?:[Ss]elon|[Dd][’']après)\ {INSTITUTION}{ENDS}"),
        re.compile(
            rf"{BEGINS}{FRENCH_ROLE}({NAME}),?\ {FRENCH_VERB}(?:\ (?:que\b|qu[’'])|\s?:)"
        ),
        re.compile(
            r"(?:\A[«“\"\s]*|[,;:»”\"]\s)(?:[Ll]es?\ |[Ll]a\ |[Ll][’'])"
            rf"(ministère\ [\w’'\ -]{{2,40}}?|{NAME})\ {FRENCH_VERB}(?:\ (?:que\b|qu[’'])|\s?:)"
        ),
        re.compile(rf"[,»”\"]\s{FRENCH_VERB}\ {FRENCH_ROLE}({NAME}){AFTER_A_NAME}"),
    ],
    "en": [
        re.compile(rf"\b[Aa]ccording\ to\ {ENGLISH_ROLE}({NAME}){ENDS}"),
        re.compile(rf"{BEGINS}{ENGLISH_ROLE}({NAME})\ {ENGLISH_VERB}(?:\ that\b|:|,\ [“\"])"),
        re.compile(rf"[,”\"]\s{ENGLISH_VERB}\ {ENGLISH_ROLE}({NAME}){AFTER_A_NAME}"),
        re.compile(rf"[,?!][”\"]\s{ENGLISH_ROLE}({NAME})\ {ENGLISH_VERB}{AFTER_A_NAME}"),
    ],
}  # fmt: skip

# What has a capital and names nobody: the first word of a sentence, days, those in general.
NOBODY = frozenset({
    "il", "elle", "on", "ils", "elles", "je", "tu", "nous", "vous", "ce", "ceci", "cela", "ça",
    "celui", "celui-ci", "celui-là", "celle", "celle-ci", "celle-là", "ceux", "chacun", "chacune",
    "aucun", "aucune", "nul", "rien", "tout", "tous", "personne", "quelqu'un", "certains",
    "certaines", "plusieurs", "beaucoup", "lui", "moi", "eux", "autre", "l'un", "l'une", "qui",
    "quiconque", "si", "quand", "comme", "lorsque", "alors", "puis", "ensuite", "enfin", "ainsi",
    "hier", "demain", "aujourd'hui", "les", "des", "un", "une", "le", "la", "l", "selon",
    "interrogé", "interrogée", "cette", "cet", "ces", "son", "sa", "ses", "leur", "leurs", "mon",
    "ma", "mes", "notre", "votre", "d", "après", "he", "she", "they", "it", "we", "i", "you",
    "this", "that", "these", "those", "who", "if", "when", "while", "as", "nobody", "everyone",
    "someone", "somebody", "everybody", "anyone", "none", "some", "many", "most", "all", "others",
    "one", "research", "evidence", "legend", "nothing", "everything", "an", "a", "the", "there",
    "his", "her", "their", "my", "our", "your", "lundi", "mardi", "mercredi", "jeudi", "vendredi",
    "samedi", "dimanche", "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
    "septembre", "octobre", "novembre", "décembre", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday", "january", "february", "march", "april", "june", "july",
    "august", "september", "october", "november", "december", "étude", "rapport", "sondage",
    "enquête", "sources", "experts",
})  # fmt: skip


ORGANISATIONS = re.compile(
    r"(?:Ministère|Banque|Institut|Agence|Commission|Organisation|Fédération|Association|Syndicat|"
    r"Parti|Université|Cour|Conseil|Autorité|Observatoire|Centre|Fondation|Assemblée|Sénat|Bank|"
    r"Institute|Agency|Ministry|Department|Office|Organization|University|Court|Council|"
    r"Foundation|Party|Union)\b"
)


def claimant_of(sentence: str, *, language: str) -> str:
    """The name of whoever the sentence says it is said by, or "".

    A question claims nothing; of two names, or of somebody without one ("il", "une étude"),
    nobody can be sure.
    """
    sentence = sentence[:LONGEST].replace("\u00a0", " ").replace("\u202f", " ")
    if sentence.rstrip(" »”\"'").endswith("?"):
        return ""
    found = dict.fromkeys(names(sentence, language[:2]))
    # Of "Banque de France" and "la Banque de France" the one is inside of the other.
    distinct = [
        name
        for name in found
        if not any(name != other and name in other for other in found)
    ]
    return distinct[0] if len(distinct) == 1 else ""


def names(sentence: str, language: str) -> Iterator[str]:
    for pattern in PATTERNS.get(language, []):
        for match in pattern.finditer(sentence):
            name = match.group(1).strip(" -’'")
            first = name.split()[0].lower().replace("’", "'").partition("'")[0]
            if first in NOBODY or name.lower().replace("’", "'") in NOBODY:
                continue
            is_first_word = not sentence[: match.start(1)].strip(' «“"—–-')
            if language == "en" and is_first_word and is_doubtful(name):
                continue
            yield name[0].upper() + name[1:]


def is_doubtful(name: str) -> bool:
    """Whether the capital may only be that of a sentence's first word."""
    return " " not in name and not name.isupper()


def is_organisation(name: str) -> bool:
    """Whether the name is that of an organisation for sure; a person's may sound like one."""
    is_acronym = name.isupper() and len(name) > 1 and " " not in name
    return is_acronym or ORGANISATIONS.match(name) is not None

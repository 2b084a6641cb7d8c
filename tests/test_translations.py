"""Every sentence a person may read is in the French catalogue, and well set.

The sentences are collected here without gettext's own programs, which a machine
that only runs the tests need not have.
"""

import ast
import gettext
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType
from django.utils.translation.template import templatize

CHECKOUT = Path(__file__).parent.parent
TEMPLATES = sorted((CHECKOUT / "templates").rglob("*.html")) + sorted(
    (CHECKOUT / "templates").rglob("*.txt")
)
SOURCES = sorted(
    path
    for house in ("annotations", "factcheck")
    for path in (CHECKOUT / house).rglob("*.py")
    if "migrations" not in path.parts
)
CATALOGUE = CHECKOUT / "annotations/locale/fr/LC_MESSAGES/django.mo"

# How many of its arguments are text, and whether the first is the context.
MARKERS = {
    "gettext": (1, False),
    "gettext_lazy": (1, False),
    "gettext_noop": (1, False),
    "ngettext": (2, False),
    "ngettext_lazy": (2, False),
    "pgettext": (2, True),
    "pgettext_lazy": (2, True),
    "npgettext": (3, True),
    "npgettext_lazy": (3, True),
    "_": (1, False),
}
CONTEXT_ENDS = "\x04"  # as gettext writes it
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|%[sd]")
FRENCH_SPACES = "\u00a0\u202f"
# A sign that French sets off by a space, with anything else before it.
SET_CLOSE = re.compile(
    rf"[^\s{FRENCH_SPACES}?!.:(][;!?]|(?<=\w):(?=\s|$)|« |(?<= )»| [;:!?]"
)


def calls(code: str) -> Iterator[list[str]]:
    """The texts of each marked call, context first if it has one."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = getattr(function, "id", getattr(function, "attr", ""))
        if name not in MARKERS:
            continue
        wanted, _ = MARKERS[name]
        texts = [
            argument.value
            for argument in node.args[:wanted]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if len(texts) == wanted:
            yield [name, *texts]


def key(name: str, texts: list[str]) -> str:
    has_context = MARKERS[name][1]
    return f"{texts[0]}{CONTEXT_ENDS}{texts[1]}" if has_context else texts[0]


def marked(path: Path) -> set[str]:
    """The sentences of one file, as the catalogue names them."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return {key(name, texts) for name, *texts in calls(text)}
    found = set()
    # What Django hands to gettext: calls between letters X that stand for the rest.
    for start in re.finditer(r"\b(?:n?p?gettext|_)\(", templatize(text)):
        rest = templatize(text)[start.start() :]
        for end in re.finditer(r"\)", rest):
            try:
                found |= {key(n, texts) for n, *texts in calls(rest[: end.end()])}
            except SyntaxError:
                continue
            break
    return found


@pytest.fixture(scope="module")
def catalogue() -> dict[str, list[str]]:
    """Of each sentence its translations: one, or one of each number."""
    with CATALOGUE.open("rb") as file:
        rows = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    forms: dict[str, list[str]] = {}
    for name, text in rows.items():
        forms.setdefault(name if isinstance(name, str) else name[0], []).append(text)
    forms.pop("", None)
    return forms


@pytest.fixture(scope="module")
def written() -> set[str]:
    return set().union(*(marked(path) for path in [*SOURCES, *TEMPLATES]))


def test_every_sentence_is_in_the_catalogue(written, catalogue):
    assert sorted(written - catalogue.keys()) == [], "Run `make messages`, translate."


def test_the_catalogue_has_no_sentence_that_nobody_writes(written, catalogue):
    assert sorted(catalogue.keys() - written) == [], "Run `make messages`."


def test_the_compiled_catalogue_is_that_of_the_file_beside_it(catalogue):
    text = CATALOGUE.with_suffix(".po").read_text(encoding="utf-8")
    assert '#, fuzzy\nmsgid ""\n' in text or "#, fuzzy" not in text
    assert text.count("#, fuzzy") <= 1, "A fuzzy translation is not used."
    joined = re.sub(r'"\n"', "", text)
    for form in [form for forms in catalogue.values() for form in forms]:
        escaped = form.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
        assert f'"{escaped}"' in joined, "Run `make messages`: it compiles, too."


def test_a_translation_fills_in_what_its_sentence_fills_in(catalogue):
    for name, forms in catalogue.items():
        sentence = name.rpartition(CONTEXT_ENDS)[2]
        for form in forms:
            asked = {found.group() for found in PLACEHOLDER.finditer(form)}
            given = {found.group() for found in PLACEHOLDER.finditer(sentence)}
            # A plural may leave its number out, and "one" may say it in words.
            assert asked <= given or len(forms) > 1, f"{sentence!r}: {form!r}"
            assert given <= asked or len(forms) > 1, f"{sentence!r}: {form!r}"


def test_french_signs_are_set_off_by_a_space_that_does_not_break(catalogue):
    wrong = {
        form
        for forms in catalogue.values()
        for form in forms
        if SET_CLOSE.search(re.sub(r"https?://\S*|<[^>]*>|&\w+;", "", form))
    }
    assert sorted(wrong) == []


class Visible(HTMLParser):
    """The words that stand in a page of HTML for people to see or hear."""

    SPOKEN = ("alt", "aria-label", "placeholder", "title")

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self.inside.append(tag)
        self.words += [value for name, value in attrs if name in self.SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        if self.inside and tag == self.inside[-1]:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.words.append(data)


# The same in every language: names, languages in their own words, keys of the keyboard.
NAMES = {"Factcheck", "Wikidata", "English", "Français", "Ctrl ↵", "Esc"}


def own_words(template: str) -> set[str]:
    """The words for people that a template does not have translated."""
    kept, skips = [], None
    for token in Lexer(template).tokenize():
        if token.token_type == TokenType.TEXT and skips is None:
            kept.append(token.contents)
        elif token.token_type == TokenType.VAR:
            is_element = "".join(kept[-1:]).endswith(("<", "</"))
            kept.append("p" if is_element else " ")
        elif token.token_type == TokenType.BLOCK:
            tag, *rest = token.contents.split()
            if skips is None and tag in ("blocktranslate", "comment"):
                skips = f"end{tag}"
            elif (
                skips is None
                and tag == "block"
                and rest[0].endswith(("class", "coltype"))
            ):
                skips = "endblock"
            elif tag == skips:
                skips = None
    page = Visible()
    page.feed("".join(kept))
    page.close()
    words = (re.sub(r"^[–\s]+|\s+$", "", text) for text in page.words)
    return {text for text in words if re.search(r"[^\W\d_]{2,}", text)}


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: str(path.relative_to(CHECKOUT))
)
def test_no_template_has_words_of_its_own(path):
    assert sorted(own_words(path.read_text(encoding="utf-8")) - NAMES) == []


def test_words_that_are_not_translated_are_found():
    template = """
        <p title="Look here" class="narrow">Words {% translate "and more" %}</p>
        {% blocktranslate %}said twice{% endblocktranslate %}{{ name }}
        <script>let x = "none"</script>{% block main_class %}wide{% endblock %}
    """
    assert own_words(template) == {"Look here", "Words"}

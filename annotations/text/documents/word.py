"""The article in a Word document (.docx)."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from ..blocks import Kind, lay_out_blocks
from ..extracted import Extracted, ExtractedBlock
from .plain import with_headline
from .refusing import DAMAGE, DocumentRefused

# What may be unpacked, in bytes; a book of 300 pages has 2 MB of words, and pictures.
MOST_UNPACKED = 100_000_000
MOST_XML = 30_000_000
MOST_PARTS = 2_000
# An entity declared in a part would be one that grows: Word declares none.
DECLARATIONS = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))  # fmt: skip

# Beginnings of the names of styles, in small letters.
STYLES: list[tuple[str, Kind]] = [
    ("heading", "subhead"), ("titre", "subhead"), ("title", "subhead"), ("subtitle", "subhead"),
    ("sous-titre", "subhead"), ("list", "item"), ("puce", "item"), ("quote", "quote"),
    ("intense quote", "quote"), ("block text", "quote"), ("citation", "quote"),
]  # fmt: skip
TITLES = ("title", "titre")
# Authors that programs make up.
NOBODY = {"python-docx", "microsoft office user", "unknown author"}

TEXT, TAB, PARAGRAPH, TABLE, ROW, CELL = (
    qn(f"w:{name}") for name in ("t", "tab", "p", "tbl", "tr", "tc")
)
BREAKS = {qn("w:br"), qn("w:cr")}
HYPHEN = qn("w:noBreakHyphen")
# What is struck out, stands elsewhere, or is there a second time for old programs.
LEFT_OUT = {
    qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:sectPr"), qn("w:pPr"), qn("w:rPr"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}  # fmt: skip


def read_word(data: bytes) -> Extracted:
    """The article in a .docx; tracked changes are taken as they would be accepted."""
    look_inside(data)
    try:
        document = Document(BytesIO(data))
        styles = {
            style.style_id: (style.name or "").lower() for style in document.styles
        }
        given = [
            block for block, _ in pieces(document.element.body, styles) if block.text
        ]
        title = next(
            (
                block.text
                for block, is_title in pieces(document.element.body, styles)
                if is_title
            ),
            "",
        )
        text, found = lay_out_blocks(given)
        facts = properties(document)
    except DAMAGE as error:
        raise DocumentRefused("broken") from error
    blocks = [ExtractedBlock(block.kind, block.span.of(text)) for block in found]
    extracted = with_headline(blocks, title or facts.headline, is_certain=bool(title))
    return Extracted(
        headline=extracted.headline,
        blocks=extracted.blocks,
        byline=facts.byline,
        published_on=facts.published_on,
        language=extracted.language,
    )


def look_inside(data: bytes) -> None:
    """Refuse an archive that is no Word document, or would unpack to more than it may.

    An archive cannot unpack to more than it declares: reading stops there.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if "word/document.xml" not in {part.filename for part in parts}:
                raise DocumentRefused("kind")
            if any(part.flag_bits & 1 for part in parts):
                raise DocumentRefused("encrypted")
            texts = [
                part for part in parts if part.filename.endswith((".xml", ".rels"))
            ]
            if (
                len(parts) > MOST_PARTS
                or sum(part.file_size for part in parts) > MOST_UNPACKED
                or sum(part.file_size for part in texts) > MOST_XML
            ):
                raise DocumentRefused("too_large")
            for part in texts:
                content = archive.read(part)
                if any(declaration in content for declaration in DECLARATIONS):
                    raise DocumentRefused("broken")
    except DocumentRefused:
        raise
    except (EOFError, *DAMAGE) as error:
        raise DocumentRefused("broken") from error


def pieces(
    body: BaseOxmlElement, styles: dict[str, str]
) -> Iterator[tuple[ExtractedBlock, bool]]:
    """The paragraphs of the document and the rows of its tables, and which is its title."""
    stack = [body]
    while stack:
        element = stack.pop()
        if element.tag == PARAGRAPH:
            name = styles.get(element.style or "", "")
            kind = next(
                (kind for start, kind in STYLES if name.startswith(start)), None
            )
            is_numbered = element.pPr is not None and element.pPr.numPr is not None
            if kind is None:
                kind = "item" if is_numbered else "paragraph"
            yield ExtractedBlock(kind, words(element)), name in TITLES
        elif element.tag == TABLE:
            for row in element.iterchildren(ROW):
                cells = [
                    " ".join(words(cell).split()) for cell in row.iterchildren(CELL)
                ]
                yield ExtractedBlock("item", " – ".join(filter(None, cells))), False
        elif element.tag not in LEFT_OUT:
            stack += reversed(element)


def words(element: BaseOxmlElement) -> str:
    """The text in `element`, in lines as they were broken by hand."""
    parts: list[str] = []
    stack = [element]
    while stack:
        here = stack.pop()
        if here.tag == TEXT:
            parts.append(here.text or "")
        elif here.tag == TAB:
            parts.append(" ")
        elif here.tag in BREAKS:
            parts.append("\n")
        elif here.tag == HYPHEN:
            parts.append("-")
        elif here.tag not in LEFT_OUT:
            if here is not element and here.tag == PARAGRAPH:
                parts.append("\n")
            stack += reversed(here)
    return "".join(parts)


def properties(document: WordDocument) -> Extracted:
    """What the document's properties say."""
    core = document.core_properties
    author = (core.author or "").strip()
    created = core.created
    return Extracted(
        headline=" ".join((core.title or "").split()),
        byline="" if author.lower() in NOBODY else author[:300],
        published_on=created.date() if created else None,
    )

"""The article in a PDF that has a text layer."""

import logging
import re
from datetime import date
from io import BytesIO
from time import monotonic

from pypdf import PdfReader, apply_configuration
from pypdf.errors import (
    DependencyError,
    FileNotDecryptedError,
    LimitReachedError,
    PyPdfError,
)

from ..blocks import lay_out_blocks
from ..cleaning import LONGEST
from ..extracted import Extracted, ExtractedBlock
from .lines import paragraphs
from .plain import with_headline
from .refusing import DAMAGE, DocumentRefused

# A report has some hundred pages; reading one takes about 20 ms.
MOST_PAGES = 1_000
# Of the tree of pages, which is not walked further to count them.
MOST_NODES = 20_000
# Seconds after which reading is given up, between two signs of a page at the latest.
LONGEST_WORK = 20.0
# Of one stream of a PDF, unpacked, and of the signs in it.
MOST_UNPACKED = 20_000_000
MOST_SIGNS = 500_000
# Drawings within a page, counted each time they are shown.
MOST_FORMS = 500

# Titles that programs make of a file's name.
MADE_UP = re.compile(
    r"microsoft \w+ - |untitled|sans titre|.*\.(?:docx?|odt|rtf|indd|qxp|pdf|pages)\Z",
    re.IGNORECASE,
)

# What it says of every flaw of a file is of no use to anybody here.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class TooSlow(Exception):
    """The time for a file is over."""


def read_pdf(data: bytes) -> Extracted:
    """The article in a PDF, its paragraphs put together over lines and pages."""
    try:
        with apply_configuration(
            zlib_maximum_output_length=MOST_UNPACKED,
            lzw_maximum_output_length=MOST_UNPACKED,
            run_length_maximum_output_length=MOST_UNPACKED,
            array_based_stream_maximum_output_length=MOST_UNPACKED,
            stream_parsing_work_maximum_count=MOST_SIGNS,
            xform_maximum_invocations_per_extraction=MOST_FORMS,
            jbig2dec_binary=None,
            page_tree_maximum_entries=MOST_NODES,
        ):
            return read_reader(PdfReader(BytesIO(data)))
    except TooSlow as error:
        raise DocumentRefused("slow") from error
    except (DependencyError, FileNotDecryptedError) as error:
        raise DocumentRefused("encrypted") from error
    except LimitReachedError as error:
        raise DocumentRefused("too_large") from error
    except DocumentRefused:
        raise
    except (PyPdfError, *DAMAGE) as error:
        raise DocumentRefused("broken") from error


def read_reader(reader: PdfReader) -> Extracted:
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentRefused("encrypted")
    if len(reader.pages) > MOST_PAGES:
        raise DocumentRefused("too_long")
    pages = texts(reader)
    text, found = lay_out_blocks(paragraphs(pages))
    if not found:
        raise DocumentRefused("no_text")
    blocks = [
        ExtractedBlock(block.kind, block.span.of(text), locator=block.locator)
        for block in found
    ]
    title, author, created = facts(reader)
    extracted = with_headline(blocks, title, is_certain=False)
    return Extracted(
        headline=extracted.headline,
        blocks=extracted.blocks,
        byline=author,
        published_on=created,
        language=extracted.language,
    )


def texts(reader: PdfReader) -> list[str]:
    """The text layer of each page."""
    ends_at = monotonic() + LONGEST_WORK
    pages: list[str] = []
    characters = 0

    def watch(*_: object) -> None:
        if monotonic() > ends_at:
            raise TooSlow

    for page in reader.pages:
        watch()
        pages.append(page.extract_text(visitor_operand_before=watch))
        characters += len(pages[-1])
        if characters > 2 * LONGEST:
            raise DocumentRefused("too_long")
    return pages


def facts(reader: PdfReader) -> tuple[str, str, date | None]:
    """Title, author and day as the file's own data have them."""
    found = reader.metadata
    if found is None:
        return "", "", None
    title = " ".join(str(found.title or "").split())
    author = " ".join(str(found.author or "").split())[:300]
    try:
        created = found.creation_date
    except ValueError:  # in no format of dates
        created = None
    day = created.date() if created else None
    return "" if MADE_UP.match(title) else title, author, day

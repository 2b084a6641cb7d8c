"""Files that are sent: written to disk as they come, and no more of them than is read."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from .receiving.reading import LARGEST_FILE

MOST_FILES = 20
# Of one request, with what the form says besides.
LARGEST_REQUEST = MOST_FILES * LARGEST_FILE + 1_000_000


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps the beginning of a file that is too large, and counts all of it.

    So the other files of the form are read all the same, and each gets its answer.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        meta: dict[str, Any],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        if content_length > LARGEST_REQUEST:
            raise RequestDataTooBig("More is sent than the largest files together.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start <= LARGEST_FILE:
            super().receive_data_chunk(raw_data, start)
        return None

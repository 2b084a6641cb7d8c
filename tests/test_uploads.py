"""Files that are sent: all of a form is read, and no more of a file than is wanted."""

import pytest
from django.core.exceptions import RequestDataTooBig

from annotations.receiving.reading import LARGEST_FILE
from annotations.uploads import LARGEST_REQUEST, BoundedUploadHandler


def sent(chunks):
    """The file that the handler makes of these chunks, and how large it says it was."""
    handler = BoundedUploadHandler()
    handler.new_file("documents", "a.pdf", "application/pdf", None, None)
    start = 0
    for chunk in chunks:
        assert handler.receive_data_chunk(chunk, start) is None
        start += len(chunk)
    return handler.file_complete(start)


def test_a_file_is_on_disk_as_it_was_sent():
    file = sent([b"one ", b"two"])

    assert file.read() == b"one two"
    assert file.size == 7
    assert file.temporary_file_path()


def test_of_a_file_that_is_too_large_the_rest_is_counted_and_not_kept():
    megabyte = b"x" * 1_000_000

    file = sent([megabyte] * 50)

    assert file.size == 50_000_000
    assert LARGEST_FILE < len(file.read()) <= LARGEST_FILE + 2 * len(megabyte)


def test_more_than_all_files_together_is_not_read_at_all():
    handler = BoundedUploadHandler()

    with pytest.raises(RequestDataTooBig):
        handler.handle_raw_input(None, {}, LARGEST_REQUEST + 1, b"-")
    assert handler.handle_raw_input(None, {}, LARGEST_REQUEST, b"-") is None

"""EPUB: chapters in the order of the spine, printed pages, locked and broken books."""

from collections.abc import Callable

import pytest

from testimonia.errors import EmptySourceError, EncryptedSourceError, UnreadableSourceError
from testimonia.readers.table import read

Documents = dict[str, dict[str, str]]
Zipped = Callable[[dict[str, str]], bytes]

LOCK = (
    "<encryption><EncryptedData><CipherData><CipherReference URI='OEBPS/{}'/></CipherData></EncryptedData></encryption>"
)


def test_chapters_come_in_the_order_of_the_spine_with_their_printed_pages(documents: Documents, zipped: Zipped) -> None:
    source = read(zipped(documents["EPUB"]), name="book.epub")
    assert source.text == "The harbour master\n\nThe lamp\xa0went\nout.\n\nNobody saw.\n"
    assert source.page_starts == (0, source.text.index("out."))
    assert source.notices == ()


def test_a_chapter_that_cant_be_read_is_told_and_the_others_stay(documents: Documents, zipped: Zipped) -> None:
    parts = {name: text for name, text in documents["EPUB"].items() if "two" not in name}
    source = read(zipped(parts), name="book.epub")
    assert "The lamp" in source.text
    (notice,) = source.notices
    assert notice.code == "part-unreadable"
    assert "OEBPS/text/two b.xhtml is left out" in notice.message


def test_locked_fonts_do_no_harm_and_a_locked_chapter_locks_the_book(documents: Documents, zipped: Zipped) -> None:
    lock = "META-INF/encryption.xml"
    assert "The lamp" in read(zipped({**documents["EPUB"], lock: LOCK.format("a.otf")}), name="book.epub").text
    with pytest.raises(EncryptedSourceError, match="EPUB book is encrypted") as caught:
        read(zipped({**documents["EPUB"], lock: LOCK.format("text/one.xhtml")}), name="book.epub")
    assert caught.value.where == "book.epub, OEBPS/text/one.xhtml"


def test_a_book_without_a_package_or_without_chapters_is_refused(documents: Documents, zipped: Zipped) -> None:
    with pytest.raises(UnreadableSourceError, match="where its package is"):
        read(zipped({**documents["EPUB"], "META-INF/container.xml": "<container/>"}), name="book.epub")
    with pytest.raises(EmptySourceError, match="no text"):
        read(zipped({**documents["EPUB"], "OEBPS/book.opf": "<package/>"}), name="book.epub")

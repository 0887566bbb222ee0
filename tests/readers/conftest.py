"""Files for the readers' tests. Everything told in them is invented."""

from collections.abc import Callable

import pytest
from fpdf import FPDF

MakePdf = Callable[..., bytes]

TELLING = (
    "The harbour master's book says that the lamp on the mole went out at two.\n"
    "Nobody saw the ferry leave, he said again; the café on the quay was shut.\n"
)


def pdf_of(*pages: str, **passwords: str) -> bytes:
    made = FPDF()
    made.set_font("Helvetica", size=12)
    if passwords:
        made.set_encryption(**passwords)  # type: ignore[arg-type]
    for text in pages:
        made.add_page()
        for n, line in enumerate(text.splitlines()):
            made.text(20, 20 + 8 * n, line)
    return bytes(made.output())


@pytest.fixture(scope="session")
def make_pdf() -> MakePdf:
    """A PDF with one page for each text, its lines as they stand; an empty text makes a blank page."""
    return pdf_of


@pytest.fixture(scope="session")
def whole_files() -> dict[str, tuple[bytes, ...]]:
    """For every reader, files that it must read. A new reader adds its own here."""
    return {
        "plain text": (
            TELLING.encode(),
            TELLING.replace("\n", "\r\n").encode("utf-8-sig"),
            TELLING.encode("utf-16"),
            TELLING.encode("utf-16-be"),
            TELLING.encode("cp1252"),
            f"{TELLING}\f{TELLING}\f{TELLING}\f".encode(),
            TELLING.encode().replace(b"lamp", b"l\xffmp") + "Über die Brücke, sagte die Möwe schön.\n".encode(),
        ),
        "PDF": (
            pdf_of(TELLING),
            pdf_of(TELLING, "", TELLING),
            pdf_of(TELLING, owner_password="keeper", user_password=""),
        ),
    }

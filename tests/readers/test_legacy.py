import pytest

from testimonia.errors import UnreadableSourceError
from testimonia.readers.encodings import decode
from testimonia.readers.legacy import detect

ENGLISH = "The keeper’s log — written “in haste” — says that the café was shut. He didn’t answer; she paid £3.\n"
GERMAN = "Der Hafenmeister schloß die Tür und ging über die Brücke. Die Möwen schrien, als wäre nichts geschehen.\n"
FRENCH = "Le gardien a écrit que la lumière était éteinte à deux heures. L'évêque n'a rien vu, répéta-t-il, ça et là.\n"
SPANISH = "El farero escribió que la luz se apagó a las dos. ¿Quién vio el barco? Nadie, repitió el señor Núñez.\n"
POLISH = "Latarnik zapisał, że światło zgasło o drugiej w nocy. Nikt nie widział łodzi, powtórzył później.\n"
RUSSIAN = "Смотритель маяка записал в журнале, что огонь погас в два часа ночи. Никто не видел катера, сказал он.\n"
UKRAINIAN = "Доглядач маяка записав у журналі, що вогонь згас о другій годині ночі. Ніхто не бачив човна, сказав він.\n"
GREEK = "Ο φύλακας του φάρου έγραψε στο ημερολόγιο ότι το φως έσβησε στις δύο τη νύχτα.\n"
JAPANESE = "灯台守は日誌に、午前二時に明かりが消えたと書いた。誰も船を見なかった、と彼は繰り返した。\n"
CHINESE = "灯塔看守人在日志里写道，凌晨两点灯灭了。没有人看见那条船，他重复说。\n"

OLD_FILES = [
    (ENGLISH, "windows-1252"),
    (ENGLISH, "mac-roman"),
    (GERMAN, "windows-1252"),
    (GERMAN, "mac-roman"),
    (GERMAN, "cp850"),
    (FRENCH, "windows-1252"),
    (FRENCH, "mac-roman"),
    (FRENCH, "cp850"),
    (SPANISH, "windows-1252"),
    (POLISH, "windows-1250"),
    (POLISH, "iso-8859-2"),
    (RUSSIAN, "windows-1251"),
    (RUSSIAN, "koi8-r"),
    (RUSSIAN, "cp866"),
    (RUSSIAN, "iso-8859-5"),
    (RUSSIAN, "mac-cyrillic"),
    (UKRAINIAN, "windows-1251"),
    (UKRAINIAN, "koi8-u"),
    (GREEK, "windows-1253"),
]


@pytest.mark.parametrize(("text", "encoding"), OLD_FILES)
@pytest.mark.parametrize("times", [1, 300])
def test_an_old_encoding_is_found_by_the_words_it_makes(text: str, encoding: str, times: int) -> None:
    decoded = decode((text * times).encode(encoding), name="a")
    assert decoded.text == text * times
    assert decoded.encoding == encoding
    (notice,) = decoded.notices
    assert notice.code == "encoding-detected"
    assert f"read as {encoding}: " in notice.message
    assert "% of the" in notice.message


@pytest.mark.parametrize(
    ("text", "encoding"), [(JAPANESE, "shift_jis"), (JAPANESE, "euc_jp"), (CHINESE, "gb18030"), (CHINESE, "big5")]
)
def test_east_asian_encodings_are_read_and_called_doubtful(text: str, encoding: str) -> None:
    content = (text * 40).encode(encoding, "ignore")
    decoded = decode(content, name="a")
    assert decoded.text == content.decode(encoding)
    assert decoded.notices[0].code == "encoding-doubtful"


def test_latin_1_without_typographic_marks_goes_by_its_superset() -> None:
    assert detect(FRENCH.encode("latin-1"), name="a").encoding == "windows-1252"


def test_one_accent_in_much_ascii_is_enough() -> None:
    content = ("The lamp went out at two.\n" * 5_000 + "He sat in the café.\n" + "Nobody saw it.\n" * 5_000).encode(
        "cp1252"
    )
    assert detect(content, name="a") == detect(content, name="b")
    assert detect(content, name="a").encoding == "windows-1252"


def test_a_byte_that_the_encoding_lacks_is_shown_and_named() -> None:
    content = FRENCH.encode("cp1252") + b"\x81\n"
    decoded = decode(content, name="a")
    assert decoded.text == FRENCH + "\ufffd\n"
    assert decoded.notices[1].code == "damaged-byte"
    assert f"At byte {len(content) - 2} stands 81" in decoded.notices[1].message


def test_words_cut_by_the_edge_of_a_sampled_block_do_not_count() -> None:
    content = (RUSSIAN * 2_000).encode("koi8-r")
    assert detect(content, name="a").sure


def test_bytes_that_make_no_words_are_refused() -> None:
    with pytest.raises(UnreadableSourceError, match="no encoding that is known here"):
        detect(bytes(0x80 + n * n % 127 if n % 9 else 0x20 for n in range(300)), name="a")

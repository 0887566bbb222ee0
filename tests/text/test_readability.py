"""How much of a page is language, in any language."""

import pytest

from testimonia.text.readability import UNREADABLE, readability
from testimonia.text.recovery_words import Words

# What OCR makes of print scanned upside down: invented lines, turned letter by letter.
TURNED = """ʇou pip
J3)SBUI jnoqjBq 3q) )Bq) p3)jod3j ‘A|J3pjo 3q)
B jo juoujnoop 3jn)BuSis 3q)—J3))3| jo 3ijj sip
p|noM )qS!u siq jo U0l)B3lpui ‘pjsoq uo UI3JS 3qX
-Xd'H 9 MU° )unooob 3q) (0661 P<J« W.6I ll
3|q!SU3S uooq p|noM S3SBD ||B ui ssoq) Suijunoo"""


def test_turned_print_is_not_readable() -> None:
    assert readability(TURNED.splitlines(), Words(())) < UNREADABLE / 2


@pytest.mark.parametrize(
    "text",
    [
        "The pilot came down to the harbour at midnight and said nothing at all.",
        "Tlie pilct carne down to the harbour at midnight, and sa1d nothing at ail of it.",
        "KUZNETSOV, Vasily   WOLDERING, Henk   ABASHIDZE, Irakli   TVARDOVICH, Piet",
        "Лоцман спустился в гавань в полночь и ничего не сказал.",
        "水先案内人は真夜中に港へ下りたが、何も言わなかった。",
        "Satama oli pimeä, ja luotsi laskeutui laiturille keskiyöllä sanomatta mitään.",
        "Lods kom ned til havnen ved midnat, og han sagde ikke noget.",
        "11 14 2002 / 87.5 - 12",
        "XQZRT PLMKJ WWQTZ RRPLO",
    ],
)
def test_other_scripts_languages_names_and_tables_are_readable(text: str) -> None:
    assert readability([text], Words(())) > 0.75


def test_a_page_without_letters_has_nothing_that_cannot_be_read() -> None:
    assert readability([], Words(())) == 1.0


def test_words_of_the_other_pages_count() -> None:
    strange = ["j3)dn uqoS!q"]
    assert readability(strange, Words(())) == 0.0
    assert readability(["qoqsxX"], Words(["qoqsxX qoqsxX"])) == 1.0

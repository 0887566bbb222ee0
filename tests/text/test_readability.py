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


def test_scraps_of_a_page_read_on_its_side_are_no_words() -> None:
    scraps = [
        "o oo a s b goa us as & 8 & 3 he 2 o a B it 8 on HY Fo a Pp ode is 5 SEA",
        "pe eps i be d a of so to A B g",
    ]
    assert readability(scraps * 3, Words([])) < UNREADABLE


def test_french_has_many_small_words_and_is_readable() -> None:
    prose = (
        "Il est allé à la mer et il y a vu le bateau de sa sœur, qui ne va pas au port en été; on l'a dit à ma mère. "
    )
    assert readability([prose] * 4, Words([])) > UNREADABLE


def test_prose_with_many_small_words_is_readable() -> None:
    assert (
        readability(["He is on it as I am, so do as we do: go to it or be no more at my side. "] * 5, Words([])) > 0.9
    )

"""On whose word does an account say what it says?"""

from testimonia.analysis.claims.persons import Persons
from testimonia.analysis.claims.voices import hear
from testimonia.analysis.told import AccountText


def attribute(account: AccountText, persons: Persons | None = None) -> tuple[tuple[str, ...], ...]:
    """For each passage, the chain of who says that who said: the teller first, then those who speak.

    A passage inside quotation marks that names no speaker belongs to the one who spoke before it in its paragraph, or
    whose report the words before it announce. Names are as printed; a pronoun that is clear from what stands before it
    is the name that it means.
    """
    if persons is None:
        persons = Persons([[p.text for p in account.passages]], [account.account.teller])
    return hear(account, persons).chains

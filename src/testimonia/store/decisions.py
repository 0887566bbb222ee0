"""Which decisions stand?"""

from collections.abc import Mapping, Sequence

from testimonia.model.comparison import Judgement


def standing_decisions(judgements: Sequence[Judgement]) -> Mapping[str, Judgement]:
    """For each judged finding its last decision that no later row undoes; `judgements` oldest first.

    An undoing can itself be undone: then what it had undone stands again.
    """
    standing: dict[str, Judgement] = {}
    undone: set[str] = set()
    for judgement in reversed(judgements):
        if judgement.id in undone:
            continue
        if judgement.undoes is not None:
            undone.add(judgement.undoes)
        else:
            standing.setdefault(judgement.finding, judgement)
    return standing

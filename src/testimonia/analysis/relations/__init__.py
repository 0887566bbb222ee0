"""How the statements of one point stand to each other: one file for each kind of clash."""

from testimonia.analysis.relations.clashes import Clash, Said, Words
from testimonia.analysis.relations.relate import Related, relate
from testimonia.analysis.relations.words import DENIAL

__all__ = ["DENIAL", "Clash", "Related", "Said", "Words", "relate"]

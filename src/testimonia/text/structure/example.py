"""An invented text for the examples of this package: an article that reprints two accounts of one talk."""

from testimonia.model.layers import ORIGINAL, Layer
from testimonia.model.steps import Step
from testimonia.text.recovery import recover
from testimonia.text.structure.blocks import Reading

TEXT = """\
The Lamp on the Skerry

By Anna Moe

The keepers lit the lamp at seven and wrote the hour into the book.1
Nobody on the quay saw the ferry turn back before the fog had closed.

What Was Said

Two people have told of the talk on the quay, and they do not agree on
the boat, on the bell, or on who was the first of them to walk away.

Holm's Description

I met the pilot at seven. I told her that the lamp was out and asked
her for a boat. She said that there was none, and I left [the quay].

[Lars Holm, A Life at Sea (Lund: Sten, 1911), pp. 40-41]

Lind's Telegram to the Board, 9 April 1907:

SECRET

He came at seven. I told him that no boat could be had before midnight
and that [one line deleted] the bell would not wait for him or for me.

9/IV-07 M. LIND

Notes

1 The log of the keepers, 12.
"""


def example_reading(text: str = TEXT) -> Reading:
    """The reading of a plain text that is no source of anybody's.

    >>> [b.plain for b in example_reading().blocks][:2]
    ['The Lamp on the Skerry', 'By Anna Moe']
    """
    original = Layer(source="0" * 64, name=ORIGINAL, text=text, step=Step(name="example", version="1"))
    return Reading(recover(original, page_starts=None))

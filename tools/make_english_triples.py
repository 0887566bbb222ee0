"""Writes the table of English words that follow two others oftener than the last one alone tells.

    python tools/make_english_triples.py en-us.lm.bin [--keep 400000] [--out .../english_triples.txt.xz]

en-us.lm.bin is the trigram model of general English that CMU Sphinx publishes in the package pocketsphinx (its licence
stands in english_pairs.LICENSE). Kept are the triples that tell most: how often they are met times what they add to
the pair of their last two words. A row is two words, a tabulator, then for each tenth of a decimal logarithm its words.
"""

import argparse
import lzma
import math
import struct
from collections import defaultdict
from pathlib import Path

import numpy as np
import numpy.typing as npt

from testimonia.text.turned.vocabulary import general_words

OUT = Path(__file__).resolve().parent.parent / "src" / "testimonia" / "text" / "turned" / "english_triples.txt.xz"
MAGIC = b"Trie Language Model"
QUANTA = 1 << 16
UNIT = math.log(1.0001)  # the model's logarithms, in nats
LEAST_GAIN = 0.3
START = "<s>"
Numbers = npt.NDArray[np.int64]
Logs = npt.NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--keep", type=int, default=400_000)
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    words, triples, logps, gains = read_model(arguments.model.read_bytes())
    known = np.array([word in general_words() or word == START for word in words])
    gains = np.where(known[triples].all(axis=1), gains, -np.inf)
    best = np.argsort(-gains, kind="stable")[: arguments.keep]
    rows: dict[tuple[str, str], dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for (first, second, third), logp in zip(triples[best].tolist(), logps[best].tolist(), strict=True):
        rows[words[first], words[second]][round(-logp / math.log(10) * 10)].append(words[third])
    text = "".join(
        f"{first} {second}\t"
        + " ".join(f"{tenths} {' '.join(sorted(found))}" for tenths, found in sorted(followers.items()))
        + "\n"
        for (first, second), followers in sorted(rows.items())
    )
    packed = lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)
    arguments.out.write_bytes(packed)
    print(f"{len(best)} triples, {len(rows)} rows, {len(text)} bytes, {len(packed)} packed")


def read_model(model: bytes) -> tuple[list[str], Numbers, Logs, Logs]:
    """The words, the triples as numbers of words in the order of speech, their log probabilities, what each one tells.

    The layout is that of a trie over the last word first: tables of 65,536 values each, then the words' own
    probabilities, then pairs and triples as fields of bits.
    """
    if not model.startswith(MAGIC) or model[len(MAGIC)] != 3:
        raise SystemExit("this is no trigram model of CMU Sphinx in its binary form")
    at = len(MAGIC) + 1
    count, pairs, triples = struct.unpack_from("<3I", model, at)
    at += 16  # three counts, and the kind of the tables
    tables = np.frombuffer(model, "<f4", 3 * QUANTA, at).astype(np.float64).reshape(3, QUANTA) * UNIT
    at += 12 * QUANTA
    unit = np.frombuffer(model, np.dtype([("logp", "<f4"), ("left", "<f4"), ("next", "<u4")]), count + 1, at)
    at += 12 * (count + 1)
    of_word, of_triple = count.bit_length(), triples.bit_length()
    pair_bits, triple_bits = of_word + 32 + of_triple, of_word + 16
    pair_size, triple_size = (((1 + n) * bits + 7) // 8 + 8 for n, bits in ((pairs, pair_bits), (triples, triple_bits)))
    fields = (0, of_word), (of_word, 16), (of_word + 16, 16), (of_word + 32, of_triple)
    before, left, logp, begins = unpacked(model[at : at + pair_size], pairs, pair_bits, fields)
    at += pair_size
    first, logp3 = unpacked(model[at : at + triple_size], triples, triple_bits, ((0, of_word), (of_word, 16)))
    at += triple_size
    words = [word.decode("utf-8") for word in model[at + 4 :].split(b"\0")[:count]]
    ends = unit["next"].astype(np.int64)
    last = np.zeros(pairs, np.int64)
    last[: ends[-1]] = np.repeat(np.arange(count), np.diff(ends))
    begins = np.append(begins, triples)
    begins[np.flatnonzero(begins[:-1])[-1] + 1 :] = triples
    pair_of = np.repeat(np.arange(pairs), np.diff(begins))
    pair_logp, pair_left = tables[0][logp], tables[1][left]
    told = tables[2][logp3]
    # How likely are the first two, and what would be said of the third by the last two alone?
    keys = before * count + last
    order = np.argsort(keys)
    wanted = first * count + before[pair_of]
    found = np.minimum(np.searchsorted(keys[order], wanted), pairs - 1)
    hit = keys[order][found] == wanted
    alone, back = unit["logp"][:-1] * UNIT, unit["left"][:-1] * UNIT
    both = np.where(hit, pair_logp[order[found]], back[first] + alone[before[pair_of]])
    gain = told - pair_logp[pair_of] - np.where(hit, pair_left[order[found]], 0.0)
    start = words.index(START)
    often = np.exp(np.where(first == start, alone[words.index("</s>")], alone[first]) + both + told)
    numbers = np.stack([first, before[pair_of], last[pair_of]], axis=1)
    return words, numbers, told, np.where(gain > LEAST_GAIN, often * gain, -np.inf)


def unpacked(packed: bytes, count: int, bits: int, fields: tuple[tuple[int, int], ...]) -> list[Numbers]:
    """The fields (first bit, number of bits) of each of `count` records of so many bits."""
    octets = np.append(np.frombuffer(packed, np.uint8), np.zeros(16, np.uint8)).astype(np.uint64)
    found = []
    for offset, width in fields:
        begin = np.arange(count, dtype=np.int64) * bits + offset
        value = np.zeros(count, np.uint64)
        for n in range(8):
            value |= octets[(begin >> 3) + n] << np.uint64(8 * n)
        found.append(((value >> (begin & 7).astype(np.uint64)) & np.uint64((1 << width) - 1)).astype(np.int64))
    return found


if __name__ == "__main__":
    main()

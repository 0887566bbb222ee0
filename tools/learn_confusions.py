"""Learns which characters OCR confuses, from pages whose true text is known.

    python tools/learn_confusions.py PAIRS.jsonl... [--least 2]

Every row of PAIRS is a record with `ocr_hypothesis.transcription_unit` and `ground_truth.transcription_unit`. Words
are paired where the two texts have white space at the same place; within a pair, neighbouring differences are one
confusion.
Confusions well known from the literature (`WELL_KNOWN`) are added with a small rate where the pages don't show them.
Writes the table that the package ships: rates only, no text.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from rapidfuzz.distance import Levenshtein

TABLE = Path(__file__).resolve().parent.parent / "src" / "testimonia" / "text" / "misreadings" / "confusions.tsv"
LONGEST = 3
# Read as, printed as: pairs of like shapes that handbooks of OCR name (Holley 2009; Tesseract's unicharambigs).
WELL_KNOWN = (
    "rn m,m rn,cl d,d cl,li h,h li,ii n,ii u,n ri,ri n,vv w,w vv,nn m,m nn,in m,m in,iii m,lll m,lii m,l i,i l,1 l,1 i,"
    "I l,| l,| i,! l,! i,0 o,O o,5 s,$ s,8 b,6 b,c e,e c,e o,o e,a o,o a,u n,n u,h b,b h,t f,f t,f s,ﬁ fi,ﬂ fl,"
    "tli th,tl th,lh th,ti n,fi h,ll u,il u,tbe the,y v,v y,g q,q g,i t,t i,t l,l t,rri m,rm nn,ni m,hi m,ln in,"
    "B R,R B,E F,F E,C G,G C,O D,D O,T I,J I,U L,H N,N H,K X,Q O,G O,ct d,d ct,ol d,lc k,k lc,lz k,ic k,sli sh,"
    "ch ck,rv ry,io to,iti in,ui in,ru m,nt m,irn im,nl rd,m ni,m ru,m iu,u ii,w iv,iv w,w iy,y ij,a ii,ti u,u ti,"
    "H ll,FI H,Fl H,I-I H,Il H,RI M,IVI M,IJ U,LI U,I< K,l< k,l( k,VV W,IX D,P> B,Ii H,ai ru,nl m"
)
WELL_KNOWN_RATE = 2e-4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", type=Path)
    parser.add_argument("--least", type=int, default=2, help="leave out what was seen less often (default: 2)")
    asked = parser.parse_args()
    seen: Counter[tuple[str, str]] = Counter()
    printed: Counter[str] = Counter()
    for path in asked.pairs:
        for row in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(row)
            read, true = (record[k]["transcription_unit"] for k in ("ocr_hypothesis", "ground_truth"))
            for ocr_word, true_word in word_pairs(read, true):
                low = true_word.lower()
                for size in range(1, LONGEST + 1):
                    printed.update(low[i : i + size] for i in range(len(low) - size + 1))
                seen.update(confusions(ocr_word, true_word))
    letters = sum(n for part, n in printed.items() if len(part) == 1)
    edits = sum(n for n in seen.values())
    rates = {
        (ocr, true): count / max(printed[true] if true else letters, 50)
        for (ocr, true), count in seen.items()
        if count >= asked.least
    }
    for pair in WELL_KNOWN.split(","):
        ocr, true = pair.split(" ")
        rates.setdefault((ocr, true.lower()), WELL_KNOWN_RATE)
    rows = [f"{ocr}\t{true}\t{rate:.2e}" for (ocr, true), rate in sorted(rates.items())]
    head = [
        "# What OCR reads, what is printed (lower-case), how often in what is printed. Made by",
        f"# tools/learn_confusions.py from {letters} printed letters with {edits} confusions; no text.",
        f"edits a letter\t\t{edits / letters:.5f}",
    ]
    TABLE.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")
    print(f"{len(rows)} confusions, {edits / letters:.4f} a letter")


def word_pairs(read: str, true: str) -> Iterator[tuple[str, str]]:
    """The words of two texts that stand between the same white space, those alike included."""
    blocks = Levenshtein.opcodes(read, true)
    at = [(0, 0)]
    for block in blocks:
        if block.tag == "equal":
            shift = block.dest_start - block.src_start
            at += [(i, i + shift) for i in range(block.src_start, block.src_end) if read[i].isspace()]
    at.append((len(read), len(true)))
    for (a, b), (c, d) in pairwise(at):
        ocr_word, true_word = read[a:c].strip(), true[b:d].strip()
        if ocr_word and true_word and not any(x.isspace() for x in ocr_word + true_word):
            yield ocr_word, true_word


def confusions(ocr_word: str, true_word: str) -> Iterable[tuple[str, str]]:
    """The differences of two words, neighbouring ones as one; case alone is none."""
    if Levenshtein.distance(ocr_word, true_word) > max(1, len(true_word) // 2):
        return
    run: list[tuple[int, int, int, int]] = []
    for block in Levenshtein.opcodes(ocr_word.lower(), true_word.lower()):
        if block.tag == "equal":
            continue
        if run and run[-1][1] == block.src_start and run[-1][3] == block.dest_start:
            run[-1] = (run[-1][0], block.src_end, run[-1][2], block.dest_end)
        else:
            run.append((block.src_start, block.src_end, block.dest_start, block.dest_end))
    for a, b, c, d in run:
        ocr, true = ocr_word[a:b], true_word[c:d].lower()
        if len(ocr) <= LONGEST and len(true) <= LONGEST and all(x.isalnum() for x in true):
            yield ocr, true


if __name__ == "__main__":
    main()

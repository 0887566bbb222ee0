"""References to archival items: archive, fonds, file, box, folder, as source notes print them.

Source of the rules: Describing Archives: A Content Standard, chapter on citations (repository, collection, series, box,
folder); the source notes of documentary editions name the repository first and go down from there.
"""

import re
from dataclasses import dataclass

_ARCHIVE = re.compile(
    r"\b(?:Archives?|Archiv|Librar(?:y|ies)|Bibliothek|Department of (?:State|Defense)|"
    r"Records? (?:Office|Center|Administration)|"
    r"Agency|Museum|Institut(?:e|ion)|Staatsarchiv|National Archives|Archivo|Archivio|AVPRF|RGANI|GARF|RGASPI|TsKhSD|"
    r"Washington National Records Center|Public Record Office|Historical Society|Ministry|University)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:Box|Folder|File|Lot|Fond|F\.|Opis|Op\.|Delo|D\.|Reel|Record Group|RG|Entry|Vol\.?|Microfilm|Accession|Job|"
    r"List(?:y)?|Schachtel|Mappe|Carton|Boîte|Dossier)\s*\.?\s*(?:No\.\s*)?[\dA-Z][\w/.,-]*|^[\d.]+/[\w-]+|\b\d{3}(?:\.\d+)+(?:/[\w-]+)?|^POL\b.*",
)
_SOURCE = re.compile(r"^\s*(?:\[\s*)?Sources?:\s*", re.IGNORECASE)
_CORRESPONDENCE = re.compile(r"^(?:\d+\s+)?(?:see|for)\b|\bto\b", re.IGNORECASE)
_MARKINGS = re.compile(
    r"(?:Top Secret|Secret|Confidential|Unclassified|Limited Official Use|Official Use Only|No classification marking|"
    r"Eyes Only|Niact|Noforn|Streng geheim|Geheim|Restricted)\b[^.]*\.?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivalPlace:
    """Where an item is kept, from the house down; "" where nothing is printed. `marking` is its classification."""

    archive: str
    collection: str
    location: str
    marking: str
    end: int


def read_archival(text: str) -> ArchivalPlace | None:
    """Where does this source note or reference say that the item is kept? None where it names no archive.

    `end` is where that statement ends in the text.

    >>> place = read_archival("Source: Harbour Museum, Pilots' Papers, Box 3, Folder 9. Secret; Eyes Only.")
    >>> place.archive, place.collection, place.location, place.marking
    ('Harbour Museum', "Pilots' Papers", 'Box 3, Folder 9', 'Secret; Eyes Only')
    """
    start = found.end() if (found := _SOURCE.match(text)) else 0
    end = _sentence_end(text, start)
    sentence = re.sub(r"\s+", " ", text[start:end]).strip(" .[]")
    sentence = re.split(r",\s+translation from\b|,\s+copy (?:provided|obtained)\b|,\s+in [A-Z][a-z]+ [A-Z]", sentence)[
        0
    ]
    parts = [part.strip() for part in re.split(r"[,:]\s+", sentence) if part.strip()]
    if not parts or not _ARCHIVE.search(parts[0]) or len(parts[0].split()) > 9 or _CORRESPONDENCE.search(parts[0]):
        return None
    collection = next((p for p in parts[1:] if not _PLACE.search(p)), parts[1] if len(parts) > 1 else "")
    rest = [p for p in parts[1:] if p is not collection and p != collection]
    marking = _MARKINGS.search(text, end)
    near = marking is not None and marking.start() - end < 4
    return ArchivalPlace(
        archive=parts[0],
        collection=collection,
        location=", ".join(rest),
        marking=marking[0].rstrip(".") if near and marking is not None else "",
        end=end,
    )


def _sentence_end(text: str, start: int) -> int:
    for stop in re.finditer(r"\.(?=\s+[A-Z(\[“\"]|\s*\]?\s*$)", text[start:]):
        at = start + stop.start()
        word = re.search(r"([\w.]+)$", text[start:at])
        if word and (len(word[1]) <= 2 or word[1] in ("Nos", "Vol", "Dept", "U.S", "St")) and not word[1].isdigit():
            continue
        return at
    return len(text)

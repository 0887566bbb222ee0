"""Which part of a long passage is shown?"""

SNIPPET_CHARACTERS = 240


def cut_snippet(text: str, matches: tuple[tuple[int, int], ...], *, size: int = SNIPPET_CHARACTERS) -> tuple[int, int]:
    """The stretch of `text` to show: at most `size` characters, from shortly before the place with most matches.

    Cut at blanks where there are any, so that no word is halved; half-open code points. `matches` are half-open, in
    order.

    >>> text = "a lamp was seen from the quay, then for hours nothing, until the lamp was lit again and the lamp fell"
    >>> start, end = cut_snippet(text, ((2, 6), (65, 69), (92, 96)), size=60)
    >>> text[start:end]
    'nothing, until the lamp was lit again and the lamp fell'
    """
    if len(text) <= size:
        return 0, len(text)
    lead = size // 4
    best, most = 0, 0
    for n, (first, _) in enumerate(matches):
        near = sum(1 for _, end in matches[n : n + size] if end <= first + size - lead)
        if near > most:
            best, most = first, near
    start = max(0, min(best - lead, len(text) - size))
    end = min(len(text), start + size)
    if start and (blank := text.find(" ", start - 1, best)) >= 0:
        start = blank + 1
    if end < len(text) and (blank := text.rfind(" ", start + lead, end + 1)) >= 0:
        end = blank
    return start, end

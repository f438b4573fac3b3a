"""How much room a line of text takes in the page's typeface, so that a drawing can be planned before anything is drawn.

Latin widths are the typeface's own; an Arabic letter takes what it takes on average within a word, which is right to about half a letter a line.
"""

from __future__ import annotations

import unicodedata

_LATIN = {
    **dict.fromkeys("ijI.,;:'!|", 0.29), **dict.fromkeys("flrt()[]{}/\\-", 0.38), **dict.fromkeys("abcdeghknopqsuvxyz", 0.54),
    **dict.fromkeys("mwW%@", 0.9), **dict.fromkeys("0123456789+<>=~#", 0.6), **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ&", 0.66), "M": 0.82, " ": 0.24, "…": 0.9,
}  # fmt: skip
_ARABIC = {
    **dict.fromkeys("اأإآ", 0.24), **dict.fromkeys("ةيلبرزىء،؛", 0.36), **dict.fromkeys("تنثوكقدفئ", 0.44), **dict.fromkeys("همعغذ", 0.56),
    **dict.fromkeys("جحخطظ", 0.72), **dict.fromkeys("صضسش", 0.88),
}  # fmt: skip
_OTHER = 0.6
ELLIPSIS = "…"


def width_of(text: str, size: float = 12) -> float:
    """Width of a line in CSS pixels."""
    return size * sum(_letter(letter) for letter in text)


def _letter(letter: str) -> float:
    known = _LATIN.get(letter) or _ARABIC.get(letter)
    if known is not None:
        return known
    return 0.0 if unicodedata.category(letter) in ("Mn", "Cf") else _OTHER


def fitted(text: str, room: float, size: float = 12) -> str:
    """A text that fits into some room, cut with an ellipsis where it is too long."""
    if width_of(text, size) <= room:
        return text
    kept = text
    while kept and width_of(kept + ELLIPSIS, size) > room:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS


def lines_of(text: str, room: float, size: float = 12, most: int = 2) -> list[str]:
    """A text on several lines, broken between words; what finds no place on the last one is cut."""
    lines: list[str] = []
    for word in text.split():
        if lines and (len(lines) == most or width_of(f"{lines[-1]} {word}", size) <= room):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [fitted(line, room, size) for line in lines] or [""]

"""What bounds a quantity: words before it ("more than", "نحو", "لا يقل عن") and after it ("or more", "على الأقل")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from maadin.reading.mentions.phrases import Hit, Phrases, entries
from maadin.reading.model import Form, Word

_BEFORE = Phrases(e for e in entries("comparators") if e.traits["side"] == "before")
_AFTER = Phrases(e for e in entries("comparators") if e.traits["side"] == "after")
_BETWEEN = Phrases(e for e in entries("comparators") if e.traits["side"] == "between")
_BOUNDS = ("gt", "lt", "approx")
_MOST = 5  # phrases one before another


class Bound(NamedTuple):
    """What stands before a quantity.

    Attributes
    ----------
    id : str
        gt, lt, approx or eq.
    first : int
        Where it begins; the quantity itself if there is nothing.
    opens : str
        range, span or from, if a range may follow; else "".
    form : Form or None
        How its first word stood there.
    verb : bool
        Whether a verb says it: "exceeded".
    """

    id: str
    first: int
    opens: str = ""
    form: Form | None = None
    verb: bool = False


def before(words: Sequence[Word], at: int, floor: int = 0) -> Bound:
    """What stands before a word, down to another; a bound counts for more than "about"."""
    bound = Bound("eq", at)
    place = at
    for _ in range(_MOST):
        hit = _BEFORE.ending(words, place)
        if hit is None or hit.first < floor:
            break
        what = hit.entry.id
        if what == "from":
            return bound._replace(opens=what)
        if what in ("range", "span"):
            return bound._replace(opens=what, first=hit.first, form=hit.form)
        place = hit.first
        if what in _BOUNDS:
            stronger = bound.id in ("eq", "approx")
            bound = Bound(what if stronger else bound.id, place, "", hit.form, bool(hit.entry.traits.get("verb")) or bound.verb)
    return bound


def timed(words: Sequence[Word], at: int) -> bool:
    """Whether more, less or at least stands before a figure, which then is no year."""
    hit = _BEFORE.ending(words, at)
    return hit is not None and hit.entry.id in ("gt", "lt") and not hit.entry.traits.get("time") and hit.form.key not in ("past", "beyond")


def after(words: Sequence[Word], at: int) -> Hit | None:
    """What stands after a quantity: "or more", "at most", "تقريبا"."""
    return _AFTER.at(words, at)


def joint(words: Sequence[Word], at: int) -> tuple[str, int] | None:
    """What may join two numbers at a word (to, or, and, ","), and the word after it; an empty stretch for a glued و."""
    if at >= len(words):
        return None
    word = words[at]
    if word.what == "mark":
        if word.text in ("-", "–", "—"):
            return "to", at + 1
        return (",", at + 1) if word.text in (",", "،") else ("and", at + 1) if word.text == "&" else None
    hit = _BETWEEN.at(words, at, _bare)
    if hit is not None:
        return hit.entry.id, hit.last
    if any(f.before == "و" for f in word.forms):
        return "and", at
    if any(f.before == "ل" for f in word.forms):
        return "to", at
    return None


def _bare(_: object, form: Form) -> bool:
    return not form.before

"""Fractions: "two-thirds", "ثلاثة أرباع", "half a million", "مليون ونصف المليون"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from maadin.reading.mentions.numerals import FRACTIONS, WORDS, plain, worth
from maadin.reading.mentions.phrases import Hit
from maadin.reading.mentions.shares import AMOUNTS
from maadin.reading.mentions.sums import Number, Sum, Taken
from maadin.reading.model import Form, Word

_ONE = Decimal(1)


def read(words: Sequence[Word], at: int, unit: Callable[[int], bool] | None) -> Number | None:
    """A fraction: "two-thirds", "ثلاثة أرباع", "half a million", "نصف مليون"; of nothing told yet unless a scale follows."""
    i = at
    count = _ONE
    hit = FRACTIONS.at(words, at)
    if hit is None:
        if words[at].text in ("a", "A"):
            i += 1
        elif (numerator := WORDS.at(words, at)) is not None and numerator.entry.traits["role"] == "unit" and numerator.last == at + 1:
            count = worth(numerator.entry)
            i += 1
        else:
            return None
        hit = FRACTIONS.at(words, i) if i < len(words) else None
        if hit is None or hit.form.before or hit.form.article:
            return None
    shape = hit.entry.traits.get("form", "")
    if shape == "article" and (i > at or not _a_part(words, hit)):
        return None
    if (shape == "plural") != (count > 1) or count >= hit.entry.traits["parts"]:
        return None
    if words[i].lang == "en" and i == at and hit.entry.id != "half":
        return None  # "third" alone is an ordinal, "quarter" a season
    form = hit.form if i == at else next(iter(words[at].forms), Form(""))
    if i > at and words[at].lang == "ar" and (told := WORDS.at(words, at)) is not None:
        form = told.form
    share = count * (2 if shape == "dual" else 1) / Decimal(hit.entry.traits["parts"])
    last, scale = hit.last, _ONE
    ahead = last
    if ahead < len(words) and words[ahead].text == "of":
        ahead += 1
    if ahead < len(words) and words[ahead].text in ("a", "an"):
        ahead += 1
    following = WORDS.at(words, ahead)
    if following is not None and not following.form.before and multiplied(following):
        scale, last = worth(following.entry), following.last
        more = WORDS.at(words, last)
        if more is not None and more.entry.traits["role"] == "scale" and plain(more.entry) and not more.form.before:
            scale, last = scale * worth(more.entry), more.last
        return Number(share * scale, at, last, form, share, scale, how="word")
    if unit is not None and ahead < len(words) and (ahead == hit.last + 1 or words[at].lang == "ar") and unit(ahead):
        return Number(share, at, ahead, form, share, how="word")
    return Number(share, at, last, form, share, how="fraction")


def _a_part(words: Sequence[Word], hit: Hit) -> bool:
    """Whether "خمس" or "عشر" is a fraction, and not five or ten: "خمس الإنتاج", "خمس حاجتها", "بمقدار العشر"."""
    if hit.form.article:
        return hit.first > 0 and (bool(hit.form.before) or any(f.key in AMOUNTS for f in words[hit.first - 1].forms))
    if hit.last >= len(words):
        return False
    following = words[hit.last].forms[:1]
    return any(f.article for f in following) or any(f.after and not f.article for f in words[hit.last].forms)


def multiplied(hit: Hit) -> bool:
    """Whether a word may stand after "a" or a fraction, to be multiplied: hundred, million, dozen."""
    return (hit.entry.traits["role"] in ("hundred", "scale") and plain(hit.entry)) or hit.form.key == "dozen"


def going_on(sum_: Sum, words: Sequence[Word], at: int) -> Taken | None:
    """ "and a half", "ونصف المليون": half of what was told last."""
    at += words[at].text in ("a", "one")
    hit = FRACTIONS.at(words, at)
    if hit is None or hit.entry.traits.get("form") == "plural" or hit.form.article:
        return None
    share = (2 if hit.entry.traits.get("form") == "dual" else _ONE) / Decimal(hit.entry.traits["parts"])
    last = hit.last
    following = WORDS.at(words, last)
    again = following is not None and following.entry.traits["role"] == "scale" and not following.form.before
    if sum_.last == "scale":
        if again and following is not None:
            if worth(following.entry) != sum_.scale:
                return None
            last = following.last
        elif last < len(words) and words[last].lang == "ar" and any(f.article for f in words[last].forms[:1]):
            return None
        sum_.total += share * sum_.scale
        sum_.bare += share
    elif sum_.last in ("unit", "teen", "ten", "tens", "figure", "hundred"):
        sum_.group = (sum_.group or Decimal(0)) + share
        sum_.last = "figure"
    else:
        return None
    return Taken(last, None, hit.form)

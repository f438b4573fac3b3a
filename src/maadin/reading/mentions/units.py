"""Units: what stands after a number (or, of money, before it), in base units; prices per mass and rates per time.

"mt" and "MT" mean metric tons after a whole number from a thousand up or after a scale ("10,000 MT", "2 million mt"), and million tonnes otherwise
("12.5 mt", "1,193.4 MT").
"Mt" is always million tonnes, unless a scale stands before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from maadin.reading.entries import Entry
from maadin.reading.mentions.phrases import Hit, Phrases, entries
from maadin.reading.mentions.sums import Number
from maadin.reading.model import Form, Word

_MEASURED = ("mass", "percent", "flow", "span", "times", "other")
_UNITS = Phrases(e for e in entries("units") if e.traits["role"] in _MEASURED)
_PER = Phrases(e for e in entries("units") if e.traits["role"] == "per")
_RATES = Phrases(e for e in entries("units") if e.traits["role"] == "rate")
_TIMES = Phrases(e for e in entries("units") if e.traits["role"] == "rate_unit")
_NOT_RATES = Phrases(e for e in entries("units") if e.traits["role"] == "not_rate")
_PRICES = Phrases(e for e in entries("units") if e.traits["role"] == "price")
_MASSES = {
    e.id: e
    for e in entries("units")
    if e.traits["role"] == "mass" and e.id in ("tonne", "ounce", "gram", "kilogram", "pound") and "form" not in e.traits
}
_NOT_MASS = Phrases(e for e in entries("units") if e.traits["role"] == "not_mass")
_MONEY = Phrases(entries("currencies"))
_MONEY_SIGNS = Phrases(replace(e, phrases=()) for e in entries("currencies"))
STARTS = frozenset(_MONEY_SIGNS.starts)
DUALS = Phrases(e for e in (*entries("units"), *entries("currencies")) if e.traits.get("form") == "dual")
_SCALED = Decimal(1000)
_MILLION = Decimal(10**6)
_PER_KG = Decimal(1000)  # kilograms of a tonne
_PRICE_REACH = 7
_REACH = 5  # words between a unit and its rate: "100 tonnes of refined gallium a year"
_FACTORS = {id(e): Decimal(str(e.traits.get("factor", 1))) for e in entries("units")}
_OF = frozenset(("of", "من"))


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in a sentence.

    Attributes
    ----------
    unit : str
        As in `Quantity.unit`.
    factor : Decimal
        What a number is multiplied by.
    last : int
        The word after it.
    per : str
        year, month, week or day, of a rate.
    currency, note, what : str
        The currency told; how it was converted; what it is, if it is none of ours.
    points : bool
        Percentage points.
    """

    unit: str
    factor: Decimal
    last: int
    per: str = ""
    currency: str = ""
    note: str = ""
    what: str = ""
    points: bool = False


def prefix(words: Sequence[Word], at: int) -> Hit | None:
    """A currency sign before a number: $, US$, USD, €, Rs."""
    return _MONEY_SIGNS.at(words, at)


def begins(words: Sequence[Word], at: int) -> bool:
    """Whether a mass, a percentage or money is named at a word."""
    hit = _UNITS.at(words, at, _unglued)
    return (hit is not None and hit.entry.traits["role"] in ("mass", "percent")) or _MONEY.at(words, at, _unglued) is not None


def counted(words: Sequence[Word], at: int) -> bool:
    """Whether a unit or currency of any kind is named at a word, after a figure."""
    hit = _UNITS.at(words, at, _unglued) or _MONEY.at(words, at, _unglued)
    return hit is not None and (len(words[at].text) > 1 or words[at].what == "mark" or words[at].start == words[at - 1].end)


def after(words: Sequence[Word], at: int, number: Number, sign: Hit | None = None) -> Unit | None:
    """The unit that follows a number.

    Parameters
    ----------
    words : sequence of Word
    at : int
        The word after the number.
    number : Number
    sign : Hit, optional
        The currency sign before it.
    """
    money = _MONEY.at(words, at, _unglued)
    if sign is not None:
        named = money is not None and sign.entry.id == "USD" and money.entry.id != "USC"
        return (
            _money(words, money.last, money.entry, sign.first) if named and money is not None else _money(words, at, sign.entry, sign.first)
        )
    hit = _UNITS.at(words, at, _unglued)
    if money is not None and (hit is None or money.last >= hit.last):
        return _money(words, money.last, money.entry, number.first)
    if hit is None:
        return None
    return _measured(words, hit, number)


def dual(words: Sequence[Word], at: int) -> tuple[Unit, Hit] | None:
    """A unit that means two of it: "طنين", "دولاران", "عامين"."""
    hit = DUALS.at(words, at)
    if hit is None:
        return None
    if hit.entry.kind == "currency":
        return _money(words, hit.last, hit.entry, hit.first), hit
    unit = _measured(words, hit, None)
    return None if unit is None else (unit, hit)


def _unglued(entry: Entry, form: Form) -> bool:
    return not form.before and not form.article and entry.traits.get("form") != "dual"


def _measured(words: Sequence[Word], hit: Hit, number: Number | None) -> Unit | None:
    traits, last = hit.entry.traits, hit.last
    role, factor = traits["role"], _FACTORS[id(hit.entry)]
    if role == "percent":
        per, last = rate(words, last)
        return Unit("percent", factor, last, per, points=bool(traits.get("points")))
    if role == "span":
        return Unit(traits.get("unit", hit.entry.id), factor, last)
    if role in ("times", "other"):
        return Unit("times" if role == "times" else "other", Decimal(1), last, what=traits.get("what", ""))
    note = traits.get("note", "")
    if number is not None and number.scale >= _SCALED and factor == _MILLION and hit.entry.id == "megatonne":
        factor = Decimal(1)  # "2 million Mt" means metric tons
    if traits.get("ambiguous") and number is not None and number.scale < _SCALED and _millions(number.bare):
        factor = _MILLION
    if role == "flow":
        return Unit("tonne", factor, last, traits["per"])
    if _NOT_MASS.at(words, last) is not None:
        return Unit("other", Decimal(1), last, what="emissions")
    if by := _by(words, last):
        return Unit("other", Decimal(1), by.last, what="grade")
    per, last = rate(words, last)
    return Unit("tonne", factor, last, per, note=note)


def _millions(value: Decimal) -> bool:
    """Whether so many "MT" are million tonnes: below a thousand, or with decimals below ten thousand."""
    return value < _SCALED or (value < 10 * _SCALED and value != int(value))


def _money(words: Sequence[Word], at: int, currency: Entry, first: int) -> Unit:
    per_usd = currency.traits.get("per_usd")
    by = _by(words, at)
    last = by.last if by is not None else at
    per, last = rate(words, last)
    if per_usd is None:
        return Unit("other", Decimal(1), last, per, currency.id, what="money")
    factor = 1 / Decimal(per_usd)
    notes = [] if "source" not in currency.traits else [f"{per_usd} {currency.id} = 1 USD ({currency.traits['source']})"]
    of = by.entry if by is not None else _priced(words, first)
    if of is None:
        return Unit("USD", factor, last, per, currency.id, "; ".join(notes))
    if of.traits["role"] != "mass":
        return Unit("other", factor, last, per, currency.id, what=f"price per {of.id}")
    mass = Decimal(1) if of.traits.get("ambiguous") or of.id == "megatonne" else _FACTORS[id(of)]
    by_kg = of.id in ("kilogram", "gram", "ounce")
    if of.traits.get("note") and of.id != "kilogram":
        notes.append(of.traits["note"])
    return Unit("USD/kg" if by_kg else "USD/tonne", factor / (mass * _PER_KG if by_kg else mass), last, per, currency.id, "; ".join(notes))


def _priced(words: Sequence[Word], first: int) -> Entry | None:
    """What a sum is the price of, if that was told just before: "سعر الطن إلى 2500 دولار"; nothing with a figure or comma between them."""
    for end in range(first, max(0, first - _PRICE_REACH), -1):
        hit = _PRICES.ending(words, end)
        if hit is not None:
            return _MASSES[hit.entry.traits["of"]]
        if words[end - 1].what != "word" and words[end - 1].text not in "$€£¥":
            break
    return None


def _by(words: Sequence[Word], at: int) -> Hit | None:
    """What a price is for: "a tonne", "per pound", "/kg", "للطن", "لكل أونصة"."""
    if at >= len(words):
        return None
    per = _PER.at(words, at)
    if per is not None:
        return _UNITS.at(words, per.last, _counted)
    return _UNITS.at(words, at, _for) if words[at].lang == "ar" else None


def _counted(entry: Entry, form: Form) -> bool:
    return entry.traits["role"] in ("mass", "other") and not form.before and entry.traits.get("form") != "dual"


def _for(entry: Entry, form: Form) -> bool:
    return entry.traits["role"] in ("mass", "other") and form.before in ("ل", "") and form.article and entry.traits.get("form") != "dual"


def rate(words: Sequence[Word], at: int) -> tuple[str, int]:
    """The time that a flow is per, and the word after it; "" and the same word if it is told nowhere near.

    A rate may stand after what flows: "100 tonnes of gallium a year".
    """
    if at >= len(words):
        return "", at
    if words[at].text == "/" and (hit := _TIMES.at(words, at + 1)):
        return str(hit.entry.traits["per"]), hit.last
    if hit := _rate(words, at):
        return str(hit.entry.traits["per"]), hit.last
    if words[at].text in _OF:
        for ahead in range(at + 2, min(at + 2 + _REACH, len(words))):
            if words[ahead].what != "word":
                break
            if hit := _rate(words, ahead):
                return str(hit.entry.traits["per"]), at
    return "", at


def _rate(words: Sequence[Word], at: int) -> Hit | None:
    hit = _RATES.at(words, at)
    if hit is None or (hit.form.before and hit.form.before != "ب"):
        return None
    if hit.last < len(words) and (words[hit.last].what == "figure" or _NOT_RATES.at(words, hit.last) is not None):
        return None
    return hit


def shared(unit: Unit, last: int) -> Unit:
    """The same unit for a number that is told before another: "10 and 20 million tonnes"."""
    return replace(unit, last=last)

"""Figures of any subject: how a list of countries becomes bars, a map or a description of either."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from maadin.facts import regions
from maadin.report import numbers
from maadin.report.html.bars import Bar, Bars
from maadin.report.html.figures import Figure, Key
from maadin.report.html.scales import round_breaks
from maadin.report.html.world import World
from maadin.report.intervals import signed
from maadin.report.sheets import Block
from maadin.report.words import Language, joined, phrase

TOLD = 5  # items of a description
CLASSES = 3


def page_word(key: str, language: Language, **values: object) -> str:
    """A text of the pages."""
    return phrase("pages", key, language, **values)


def listed(texts: Sequence[str], language: Language) -> str:
    """The first of some items, for a description."""
    return ("؛ " if language == "ar" else "; ").join(texts[:TOLD])


def marks_of(language: Language, *, percent: bool = False, sign: bool = False) -> Callable[[float], str]:
    """How round figures along a scale are read."""

    def mark(value: float) -> str:
        decimals = next((d for d in range(4) if abs(value - round(value, d)) < 1e-9), 4)
        said = signed(value, decimals, language) if sign else numbers.fixed(value, decimals, language)
        return f"{said}%" if percent else said

    return mark


def ranked(title: str, unit: str, source: str, bars: Sequence[Bar], data: Block, language: Language, notes: Sequence[str] = ()) -> Figure:
    """Bars of one list."""
    said = listed([f"{b.label} {b.shown}" for b in bars], language)
    alt = page_word("alt_bars", language, title=title, listed=said)
    return Figure(title, unit, alt, source, Bars([("", bars)]), data, notes=tuple(notes))


def in_groups(title: str, unit: str, source: str, groups: Sequence[tuple[str, Sequence[Bar]]], data: Block, language: Language) -> Figure:
    """Bars under headings."""
    said = listed([f"{heading}: " + joined([f"{b.label} {b.shown}" for b in bars], language) for heading, bars in groups], language)
    return Figure(title, unit, page_word("alt_bars", language, title=title, listed=said), source, Bars(groups), data)


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a map shows: values by country, how one is read with its unit, and a bound of its classes without it."""

    title: str
    unit: str
    source: str
    values: Mapping[str, float]
    shown: Callable[[str], str]
    bound: Callable[[float], str]


def levels(m: Mapped, data: Block, language: Language) -> Figure:
    """A map of levels by country, in classes up to the largest."""
    positive = {code: v for code, v in m.values.items() if v > 0}
    breaks = round_breaks(max(positive.values(), default=0.0), CLASSES)
    tones = {code: f"p{1 + sum(v >= b for b in breaks)}" for code, v in positive.items()}
    named = [(f"p{n + 1}", _class(m, breaks, n, language)) for n in range(len(breaks), -1, -1)] if breaks else []
    keys = [Key(tone, text) for tone, text in named if tone in tones.values()]
    return _map(replace(m, values=positive), tones, keys, data, language)


def gains(m: Mapped, data: Block, language: Language) -> Figure:
    """A map of gains and losses by country, in classes on either side of next to nothing."""
    breaks = round_breaks(max((abs(v) for v in m.values.values()), default=0.0), CLASSES)

    def tone(value: float) -> str:
        size = sum(abs(value) >= b for b in breaks)
        return "zero" if not size else f"{'p' if value > 0 else 'n'}{size}"

    tones = {code: tone(v) for code, v in m.values.items()}
    keys = []
    if breaks:
        sides: list[tuple[str, str]] = [("loses", "n"), ("gains", "p")]
        for key, letter in sides:
            order = range(CLASSES, 0, -1) if letter == "n" else range(1, CLASSES + 1)
            keys += [Key(f"{letter}{n}", page_word(key, language, amount=_class(m, breaks, n, language))) for n in order]
        keys.insert(CLASSES, Key("zero", page_word("either_way", language, high=m.bound(breaks[0]))))
    keys = [k for k in keys if k.tone in tones.values()]
    return _map(m, tones, keys, data, language)


def _class(m: Mapped, breaks: Sequence[float], n: int, language: Language) -> str:
    if n == 0:
        return page_word("under", language, high=m.bound(breaks[0]))
    if n == len(breaks):
        return page_word("over", language, low=m.bound(breaks[-1]))
    return page_word("between", language, low=m.bound(breaks[n - 1]), high=m.bound(breaks[n]))


def _map(m: Mapped, tones: Mapping[str, str], keys: Sequence[Key], data: Block, language: Language) -> Figure:
    largest = sorted(m.values, key=lambda code: -abs(m.values[code]))
    tips = {code: f"{regions.name(code, language)}: {m.shown(code)}" for code in largest}
    alt = page_word("alt_map", language, title=m.title, listed=listed(list(tips.values()), language))
    legend = (*keys, Key("land", page_word("no_figure", language)))
    return Figure(m.title, m.unit, alt, m.source, World(tones, tips), data, legend, notes=(page_word("borders", language),))

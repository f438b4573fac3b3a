"""The figures of a verdict, drawn: reserves by release, flows by year with the measures marked, rankings, reliance, prices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from maadin.facts import regions
from maadin.reading.check.verdict import Figure as Evidence
from maadin.reading.check.verdict import Verdict
from maadin.report import verdict_amounts as amounts
from maadin.report import verdict_words as told
from maadin.report import words
from maadin.report.html.bars import Bar
from maadin.report.html.figures import Figure
from maadin.report.html.lines import Point, Series
from maadin.report.html.over_years import moment, over_years
from maadin.report.html.shown import in_groups, marks_of, page_word, ranked
from maadin.report.layout import cells
from maadin.report.numbers import Scale, number, percent, scale_for
from maadin.report.sheets import Block, Column, text_column
from maadin.report.words import Language

MOST = 2  # figures of a card
SHOWN = 8  # bars
FEWEST = 3  # years of a line, countries of a ranking
LINES = 5
LEVELS = ("reserves", "production", "capacity", "consumption")
OWN = "s2"  # the colour of whom the statement is about


def charts(verdict: Verdict, language: Language) -> tuple[Figure, ...]:
    """What is worth looking at of a verdict, at most two figures; those of its parts where it has some."""
    if verdict.parts:
        return tuple(chart for part in verdict.parts for chart in charts(part, language)[:1])[:MOST]
    used = {row for finding in (verdict.then, verdict.now) if finding for row in (*finding.figures, *finding.beside)}
    figures = [f for f in verdict.figures if f.row in used]
    focus = frozenset((*verdict.statement.country, *verdict.statement.actor)) - {"WLD"}
    made: list[Figure] = []
    for draw in (_reserves, _flows, _reliance, _prices, _rankings):
        made += [f for f in draw(verdict, figures, focus, language) if f]
    return tuple(made[:MOST])


def _reserves(verdict: Verdict, figures: Sequence[Evidence], focus: frozenset[str], language: Language) -> Iterable[Figure]:
    """Reserves of whom the statement is about in each release."""
    about = focus | frozenset(verdict.statement.target or ())
    held = [f for f in figures if f.what == "reserves" and (f.country in about)]
    for rows in _grouped(held, ("commodity", "form", "mass_basis", "unit")):
        if len({f.release for f in rows}) < 2:
            continue
        scale = scale_for([f.value for f in rows], rows[0].unit)
        rows = sorted(rows, key=lambda f: f.release)
        groups = [(_name(c, language), [_bar(f, scale, language, f.release) for f in rows if f.country == c]) for c in _countries(rows)]
        title = page_word("by_release", language, what=_what(rows[0], language))
        yield in_groups(title, _unit(rows[0], scale, language), _source(rows, language), groups, _table(rows, scale, language), language)


def _rankings(verdict: Verdict, figures: Sequence[Evidence], focus: frozenset[str], language: Language) -> Iterable[Figure]:
    """The largest countries as the newest release of each source has them, with whom the statement is about set off."""
    for rows in _grouped(
        [f for f in figures if f.what in LEVELS and f.country != "WLD"],
        ("what", "commodity", "stage", "form", "mass_basis", "source", "unit"),
    ):
        newest = max((f.release, f.year or 0) for f in rows)
        last = sorted((f for f in rows if (f.release, f.year or 0) == newest), key=lambda f: -(f.value or 0.0))
        if len(last) < FEWEST:
            continue
        kept = [f for n, f in enumerate(last) if n < SHOWN or f.country in focus]
        scale = scale_for([f.value for f in kept], kept[0].unit)
        bars = [_bar(f, scale, language, _name(f.country, language), OWN if f.country in focus else "s1") for f in kept]
        title = page_word(
            "in_year", language, what=_what(kept[0], language), year=kept[0].year if kept[0].what != "reserves" else kept[0].release
        )
        unit = cells.caption((cells.source_name(kept[0].source, "", language), _unit(kept[0], scale, language)))
        yield ranked(title, unit, _source(kept, language), bars, _table(kept, scale, language), language)


def _flows(verdict: Verdict, figures: Sequence[Evidence], focus: frozenset[str], language: Language) -> Iterable[Figure]:
    """One route by year, a line a code, with the measures on it; or the shares of a market by year."""
    flows = [f for f in figures if f.code is not None and f.year]
    if verdict.test == "main":
        yield from _shares(flows, focus, language)
        return
    routes = sorted(
        {(f.country, f.partner) for f in flows},
        key=lambda r: (r[0] not in focus and r[1] not in focus, -sum((f.country, f.partner) == r for f in flows)),
    )
    for route in routes[:1]:
        rows = sorted((f for f in flows if (f.country, f.partner) == route), key=lambda f: f.year or 0)
        years = sorted({f.year for f in rows if f.year and f.value is not None})
        if len(years) < FEWEST:
            continue
        scale = scale_for([f.value for f in rows], "tonne")
        series = [
            Series(_code(group[0]), [_point(f, scale, language) for f in group], f"s{min(at, 6)}")
            for at, group in enumerate(_grouped(rows, ("series", "code")), 1)
        ]
        names = {"exporter": _name(route[0], language), "importer": _name(route[1], language)}
        title = page_word("over_years", language, what=page_word("trade_total", language, **names), first=years[0], last=years[-1])
        events = _events(figures, years, language)
        unit = cells.caption((amounts.commodity(rows[0].commodity, language), scale.words(language)))
        yield over_years(
            title, unit, _source(rows, language), series, _scaled(scale, language), _table(rows, scale, language), language, events=events
        )


def _shares(flows: Sequence[Evidence], focus: frozenset[str], language: Language) -> Iterable[Figure]:
    """Shares of a market by year: whom the statement is about and the largest beside."""
    for rows in _grouped([f for f in flows if f.share is not None], ("series", "code", "partner")):
        years = sorted({f.year for f in rows if f.year})
        if len(years) < FEWEST:
            continue
        by = {(f.country, f.year): f for f in rows}
        most = sorted(_countries(rows), key=lambda c: (c not in focus, -max(f.share or 0.0 for f in rows if f.country == c)))[:LINES]
        tones = iter(("s1", "s3", "s4", "s5", "s6"))
        series = [
            Series(_name(c, language), [_share(by.get((c, y)), y, language) for y in years], OWN if c in focus else next(tones))
            for c in most
        ]
        what = page_word("shares_of_market", language, market=_name(rows[0].partner, language))
        title = page_word("over_years", language, what=what, first=years[0], last=years[-1])
        kept = [f for f in rows if f.country in most]
        yield over_years(
            title, cells.caption((amounts.codes((rows[0].code or "",), language), "%")), _source(rows, language), series, marks_of(language, percent=True),
            _table(kept, scale_for([f.value for f in kept], "tonne"), language), language,
        )  # fmt: skip
        return


def _reliance(verdict: Verdict, figures: Sequence[Evidence], focus: frozenset[str], language: Language) -> Iterable[Figure]:
    held = [f for f in figures if f.what == "net_import_reliance" and f.year]
    groups = [g for g in _grouped(held, ("source", "form", "country")) if sum(f.value is not None for f in g) >= FEWEST]
    for rows in groups[:1]:
        rows = sorted(_newest(rows), key=lambda f: f.year or 0)
        points = [
            Point(f.year or 0, f.value, f"{number(f.value, language)}%" if f.value is not None else amounts.status(f.status, language), str(f.year), f.status in ("at_least", "at_most"))
            for f in rows
        ]  # fmt: skip
        what = page_word("reliance_of", language, country=_name(rows[0].country, language))
        title = page_word("over_years", language, what=what, first=rows[0].year, last=rows[-1].year)
        unit = cells.caption(
            (amounts.commodity(rows[0].commodity, language), amounts.form(rows[0].form, language) if rows[0].form else "", "%")
        )
        yield over_years(
            title,
            unit,
            _source(rows, language),
            [Series("", points, OWN)],
            marks_of(language, percent=True),
            _table(rows, Scale(1.0, "%"), language),
            language,
        )


def _prices(verdict: Verdict, figures: Sequence[Evidence], focus: frozenset[str], language: Language) -> Iterable[Figure]:
    for rows in _grouped([f for f in figures if f.what == "price" and f.year and f.value is not None], ("source", "item", "form", "unit")):
        if len(rows) < FEWEST:
            continue
        rows = sorted(_newest(rows), key=lambda f: (f.year or 0, f.month or 0))
        points = [
            Point((f.year or 0) + ((f.month - 0.5) / 12 if f.month else 0), f.value, number(f.value or 0.0, language), _when(f))
            for f in rows
        ]
        title = f"{page_word('prices', language)}: {words.phrase('verdict_items', rows[0].item, language)}"
        yield over_years(
            title,
            rows[0].unit,
            _source(rows, language),
            [Series("", points)],
            marks_of(language),
            _table(rows, Scale(1.0, rows[0].unit), language),
            language,
        )


def _grouped(figures: Iterable[Evidence], keys: Sequence[str]) -> list[list[Evidence]]:
    """Figures by some of their fields, those with most figures first."""
    found: dict[tuple[Any, ...], list[Evidence]] = {}
    for f in figures:
        found.setdefault(tuple(getattr(f, key) for key in keys), []).append(f)
    return sorted(found.values(), key=len, reverse=True)


def _newest(rows: Sequence[Evidence]) -> list[Evidence]:
    """Of figures of one year those of the newest release."""
    return list({(f.year, f.month): f for f in sorted(rows, key=lambda f: f.release)}.values())


def _name(code: str | None, language: Language) -> str:
    """A country as a label, without the article that a sentence needs."""
    return regions.name({"EUU": "EU27"}.get(code or "", code or ""), language)


def _countries(rows: Sequence[Evidence]) -> list[str]:
    return list(dict.fromkeys(f.country or "" for f in rows))


def _bar(f: Evidence, scale: Scale, language: Language, label: str, tone: str = "s1") -> Bar:
    if f.value is None:
        return Bar(label, amounts.status(f.status, language), None, tone=tone)
    shown = _shown(f, scale, language)
    share = f" · {percent(f.share, language)}" if f.share is not None else ""
    return Bar(label, shown + share, f.value, tone=tone)


def _shown(f: Evidence, scale: Scale, language: Language) -> str:
    if f.value is None:
        return amounts.status(f.status, language)
    sign = {"at_least": ">", "at_most": "<", "below_half_unit": "≈"}.get(f.status, "")
    return sign + number(f.value / scale.factor, language)


def _point(f: Evidence, scale: Scale, language: Language) -> Point:
    return Point(f.year or 0, f.value, _shown(f, scale, language), _when(f), f.flag.startswith("unit_value"))


def _share(f: Evidence | None, year: int, language: Language) -> Point:
    share = f.share if f else None
    return Point(year, 100 * share if share is not None else None, percent(share, language) if share is not None else "–", str(year))


def _when(f: Evidence) -> str:
    return f"{f.year}-{f.month:02d}" if f.month else str(f.year or "")


def _events(figures: Sequence[Evidence], years: Sequence[int], language: Language) -> list[tuple[float, str]]:
    found = []
    for f in sorted((f for f in figures if f.what == "measure" and f.since), key=lambda f: f.since):
        when = date.fromisoformat(f.since)
        if years[0] <= when.year <= years[-1]:
            found.append((moment(when) - 0.5, told.figure(f, language)))
    return found


def _what(f: Evidence, language: Language) -> str:
    name = amounts.commodity(f.commodity, language)
    return page_word("of_commodity", language, what=page_word(f.what, language), commodity=name)


def _code(f: Evidence) -> str:
    return f"{f.code} ({f.series.split('-v')[0]})" if f.series and len(f.code or "") > 4 and "hs92" not in f.series else str(f.code)


def _unit(f: Evidence, scale: Scale, language: Language) -> str:
    basis = words.mass_basis(f.mass_basis, language) if f.mass_basis else ""
    form = amounts.form(f.form, language) if f.form else ""
    return cells.caption((form, basis, scale.words(language)))


def _scaled(scale: Scale, language: Language) -> Any:
    mark = marks_of(language)
    return lambda value: mark(value / scale.factor)


def _source(rows: Sequence[Evidence], language: Language) -> str:
    used = dict.fromkeys((f.source, f.release) for f in rows)
    names = ("؛ " if language == "ar" else "; ").join(cells.source_name(s, r, language) for s, r in used)
    return page_word("source", language, names=names)


def _table(rows: Sequence[Evidence], scale: Scale, language: Language) -> Block:
    """The figures that are drawn."""
    columns = []
    if len(_countries(rows)) > 1 or not any(f.code for f in rows):
        columns.append(text_column("country", [_name(f.country, language) for f in rows], language))
    columns.append(text_column("year", [_when(f) for f in rows], language))
    if len({f.code for f in rows}) > 1:
        columns.append(text_column("code", [str(f.code or "") for f in rows], language))
    columns.append(Column(scale.words(language), [_shown(f, scale, language) for f in rows]))
    if any(f.share is not None for f in rows):
        columns.append(
            Column(words.phrase("heads", "share", language), [percent(f.share, language) if f.share is not None else "" for f in rows])
        )
    columns.append(text_column("source", [cells.source_name(f.source, f.release, language) for f in rows], language))
    return Block("", columns)

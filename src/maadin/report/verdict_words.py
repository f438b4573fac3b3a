"""Verdicts in words: the answer, then and now, the figures it rests on, why, and what would change it, in Arabic and English."""

from __future__ import annotations

from collections.abc import Iterable

from maadin.facts import catalogue
from maadin.reading.check.verdict import Figure, Finding, Verdict
from maadin.report import words
from maadin.report.numbers import percent
from maadin.report.verdict_amounts import (
    codes,
    commodity,
    counted,
    countries,
    day,
    day_of,
    form,
    ordinal,
    place,
    publisher,
    quantity,
    status,
)
from maadin.report.verdict_notes import answer, note
from maadin.report.words import Language, joined, phrase

__all__ = [
    "answer", "changes", "code_of", "codes", "commodity", "counted", "countries", "day", "figure", "figure_amount", "figure_subject", "figures", "form", "in_words", "joined_lines", "limits",
    "moments", "note", "ordinal", "place", "publisher", "quantity", "reasons", "rules", "status", "why",
]  # fmt: skip
SHOWN = 4  # figures of a finding that a sentence names
PLAIN = ("bears_out", "speaks_against")  # what the answer says anyway
TELLING = frozenset(  # reasons that tell the figures themselves
    (
        "place",
        "place_in_trade",
        "share_is",
        "share_of_trade",
        "compared",
        "extreme",
        "left_after",
        "revised",
        "reliance_by_year",
        "not_listed_in",
        "each",
    )
)


def in_words(verdict: Verdict, language: Language) -> str:
    """A verdict in a few sentences: the answer then and now, why, the deciding figures."""
    said = [moments(verdict, language)]
    then = verdict.then
    if then is not None and then.as_of is not None and then.verdict != verdict.verdict:
        said.append(phrase("verdict_moments", "why_then", language, day=day(then.as_of, language), why=why(verdict, then, language)))
        said.append(phrase("verdict_moments", "why_now", language, why=why(verdict, verdict.now, language)))
    else:
        said.append(why(verdict, verdict.now, language))
    return " ".join([*said, *(note(n, language) for n in verdict.notes)])


def why(verdict: Verdict, finding: Finding, language: Language) -> str:
    """The reasons of a finding, and its figures where the reasons do not tell them."""
    said = [note(n, language) for n in finding.reasons if n.id not in PLAIN]
    if not any(n.id in TELLING for n in finding.reasons):
        lines = figures(verdict, finding, language)
        said += [joined_lines(lines, language)] if lines else []
    of_now = finding is verdict.now
    for part in verdict.parts:
        about = part.now if of_now or part.then is None else part.then
        label = joined((place(code_of(part), language), commodity(part.statement.commodity[0], language)), language)
        said.append(phrase("verdict_said", "group", language, label=label, answers=why(part, about, language)))
    return " ".join(said)


def code_of(verdict: Verdict) -> str:
    """The countries that a verdict is about."""
    return "+".join(verdict.statement.country or verdict.statement.actor)


def moments(verdict: Verdict, language: Language) -> str:
    """The answers, then and now; one where they agree."""
    if verdict.then is None or verdict.then.as_of is None:
        as_of = verdict.now.as_of
        key = "only_now" if as_of is None else "as_of"
        return phrase("verdict_moments", key, language, answer=answer(verdict.verdict, language), day=day(as_of, language) if as_of else "")
    day_text = day(verdict.then.as_of, language)
    if verdict.then.verdict == verdict.now.verdict:
        return phrase("verdict_moments", "same", language, answer=answer(verdict.verdict, language), day=day_text)
    then = phrase("verdict_moments", "then", language, day=day_text, answer=answer(verdict.then.verdict, language))
    return f"{then} {phrase('verdict_moments', 'now', language, answer=answer(verdict.now.verdict, language))}"


def reasons(finding: Finding, language: Language) -> list[str]:
    """Why, a sentence a reason; that the figures say so is left out where more is told."""
    more = any(n.id not in PLAIN for n in finding.reasons)
    return [note(n, language) for n in finding.reasons if not (more and n.id in PLAIN)]


def rules(finding: Finding, language: Language) -> list[str]:
    """The rules applied."""
    return [note(n, language) for n in finding.rules]


def limits(finding: Finding, language: Language) -> list[str]:
    """What limits the figures."""
    return [note(n, language) for n in finding.notes]


def changes(finding: Finding, language: Language) -> list[str]:
    """What would change the verdict."""
    return [note(n, language) for n in finding.would_change]


def figures(verdict: Verdict, finding: Finding, language: Language, most: int = SHOWN) -> list[str]:
    """The deciding figures, the newest of each source first; how many more there are."""
    held = [
        f for f in verdict.figures_of(finding) or verdict.figures_of(finding, beside=True) if f.value is not None or f.status != "value"
    ]
    ordered = sorted(held, key=lambda f: -(f.year or 0))
    lines = [figure(f, language) for f in ordered[:most]]
    if len(ordered) > most:
        lines.append(
            phrase("verdict_figures", "and_more", language, figures=counted("verdict_more_figures", len(ordered) - most, language))
        )
    return lines


def joined_lines(lines: Iterable[str], language: Language) -> str:
    """Figures as one sentence."""
    return ("؛ " if language == "ar" else "; ").join(lines) + "."


def figure(f: Figure, language: Language) -> str:
    """One figure: source and release, what it counts, when, how much."""
    if f.what == "measure":
        return _measure(f, language)
    source = phrase("verdict_figures", "source", language, publisher=publisher(f.source, language), release=f.release)
    said = {"source": source, "what": figure_subject(f, language), "amount": figure_amount(f, language), "details": _details(f, language)}
    if f.year is None:
        return phrase("verdict_figures", "undated", language, **said)
    when = f"{f.year}-{f.month:02d}" if f.month else str(f.year)
    return phrase("verdict_figures", "line", language, when=when, **said)


def figure_subject(f: Figure, language: Language) -> str:
    """What a figure counts, and of whom."""
    if f.what == "measure":
        return words.measure(f.row.removeprefix("measures:"), f.item, language)
    named = commodity(f.commodity, language)
    known = catalogue.commodities().get(f.commodity)
    several = known is not None and len(known.stages) > 1 and f.what in ("production", "capacity")
    kinds = [words.stage_name(f.commodity, f.stage, language)] if several else []
    kinds += [form(f.form, language)] if f.form else []
    if kinds:
        named = f"{named} ({joined(kinds, language)})"
    values = {"commodity": named, "country": place(f.country, language), "partner": place(f.partner, language)}
    values["item"] = phrase("verdict_items", f.item, language)
    if f.code is not None:
        key = "flow" if "WLD" not in (f.country, f.partner) else "flow_out" if f.partner == "WLD" else "flow_in"
        return phrase("verdict_what", key, language, code=codes((f.code,), language), **values)
    if f.what in ("exports", "imports"):
        return phrase("verdict_what", "total_out" if f.what == "exports" else "total_in", language, **values)
    return phrase("verdict_what", f.what, language, **values)


def figure_amount(f: Figure, language: Language) -> str:
    """How much, or why there is no number."""
    if f.what == "measure":
        return _measure_size(f, language).rstrip("، ,")
    if f.value is None:
        if f.value_usd is not None:
            return quantity(f.value_usd, "USD", language)
        return status(f.status, language)
    said = quantity(f.value, f.unit, language)
    return phrase("verdict_figures", f.status, language, amount=said) if f.status in ("at_least", "at_most", "below_half_unit") else said


def _details(f: Figure, language: Language) -> str:
    said = []
    if f.code is not None and f.value is not None and f.value_usd is not None:
        said.append(phrase("verdict_figures", "worth", language, amount=quantity(f.value_usd, "USD", language)))
    if f.rank is not None and f.code is None:
        said.append(phrase("verdict_figures", "rank", language, rank=ordinal(f.rank, language), listed=countries(f.listed or 0, language)))
    if f.share is not None and f.value is not None and f.country != "WLD":
        bilateral = f.code is not None and "WLD" not in (f.country, f.partner)
        said.append(phrase("verdict_figures", "share_of_flow" if bilateral else "share", language, share=percent(f.share, language)))
    if f.quality in ("estimated", "provisional", "computed"):
        said.append(phrase("verdict_figures", f.quality, language))
    if f.partial:
        said.append(phrase("verdict_figures", "partial", language))
    if f.flag.startswith("unit_value"):
        said.append(phrase("verdict_figures", "flagged", language))
    return "".join(("، " if language == "ar" else ", ") + s for s in said)


def _measure(f: Figure, language: Language) -> str:
    named = f.row.removeprefix("measures:")
    text = _measure_size(f, language)
    until = phrase("verdict_figures", "until", language, day=day_of(f.until, language)) if f.until else ""
    name = words.measure(named, f.item, language)
    return phrase("verdict_what", "measure", language, name=name, size=text, since=day_of(f.since, language), until=until)


def _measure_size(f: Figure, language: Language) -> str:
    if f.value is None:
        return ""
    unit = "tonne" if f.unit.startswith("tonnes") else f.unit
    return quantity(f.value, unit, language) + ("، " if language == "ar" else ", ")

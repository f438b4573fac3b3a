"""Names of companies, offices, persons and sources, and offices whose country stands beside them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import resources
from typing import Any

from maadin.reading.lexicon import Entry
from maadin.reading.mentions.naming import names
from maadin.reading.mentions.phrases import entries
from maadin.reading.model import Mention, Sentence

_OF = frozenset(("of", "in", "for", "في", "لدى"))
_MINISTRIES = frozenset(("وزير", "وزيره", "وزاره"))
_LONGEST_PORTFOLIO = 3  # words after those of the lexicon


def organisations() -> Iterator[Entry]:
    """Every name of a company, an office, a person or a source.

    In the table of companies `home` is the country that a company counts as, `homes` all that claim it where there are several, and lists are parted by "|".
    An entry of the other files without a `name` holds several sources, each named by its own phrase.
    """
    text = (resources.files("maadin.reading") / "lexicon" / "companies.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        phrases = (row["name"], *filter(None, f"{row['also_en']}|{row['ar']}".split("|")))
        homes = tuple(row["homes"].split("|")) if row["homes"] else (row["home"],)
        yield from names("company", row["home"], phrases, {"name": row["name"], "homes": homes})
    for file in ("offices", "people", "sources"):
        for entry in entries(file):
            if "name" in entry.traits:
                yield from names(entry.kind, entry.id, entry.phrases, entry.traits)
            else:
                for phrase in entry.phrases:
                    yield from names(entry.kind, entry.id, (phrase,), {"name": phrase, **entry.traits})


def with_countries(sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions with the offices joined to the country beside them: "China's commerce ministry", "وزارة التجارة الصينية".

    An office beside a person who speaks for a country has that country ("President Xi Jinping"); one of a company is dropped, and so is one of the
    weak kind ("administration") that stands alone. What is not told keeps the id "".
    """
    begin = {m.first: m for m in mentions}
    end = {m.last: m for m in mentions}
    joined: list[Mention] = []
    used: set[int] = set()  # words of a country, or of a portfolio, that are part of an office
    for mention in mentions:
        place = _beside(sentence, mention, begin, end) if mention.kind == "office" or "general" in mention.traits else None
        if place is not None and place.kind == "company":
            if mention.kind == "source":
                joined.append(mention)
            continue
        if place is not None and (mention.id in ("", place.id) or "default" in mention.traits):
            used.update(range(mention.last, place.first), range(place.first, place.last))
            first, last = min(place.first, mention.first), max(place.last, mention.last)
            form = place.form if place.first == first else mention.form
            joined.append(Mention(mention.kind, first, last, place.id, form, {**_plain(mention), "joined": True}))
        elif mention.kind == "office" and not mention.id and (person := _person(sentence, mention, begin, end)):
            joined.append(replace(mention, id=person.id, traits=_plain(mention)))
        elif "weak" not in mention.traits or (mention.traits["weak"] != "beside" and _definite(sentence, mention)):
            joined.append(replace(mention, traits=_plain(mention)))
    return [m for m in joined if "joined" in m.traits or m.first not in used]


def _plain(mention: Mention) -> dict[str, Any]:
    """Traits without those that only matter here."""
    return {trait: value for trait, value in mention.traits.items() if trait not in ("weak", "default", "general")}


def _person(sentence: Sentence, office: Mention, begin: dict[int, Mention], end: dict[int, Mention]) -> Mention | None:
    after, before = begin.get(office.last), end.get(office.first)
    if after is not None and after.kind == "person" and not after.form.before:
        return after
    if before is not None and before.kind == "person" and sentence.words[before.last - 1].text.endswith("'s"):
        return before
    return None


def _beside(sentence: Sentence, office: Mention, begin: dict[int, Mention], end: dict[int, Mention]) -> Mention | None:
    """The country, or the company, whose office it is: before an English office, after an Arabic one, or after an "of"."""
    words = sentence.words
    at = office.last
    if words[office.first].lang == "en":
        before = end.get(office.first)
        if before is not None and _owns(before) and "group" not in before.traits:
            return before
        if at < len(words) and words[at].key in _OF:
            at += 1
            after = begin.get(at) or (begin.get(at + 1) if at < len(words) and words[at].key == "the" else None)
            return after if after is not None and _owns(after) and "adjective" not in after.traits else None
        return None
    if office.form.key in _MINISTRIES:
        while (
            at - office.last < _LONGEST_PORTFOLIO
            and at < len(words)
            and not _named(begin.get(at))
            and any(f.article for f in words[at].forms)
        ):
            at += 1  # "وزير الطاقة والثروة المعدنية"
    if office.form.after or at == len(words):
        return None
    spoken = words[at].text in _OF
    after = begin.get(at + spoken)
    if after is None or not _owns(after):
        return None
    adjective = "adjective" in after.traits
    return after if after.form.before == "" or (after.form.before in ("ب", "ل") and not adjective) else None


def _named(mention: Mention | None) -> bool:
    return mention is not None and mention.kind != "commodity"


def _owns(mention: Mention) -> bool:
    return mention.kind == "company" or (mention.kind == "place" and mention.id != "" and "inside" not in mention.traits)


def _definite(sentence: Sentence, office: Mention) -> bool:
    if office.form.article:
        return True
    return office.first > 0 and sentence.words[office.first - 1].key == "the"

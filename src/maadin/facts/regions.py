"""Countries and groups: their codes, their names in both languages, and what each source calls them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

import yaml

from maadin import labels
from maadin.errors import LabelError

Source = Literal["baci", "wmd", "usgs_mcs", "wb_wgi", "text"]
LISTING = "maadin facts regions"
TOTALS = ("WLD", "OTH", "NES")
_FOOTNOTE = re.compile(r"\s*(?:\d{1,2}|(?<=[a-z)])e\d{0,2})$")
_WORLD = re.compile(r"world\b.*\btotal\b", re.IGNORECASE)  # with remarks such as "(rounded), excluding U.S. production"
_REMARK = re.compile(r"\s*(?:\(.*\)|,.*|\bfrom\b.*)$")


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory (or a special code such as WLD) with its names."""

    code: str
    iso2: str
    en: str
    ar: str
    also: tuple[str, ...]

    @property
    def is_total(self) -> bool:
        """Whether the code stands for a total or a remainder, not for a place."""
        return self.code in TOTALS


@dataclass(frozen=True, slots=True)
class Group:
    """A group of countries whose membership may change by year."""

    code: str
    en: str
    ar: str
    also: tuple[str, ...]
    changes: tuple[tuple[int, frozenset[str], frozenset[str]], ...]
    of: str | None
    note: str

    def members(self, year: int | None = None) -> tuple[str, ...]:
        """Members in a year (the latest without one), by code; before the first year known, those of the first."""
        first = self.changes[0][0]
        current: set[str] = set(groups()[self.of].members(year)) if self.of else set()
        for since, joined, left in self.changes:
            if year is None or since <= max(year, first):
                current = (current | joined) - left
        return tuple(sorted(current))


def _text(name: str) -> str:
    return (resources.files("maadin.facts") / "data" / "regions" / name).read_text("utf-8")


def _yaml(name: str) -> Any:
    return yaml.load(_text(name), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """All countries and special codes, by code."""
    rows = csv.DictReader(_text("countries.csv").splitlines())
    return {
        r["code"]: Country(r["code"], r["iso2"], r["en"], r["ar"], tuple(n for n in f"{r['also_en']}|{r['also_ar']}".split("|") if n))
        for r in rows
    }


@lru_cache(maxsize=1)
def groups() -> dict[str, Group]:
    """All groups, by code; 'all' stands for every place."""
    made = {}
    for g in _yaml("groups.yaml"):
        changes = tuple(
            (int(year), frozenset(change.get("join", ())), frozenset(change.get("leave", ())))
            for year, change in sorted(g["since"].items())
        )
        also = (*g["also"]["en"], *g["also"]["ar"])
        made[g["id"]] = Group(g["id"], g["names"]["en"], g["names"]["ar"], also, changes, g.get("of"), g.get("note", ""))
    places = frozenset(c.code for c in countries().values() if not c.is_total)
    made["all"] = Group(
        "all", "all countries", "كل الدول", ("everyone", "all", "جميع الدول", "كل العالم"), ((1900, places, frozenset()),), None, ""
    )
    return made


@lru_cache(maxsize=1)
def actors() -> dict[str, tuple[str, ...]]:
    """Capitals and offices that stand for a government, by code of the country or group."""
    found: dict[str, list[str]] = {}
    for listed in _yaml("actors.yaml").values():
        for code, names in listed.items():
            found.setdefault(code, []).extend([*names["en"], *names["ar"]])
    return {code: tuple(names) for code, names in found.items()}


@lru_cache(maxsize=1)
def _places() -> labels.Index:
    return labels.Index({c.code: (c.en, c.ar, c.code, *c.also, *((c.iso2,) if c.iso2 else ())) for c in countries().values()})


@lru_cache(maxsize=1)
def _anything() -> labels.Index:
    names = {g.code: (g.en, g.ar, g.code, *g.also) for g in groups().values()}
    names |= {c.code: (c.en, c.ar, c.code, *c.also, *((c.iso2,) if c.iso2 else ())) for c in countries().values()}
    for code, also in actors().items():
        names[code] = (*names[code], *also)
    return labels.Index(names)


@lru_cache(maxsize=1)
def _printed() -> dict[tuple[str, str], str]:
    listed = {(r["source"], r["printed"]): r["code"] for r in csv.DictReader(_text("printed.csv").splitlines())}
    listed |= {
        ("baci", r["number"]): r["code"] for r in csv.DictReader(_text("baci.csv").splitlines()) if ("baci", r["number"]) not in listed
    }
    return listed


@lru_cache(maxsize=4096)
def printed_code(source: str, printed: str) -> str:
    """Code of a country as a source prints it.

    Parameters
    ----------
    source : {"baci", "wmd", "usgs_mcs", "wb_wgi", "text"}
        The source; BACI prints numbers of its own.
    printed : str
        The name or number; footnote marks glued to it are taken off when the rest is a name and the whole is not.

    Raises
    ------
    LabelError
        If the name is unknown.
    """
    bare = " ".join(printed.replace("\u00a0", " ").split())
    if (source, bare) in _printed():
        return _printed()[source, bare]
    if source == "baci":
        raise LabelError(printed, "country code of BACI", (), LISTING)
    if _WORLD.match(bare):
        return "WLD"
    for candidate in _without_marks(bare):
        if (source, candidate) in _printed():
            return _printed()[source, candidate]
        if (code := _places().find(candidate)) is not None:
            return code
    raise LabelError(printed, "country", _places().nearest(bare), LISTING)


def _without_marks(name: str) -> list[str]:
    """The name as printed, then with footnote marks, remarks and both taken off."""
    found = [name]
    for pattern in (_FOOTNOTE, _REMARK, _FOOTNOTE):
        found += [bare for bare in (pattern.sub("", n).strip() for n in list(found)) if bare and bare not in found]
    return found


def is_code(code: str) -> bool:
    """Whether a text is the code of a country or a special code."""
    return code in countries()


def resolve(name: str, year: int | None = None) -> tuple[str, ...]:
    """Codes meant by a name in either language: one for a country, the members of `year` for a group.

    Raises
    ------
    LabelError
        If the name is unknown.
    """
    found = _anything().find(name)
    if found is None:
        raise LabelError(name, "country or group", _anything().nearest(name), LISTING)
    return groups()[found].members(year) if found in groups() else (found,)


def members(group: str, year: int | None = None) -> tuple[str, ...]:
    """Members of a group in a year, the latest without one.

    Raises
    ------
    LabelError
        If there is no such group.
    """
    found = _anything().find(group)
    if found not in groups():
        raise LabelError(group, "group", list(groups()), LISTING)
    return groups()[str(found)].members(year)


def members_of_list(codes: str, year: int | None = None) -> set[str]:
    """Countries of a list such as "all;-RUS": groups are spread into members of `year`, a leading "-" takes out again.

    Raises
    ------
    LabelError
        If a name is unknown.
    """
    found: set[str] = set()
    for part in codes.split(";"):
        name = part.strip()
        if name.startswith("-"):
            found -= set(resolve(name[1:], year))
        elif name:
            found |= set(resolve(name, year))
    return found


def country(name: str) -> Country:
    """The country meant by a name in either language.

    Raises
    ------
    LabelError
        If the name is unknown, or that of a group.
    """
    found = _anything().find(name)
    if found in groups():
        raise LabelError(name, "country (it is a group)", groups()[str(found)].members()[:3], LISTING)
    if found is None:
        raise LabelError(name, "country", _places().nearest(name), LISTING)
    return countries()[found]


def name(code: str, language: str = "en") -> str:
    """Name of a code to show; composites such as USA+CAN are joined."""
    parts = []
    for part in code.split("+"):
        known: Country | Group | None = countries().get(part) or groups().get(part)
        parts.append((known.ar if language == "ar" else known.en) if known else part)
    return (" و" if language == "ar" else " and ").join(parts)

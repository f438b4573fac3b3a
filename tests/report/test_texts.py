"""Every sentence is there in both languages, once, and everything a benchmark can say has one."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

import maadin
from maadin.errors import DataError
from maadin.facts.ask.measures import measures
from maadin.facts.sources.measures import TREATMENTS
from maadin.facts.table import Note
from maadin.market import adjustments, benchmark, duties, known_figures, output
from maadin.report import words

PACKAGE = Path(maadin.__file__).parent
FILES = sorted((PACKAGE / "report" / "texts").glob("*.yaml"))


class _Strict(yaml.SafeLoader):
    """A loader that refuses a key twice in one mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=deep) for key, _ in node.value]
        assert len(keys) == len(set(keys)), f"twice: {[k for k in keys if keys.count(k) > 1]}"
        return super().construct_mapping(node, deep)


def _calls(name: str) -> Iterator[ast.Call]:
    for file in (PACKAGE / "market").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield node


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_no_key_stands_twice_in_a_file(file: Path) -> None:
    yaml.load(file.read_text("utf-8"), Loader=_Strict)


def test_no_key_stands_in_two_files() -> None:
    assert words.texts()["notes"]["grade"] and words.texts()["notes"]["benchmark_imputed"]
    one = {"notes": {"grade": {"en": "a", "ar": "b"}}}
    with pytest.raises(DataError, match="grade of the section notes"):
        words.merged([one, one])


@pytest.mark.parametrize(
    ("section", "key"), [(s, k) for s, entries in words.texts().items() for k in entries if s != "measures"], ids=lambda x: str(x)
)
def test_both_languages_say_the_same_with_the_same_fields(section: str, key: str) -> None:
    entry = words.texts()[section][key]
    assert entry.keys() == {"en", "ar"}
    fields = {lang: {f for _, f, _, _ in string.Formatter().parse(text) if f} for lang, text in entry.items()}
    assert fields["en"] == fields["ar"] or section == "others"
    assert not re.search("[\u0600-\u06ff]", entry["en"])


def test_everything_a_benchmark_says_has_a_text() -> None:
    said = {call.args[0].value for call in _calls("Note") if isinstance(call.args[0], ast.Constant)}
    assert {n for n in said if n.startswith("benchmark_") and n not in ("benchmark_duties",)} <= words.texts()["notes"].keys()
    assert set(get_args(adjustments.Item)) == words.texts()["items"].keys()
    bases = set(get_args(output.Basis))
    assert set(get_args(adjustments.Reason)) | bases == words.texts()["reasons"].keys()
    assert bases - {"printed"} <= words.texts()["marks"].keys()
    assert set(get_args(benchmark.Kind)) == words.texts()["kinds"].keys()
    rated = set(get_args(duties.Treatment)) - {"in the flows"}
    assert rated | set(TREATMENTS) == words.texts()["treatments"].keys()
    listed = [entry for printed in known_figures._PRINTED.values() for entry in printed]
    assert {quantity for quantity, _, _ in listed} == words.texts()["quantities"].keys()
    assert {form for _, forms, _ in listed for form in forms if form} <= words.texts()["forms"].keys()


def test_every_log_speaks_in_words() -> None:
    for commodity, year in (("aluminium", 2024), ("aluminium", 2019), ("rare-earths", 2024), ("nickel", 2010), ("platinum", 2019)):
        b = benchmark.Benchmark.from_facts(commodity, year)
        assert {a.reason for a in b.log} <= words.texts()["reasons"].keys()
        assert {n.id for n in b.notes} <= words.texts()["notes"].keys()


def test_every_measure_of_the_list_has_an_arabic_name() -> None:
    rows = measures().records()
    assert {r["id"] for r in rows} == words.texts()["measures"].keys()
    assert {r["instrument"] for r in rows} == words.texts()["instruments"].keys()


@pytest.mark.parametrize(
    ("count", "en", "ar"),
    [
        (8, "", ""),
        (9, " and 1 other", " ودولة أخرى"),
        (10, " and 2 others", " ودولتان أخريان"),
        (12, " and 4 others", " و4 دول أخرى"),
        (28, " and 20 others", " و20 دولة أخرى"),
        (108, " and 100 others", " و100 دولة أخرى"),
        (111, " and 103 others", " و103 دول أخرى"),
    ],
)
def test_long_lists_of_countries_are_counted(count: int, en: str, ar: str) -> None:
    codes = ("USA",) * count
    assert words.countries(codes, "en") == ", ".join(["United States"] * 8) + en
    assert words.countries(codes, "ar") == "، ".join(["الولايات المتحدة"] * 8) + ar


def test_a_note_names_its_countries_and_codes() -> None:
    said = Note("benchmark_output_estimated", {"countries": ("CHN", "RUS")})
    assert words.note(said, "en").endswith("for China, Russia.")
    assert words.note(said, "ar").endswith("الصين، روسيا.")
    assert "760120 (aluminium alloys, unwrought)" in words.note(Note("benchmark_partial", {"codes": ("760120",)}), "en")


@pytest.mark.parametrize(
    ("listed", "en", "ar"),
    [
        ("all;-RUS", "all countries except Russia", "كل الدول عدا روسيا"),
        ("USA;GBR", "United States, United Kingdom", "الولايات المتحدة، المملكة المتحدة"),
        ("EU27", "European Union", "الاتحاد الأوروبي"),
    ],
)
def test_lists_of_places(listed: str, en: str, ar: str) -> None:
    assert (words.places(listed, "en"), words.places(listed, "ar")) == (en, ar)

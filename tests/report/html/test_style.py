"""The style sheet: both themes have the same colours to name, and text and marks stand out from what is behind them."""

from __future__ import annotations

import re
from itertools import pairwise, product

import pytest

from maadin.report.html.render import WEIGHTS, file_of, font, static

TEXT, MARK = 4.5, 3.0  # WCAG 2.2, contrast of text (1.4.3) and of graphics (1.4.11)
CSS = static("page.css")
THEMES = {
    "light": re.search(r"^:root \{(.*?)\}", CSS, re.DOTALL | re.MULTILINE),
    "dark": re.search(r':root\[data-theme="dark"\] \{(.*?)\}', CSS, re.DOTALL),
    "dark by the system": re.search(r':root:not\(\[data-theme="light"\]\) \{(.*?)\}', CSS, re.DOTALL),
}


def colours(theme: str) -> dict[str, str]:
    found = THEMES[theme]
    assert found
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", found.group(1)))


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return float(sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_all_themes_name_the_same_colours_and_both_dark_ones_are_one() -> None:
    assert colours("light").keys() == colours("dark").keys()
    assert colours("dark") == colours("dark by the system")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_marks_stand_out(theme: str) -> None:
    known = colours(theme)
    for text, behind in product(
        ("ink", "muted", "accent", "good", "bad", "open", "s1", "s2", "s3", "s4", "s5", "s6"), ("paper", "surface")
    ):
        assert contrast(known[text], known[behind]) >= TEXT, (text, behind)
    for mark in ("up", "down", "flat", "p4", "n4", "p3", "n3"):
        assert contrast(known[mark], known["paper"]) >= MARK, mark


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_neighbouring_classes_of_a_map_differ(theme: str) -> None:
    known = colours(theme)
    for side in ("p", "n"):
        order = [known["zero"], *(known[f"{side}{n}"] for n in range(1, 5))]
        brightness = [luminance(c) for c in order[1:]]
        assert brightness == sorted(brightness, reverse=theme == "light")
        assert all(contrast(a, b) >= 1.25 for a, b in pairwise(order[1:]))


def test_the_style_loads_nothing_and_names_no_rule_for_a_single_mark() -> None:
    assert "url(" not in CSS and "@import" not in CSS
    assert "!important" not in CSS


def test_the_typeface_is_there_in_every_weight_and_is_small() -> None:
    files = [font(file_of(name)) for name in WEIGHTS]
    assert all(f[:4] == b"wOF2" for f in files)
    assert sum(map(len, files)) < 300_000

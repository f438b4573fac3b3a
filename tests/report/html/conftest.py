"""Results to draw: one simulation with intervals, one without, and a reader of pages."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from maadin.policy.library import load
from maadin.policy.outcome import Outcome
from maadin.policy.run import simulate

VOID = {"meta", "link", "br", "img", "input", "hr", "rect", "line", "circle", "path"}


class Read(HTMLParser):
    """A page taken apart: elements in order with their attributes, texts, and what was left open."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("script", "style"):
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(self.texts)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="session")
def tariff() -> Outcome:
    return simulate(load("us-aluminium-tariff-25"), draws=32)


@pytest.fixture(scope="session")
def tariff_at_medians() -> Outcome:
    return simulate(load("us-aluminium-tariff-25"), draws=0)

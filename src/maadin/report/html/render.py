"""From a page to HTML: templates that escape whatever they are given, and a page that needs nothing but itself.

A page carries its style, script and typeface, and a policy that lets nothing else run or load: a text that got past the escaping would still
be text. The web app serves the same templates with the files of `static/` beside them (`Assets`).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from maadin import __version__
from maadin.report.brief import Brief, VerdictCard, paragraphs
from maadin.report.html.figures import Figure
from maadin.report.html.model import Code, Fold, Page, Row, Said
from maadin.report.html.svg import HIDDEN, clean, typeset
from maadin.report.html.world import LAND, outlines
from maadin.report.sheets import Block
from maadin.report.words import Language, phrase

OUTLINES = "<!-- outlines -->"  # where a page that holds a map has the outlines of countries
WEIGHTS = {"Regular": 400, "SemiBold": 600}
_EMPHASIS = re.compile(r"\*([^*\n]+)\*")
_BAND = re.compile(r"^(?P<figure>[^\[\n]*\S)[ \n]+(?P<band>\[.*\])$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Assets:
    """Where a served page finds its style and script; a page that stands alone has none."""

    style: str
    script: str


def render(page: Page, assets: Assets | None = None) -> str:
    """A page as HTML.

    Parameters
    ----------
    page : Page
    assets : Assets, optional
        Addresses of style and script; without them everything is in the page.
    """
    return _document("page.html.j2", page.title, page.language, assets, page=page)


def render_brief(brief: Brief, assets: Assets | None = None) -> str:
    """A brief as HTML; see `render`."""
    known = {card.id: card for card in brief.cards}
    text = paragraphs(brief.text, [p for p in brief.passages if p.card in known])
    numbers = {row.key: number for number, row in enumerate(brief.rows, 1)}
    tones = {card.id: card.now.answer if isinstance(card, VerdictCard) else "simulated" for card in brief.cards}
    return _document(
        "brief.html.j2", brief.title, brief.language, assets, brief=brief, text=text, known=known, numbers=numbers, tones=tones,
        is_verdict=lambda card: isinstance(card, VerdictCard),
    )  # fmt: skip


def _document(template: str, title: str, language: Language, assets: Assets | None, **content: object) -> str:
    style = Markup(page_style()) if assets is None else ""
    script = Markup(static("page.js")) if assets is None else ""
    made = environment().get_template(template).render(
        title=title, language=language, direction="rtl" if language == "ar" else "ltr", assets=assets, style=style, script=script,
        policy=policy(style, script) if assets is None else "", say=_sayer(language), version=__version__, **content,
    )  # fmt: skip
    return made.replace(OUTLINES, outlines() if f'href="#{LAND}"' in made else "") + "\n"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Templates, with escaping everywhere."""
    made = Environment(
        loader=PackageLoader("maadin.report.html"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        auto_reload=False, finalize=_safe,
    )  # fmt: skip
    made.filters |= {"said": said, "cell": cell, "quoted": quoted}
    made.globals |= {"kind": _kind}
    return made


def _safe(value: Any) -> Any:
    """What is put out: no control characters, no marks that turn the direction of a line."""
    return value if isinstance(value, Markup) else clean(value) if isinstance(value, str) else value


def _kind(part: object) -> str:
    """Which arrangement a part of a page has."""
    return {Figure: "figure", Row: "row", Block: "block", Said: "said", Code: "code", Fold: "fold"}[type(part)]


def _sayer(language: Language) -> Callable[..., str]:
    def say(key: str, **values: Any) -> str:
        return phrase("pages", key, language, **values)

    return say


def said(text: str) -> Markup:
    """A sentence; what stands between asterisks is emphasised."""
    return Markup(_EMPHASIS.sub(r"<em>\1</em>", str(escape(clean(text)))))


def quoted(text: str, language: Language) -> Markup:
    """A passage of a text that nobody vouches for: what is hidden in it is shown, and turns nothing."""
    parts = HIDDEN.split(text)
    marks = HIDDEN.findall(text)
    made = Markup("").join(
        Markup('{}<span class="hidden-mark" title="{}">{}</span>').format(part, phrase("pages", "hidden_mark", language, code=code), code)
        for part, code in zip(parts, [f"U+{ord(m):04X}" for m in marks], strict=False)
    )
    return made + escape(parts[-1])


def cell(text: str, language: Language) -> Markup:
    """A cell of a table: an interval stands beneath its figure, decimal points stand under each other."""
    bare = typeset(text, language).rstrip(" ")
    text = bare + " " * (len(text) - len(text.rstrip(" ")))
    if found := _BAND.match(bare):
        return Markup('{}<span class="band">{}</span>').format(said(found["figure"]), found["band"])
    padding = len(text) - len(bare)
    shown = Markup("<br>").join(said(line) for line in bare.split("\n"))
    if not padding:
        return shown
    zeros = "0" * padding if "." in bare else "." + "0" * (padding - 1)
    return shown + Markup('<span class="pad" aria-hidden="true">{}</span>').format(zeros)


@lru_cache(maxsize=8)
def static(name: str) -> str:
    """A file of style or script."""
    return (resources.files("maadin.report.html") / "static" / name).read_text("utf-8")


@lru_cache(maxsize=1)
def page_style() -> str:
    """The style sheet with the typeface in it."""
    return faces(lambda name: f"data:font/woff2;base64,{base64.b64encode(font(name)).decode('ascii')}") + static("page.css")


def faces(address: Callable[[str], str]) -> str:
    """The rules that load the typeface from some addresses."""
    return "".join(
        f'@font-face{{font-family:"Plex Arabic";font-weight:{weight};font-display:swap;src:url({address(file_of(name))}) format("woff2")}}\n'
        for name, weight in WEIGHTS.items()
    )


def file_of(name: str) -> str:
    """The file of a weight."""
    return f"IBMPlexSansArabic-{name}.woff2"


def font(name: str) -> bytes:
    """A file of the typeface."""
    return (resources.files("maadin.report.html") / "static" / "fonts" / name).read_bytes()


def standalone(figure: Figure, language: Language, size: int | None = None) -> str:
    """One drawing of a figure as an SVG file with its style, in the light colours, without the typeface."""
    drawn = dict(figure.drawn(language))
    svg = drawn[size if size in drawn else max(drawn)]
    head, _, rest = str(svg).partition(">")
    family = ".drawing{font-family:'IBM Plex Sans Arabic',sans-serif;background:var(--paper)}"
    return f"{head}><style>{static('page.css')}{family}</style>{rest}\n"


def policy(style: str, script: str) -> str:
    """A content security policy under which only this very style and script count."""
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'" for text in (style, script)]
    return f"default-src 'none'; style-src {hashes[0]}; script-src {hashes[1]}; font-src data:; img-src data:; base-uri 'none'; form-action 'none'"

"""The text as given becomes clean text, and every clean character keeps its place in the text as given.

Markup goes, entities are read, invisible characters, vowel marks and tatweel are dropped, digits become Western and letters take their plain form.
Markup, entities and ligatures are cut out by one expression that never looks at a character twice; the rest is one look-up in a table.
"""

from __future__ import annotations

import html
import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from maadin.reading.model import Source

_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\r"
_SPACES = "\t\xa0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_OTHER_PLAIN = {
    **dict.fromkeys(_BREAKS, "\n"),
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys("‘’‚‛ʼ′`´", "'"),
    **dict.fromkeys("„‟", "“"),
    "‹": "«",
    "›": "»",
    **dict.fromkeys("‐‑‒−﹣", "-"),
    "―": "—",
    **{chr(zero + n): str(n) for zero in (0x0660, 0x06F0) for n in range(10)},
    "٫": ".",
    "٬": ",",
    "٪": "%",
    "⁄": "/",
    "∕": "/",
}
_DROPPED_RANGES = (
    (0x00, 0x08), (0x0E, 0x1B), (0x1F, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x0300, 0x036F), (0x0600, 0x0605), (0x0610, 0x061A),
    (0x061C, 0x061C), (0x0640, 0x0640), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06DD), (0x06DF, 0x06E4), (0x06E7, 0x06E8),
    (0x06EA, 0x06ED), (0x08D3, 0x08FF), (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFC), (0xE0000, 0xE0FFF),
)  # fmt: skip
_COMPOSED_RANGES = ((0x3371, 0x33DF), (0xFB00, 0xFB06), (0xFB50, 0xFDFC), (0xFE70, 0xFEFC), (0xFF01, 0xFF5E), (0x1D400, 0x1D7FF))


def _ranged(ranges: Iterable[tuple[int, int]]) -> str:
    return "".join(f"{re.escape(chr(low))}-{re.escape(chr(high))}" for low, high in ranges)


_DROPPED = re.compile(f"[{_ranged(_DROPPED_RANGES)}]+")
_GONE = 0xFFFFFFFF
_EXPANDED: dict[str, str] = {}  # one character as given, several or none when clean


def _table() -> NDArray[np.uint32]:
    """For each character what it becomes, `_GONE` for nothing."""
    table = np.arange(0x20000, dtype=np.uint32)
    for low, high in _DROPPED_RANGES:
        table[low : high + 1] = _GONE
    for c, plain in _OTHER_PLAIN.items():
        table[ord(c)] = ord(plain)
    for low, high in _COMPOSED_RANGES:
        for code in range(low, high + 1):
            decomposed = unicodedata.normalize("NFKC", chr(code))
            plain = _DROPPED.sub("", decomposed).strip() or ""  # the isolated vowel marks decompose to a space and the mark
            if len(plain) == 1:
                table[code] = table[ord(plain)]
            elif plain:
                _EXPANDED[chr(code)] = plain
            else:
                table[code] = _GONE
    return table


_TABLE = _table()
_CLEAN_ALREADY = re.compile(f"[^{_ranged(((0x20, 0x25), (0x27, 0x3B), (0x3D, 0x5F), (0x61, 0x7E)))}\\n°-³µ-¿À-ɏ،؛؟ء-ؿف-ي“”«»€]")

_TAGS = frozenset((
    "a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b", "base", "bdi", "bdo", "big", "blockquote",
    "body", "br", "button", "canvas", "caption", "center", "cite", "code", "col", "colgroup", "data", "datalist", "dd", "del",
    "details", "dfn", "dialog", "dir", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form",
    "frame", "frameset", "g", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i", "iframe", "img",
    "input", "ins", "kbd", "label", "legend", "li", "link", "main", "map", "mark", "menu", "meta", "meter", "nav", "nobr", "noscript",
    "object", "ol", "optgroup", "option", "output", "p", "param", "path", "picture", "pre", "progress", "q", "rp", "rt", "ruby", "s",
    "samp", "script", "section", "select", "slot", "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup",
    "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "track", "tt", "u", "ul",
    "use", "var", "video", "wbr", "xml",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr",
    "html", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "select", "summary", "table", "tbody", "td",
    "textarea", "tfoot", "th", "thead", "title", "tr", "ul",
))  # fmt: skip
_SILENT = frozenset(("script", "style", "template", "noscript", "svg", "iframe"))
# Nothing of a tag reaches past the next "<", so each stretch between two of them is looked at once
_ATTRIBUTES = r"(?:[\s/]++(?:(?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+>|[^<>]*+>)|>)"
_TAG = rf"<(?P<close>/?)(?P<tag>[A-Za-z][A-Za-z0-9]*+(?:[:-][A-Za-z][\w-]*+)?+){_ATTRIBUTES}"
_ENTITY = r"&(?:amp;)?(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_START = re.compile(f"[<&\r{''.join(map(re.escape, _EXPANDED))}]")
_CUT = re.compile(
    rf"(?P<comment><!--|<[!?][A-Za-z][^<>]*+>)|{_TAG}|(?P<entity>{_ENTITY})|(?P<return>\r\n)"
    rf"|(?P<expanded>[{''.join(map(re.escape, _EXPANDED))}])"
)
_JOINING_DASH = re.compile(r"(?<=\w)–(?=\w)")
_WRAPPED = re.compile(r"</(?:p|div|li|td|h[1-6])>|<(?:body|p)\b[^<>]*+>", re.IGNORECASE)
_SOFT_BREAK = re.compile(r"(?<![\n\s])[ \t]*+(\r?\n)(?=[ \t]*+[^\s])")


def _closing(text: str, cut: re.Match[str], missing: set[str]) -> int:
    """Where the silent element or the comment that begins at `cut` ends; after its first tag if it never does."""
    name = cut["tag"].lower() if cut["tag"] else "--"
    if name not in missing:
        sought = re.compile(r"-->" if name == "--" else rf"</{name}\b[^<>]*+>", re.IGNORECASE)
        if closing := sought.search(text, cut.end()):
            return closing.end()
        missing.add(name)
    return cut.end()


def _cuts(text: str) -> Iterator[tuple[int, int, str]]:
    """Stretches of the text that change their length, each with what it becomes."""
    missing: set[str] = set()
    at = 0
    while begin := _START.search(text, at):
        at = begin.end()
        cut = _CUT.match(text, begin.start())
        if cut is None:
            continue
        start, end = cut.span()
        becomes = ""
        if cut["expanded"]:
            becomes = _EXPANDED[cut[0]]
        elif cut["return"]:
            becomes = "\n"
        elif cut["entity"]:
            read = html.unescape(html.unescape(cut[0]) if cut[0].startswith("&amp;") else cut[0])
            becomes = "".join(_EXPANDED.get(c, c) for c in read)
        elif cut["comment"]:
            end = _closing(text, cut, missing) if cut[0] == "<!--" else end
        else:
            name = cut["tag"].lower()
            if name not in _TAGS and ":" not in name and "-" not in name:
                continue
            if name in _SILENT and not cut["close"]:
                end = _closing(text, cut, missing)
            becomes = "\n" if name in _BLOCKS else ""
        yield start, end, becomes
        at = end


def _cut(text: str) -> tuple[str, array[int] | range]:
    parts: list[str] = []
    offsets = array("q")
    at = 0
    for start, end, becomes in _cuts(text):
        if start > at:
            parts.append(text[at:start])
            offsets.extend(range(at, start))
        if becomes:
            parts.append(becomes)
            offsets.extend([start] * len(becomes))
        at = end
    if not at:
        return text, range(len(text) + 1)
    parts.append(text[at:])
    offsets.extend(range(at, len(text) + 1))
    return "".join(parts), offsets


def clean(text: str) -> Source:
    """Clean a text and remember where each character stood.

    Parameters
    ----------
    text : str
        Plain text or HTML, in Arabic, English or both.

    Returns
    -------
    Source

    Examples
    --------
    >>> source = clean("<p>رُسوم بنسبة ٢٥٪</p>")
    >>> source.clean.strip()
    'رسوم بنسبة 25%'
    >>> start, end = source.span(source.clean.index("25%"), source.clean.index("25%") + 3)
    >>> source.text[start:end]
    '٢٥٪'
    """
    if _CLEAN_ALREADY.search(text) is None:
        return Source(text, text, range(len(text) + 1))
    given = _SOFT_BREAK.sub(lambda m: m[0].replace("\r", " ").replace("\n", " "), text) if _WRAPPED.search(text) else text
    cut, places = _cut(given)
    codes = np.frombuffer(cut.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    plain = np.where(codes < _TABLE.size, _TABLE[np.minimum(codes, _TABLE.size - 1)], codes)
    kept = np.append(plain != _GONE, True)
    if kept.all():
        offsets = places
    else:
        offsets = array("q", np.asarray(places, dtype=np.int64)[kept].tobytes())
    cleaned = plain[kept[:-1]].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    return Source(text, _JOINING_DASH.sub("-", cleaned).replace("—", "–"), offsets)

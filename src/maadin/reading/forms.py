"""Readings of a word: what may be glued to it in Arabic, the possessive in English, and the key that is left.

Arabic is written with less than it says, so a word has several readings, and each reading more than one key. `labels.key` folds hamza away and takes
every "ال" that three letters follow for an article: good for names that people type, too coarse for a vocabulary, where it makes "فإن" of "ألفان"
and "أنها" of "إنهاء". The words of a vocabulary have a finer key (`plain_key`); a word of a text has both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from maadin import labels
from maadin.reading.model import Form, Lang

ARABIC_LETTER = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u06fc\u06ff\u0750-\u077f\u08a0-\u08c9"
)
_ARABIC = re.compile(f"[{ARABIC_LETTER}]")
_UNUSUAL = re.compile(r"[^\u0621-\u064aٱیک]")
_FOLDED = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك"})
_POSSESSIVE = re.compile(r"(?<=\w)\.?'[sS]?$")
_SUFFIXES = (("هما", 2), ("ها", 2), ("هم", 2), ("هن", 2), ("نا", 2), ("كم", 4), ("ه", 3))  # with the fewest letters before
_SHORT_AFTER_PREPOSITION = frozenset(("ما", "من", "كل", "أن", "ان", "إن", "لا", "هم", "طن", "أي", "اي"))
_MOST = 12


def _fold(text: str) -> str:
    """Letters of an Arabic word as `labels.key` folds them, but with the article and the hamza on the line."""
    return labels.key("\u0640" + text) if _UNUSUAL.search(text) else text.translate(_FOLDED)


def _has_article(word: str) -> bool:
    return word.startswith("ال") and len(word) >= 4


def _keys(stem: str) -> Iterator[str]:
    """Keys of what is left of a word, as `labels.key` has it first."""
    fine = _fold(stem)
    coarse = fine.replace("ء", "")
    while coarse.startswith("ال") and len(coarse) >= 5:
        coarse = coarse[2:]
    yield coarse
    if _has_article(stem):
        yield fine[2:]
    if fine != coarse:
        yield fine


def _begun(word: str) -> Iterator[tuple[str, bool, str]]:
    """What may stand before an Arabic word, whether the article does, and the rest, with the plainest first."""
    yield "", _has_article(word), word
    starts = [("", word)]
    if word[0] in "وف" and len(word) >= 3:
        starts.append((word[0], word[1:]))
        yield word[0], _has_article(word[1:]), word[1:]
    for before, rest in starts:
        if rest[0] in ("بل" if before else "بلك") and len(rest) >= 3:
            if rest.startswith("لل"):
                yield before + "ل", True, rest[2:]
            yield before + rest[0], _has_article(rest[1:]), rest[1:]
        elif rest[0] == "س" and len(rest) >= 4 and rest[1] in "يتنأ":
            yield before + "س", False, rest[1:]


def _ended(stem: str) -> Iterator[tuple[str, str]]:
    """What may stand after an Arabic word, and the rest."""
    yield "", stem
    if len(stem) >= 4 and stem[-1] == "ا" and stem[-2] != "ه":
        yield "", stem[:-1]  # the accusative: عاما
    for after, fewest in _SUFFIXES:
        if stem.endswith(after) and len(stem) - len(after) >= fewest:
            rest = stem[: -len(after)]
            yield after, rest
            if rest[-1] == "ت" and not rest.endswith("ات"):
                yield after, rest[:-1] + "ة"
            elif rest[-1] == "ا":
                yield after, rest[:-1] + "ى"
            elif rest[-1] in "ئؤ":
                yield after, rest[:-1] + "ء"
            return


def _arabic(text: str) -> tuple[Form, ...]:
    found = [
        Form(key, before, article, after)
        for before, article, rest in _begun(text)
        for after, stem in _ended(rest)
        if len(stem) > 2 or before.strip("وف") == "" or article or stem in _SHORT_AFTER_PREPOSITION
        for key in _keys(stem)
        if len(key) > 1 or stem == text
    ]
    found.sort(key=_has_pronoun)
    forms: dict[str, Form] = {}
    for form in found:
        forms.setdefault(form.key or text, form if form.key else Form(text))
    return tuple(forms.values())[:_MOST]


def _has_pronoun(form: Form) -> bool:
    return form.after != ""


def _latin(text: str) -> str:
    if not text.isalpha():
        text = _POSSESSIVE.sub("", text).replace(".", "").replace("'", "")
    return text.lower() if text.isascii() else labels.key(text) or text


def plain_key(text: str) -> str:
    """Key by which a word of a vocabulary is found.

    Examples
    --------
    >>> plain_key("الفضة"), plain_key("ألفان"), plain_key("U.S.")
    ('فضه', 'الفان', 'us')
    """
    if not _ARABIC.match(text):
        return _latin(text)
    fine = _fold(text)
    return fine[2:] if _has_article(text) else fine


@lru_cache(maxsize=1 << 16)
def readings(text: str) -> tuple[Lang | None, tuple[Form, ...]]:
    """The script of a word and its readings, the plainest first; the first has the key that `labels.key` gives.

    Examples
    --------
    >>> [(form.before, form.article, form.key, form.after) for form in readings("وبصادراتها")[1]][-1]
    ('وب', False, 'صادرات', 'ها')
    >>> readings("China's")
    ('en', (Form(key='china', before='', article=False, after="'s"),))
    """
    if _ARABIC.match(text):
        return "ar", _arabic(text)
    possessive = _POSSESSIVE.search(text)
    form = Form(_latin(text), after=possessive[0].lstrip(".").lower() if possessive else "")
    return ("en" if text[0].isascii() or "À" <= text[0] <= "ɏ" or "Ḁ" <= text[0] <= "ỿ" else None), (form,)

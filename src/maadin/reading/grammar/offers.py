"""Offers to supply told by a verb and what it offers, with names between: "عرضت روسيا على الولايات المتحدة توريد الألمنيوم"."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.grammar import connectives
from maadin.reading.model import Mention, Sentence

_REACH = 8  # words between a verb of offering and what it offers


def offered(sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions with the offers that an Arabic verb and a noun of supplying make together."""
    if sentence.lang != "ar":
        return list(mentions)
    verbs = [m for m in mentions if m.kind == "status" and m.id == "proposed" and m.form.key in connectives.words("offers")]
    known = [m for m in mentions if m.kind == "instrument"]
    made = [_offer(f) for v in verbs if (f := _object(v, mentions)) is not None and not any(_overlap(f, k) for k in known)]
    return sorted([*mentions, *made], key=lambda m: (m.first, -m.last)) if made else list(mentions)


def _object(verb: Mention, mentions: Sequence[Mention]) -> Mention | None:
    """The noun of supplying that a verb offers: the first after it."""
    nouns = [m for m in mentions if m.kind == "metric" and m.id == "exports" and m.traits.get("part") == "noun" and not m.form.article]
    near = [m for m in nouns if 0 <= m.first - verb.last <= _REACH and m.form.key in connectives.words("supplying")]
    return near[0] if near else None


def _offer(f: Mention) -> Mention:
    return Mention("instrument", f.first, f.last, "supply_offer", f.form, {"part": "noun"})


def _overlap(a: Mention, b: Mention) -> bool:
    return a.first < b.last and b.first < a.last

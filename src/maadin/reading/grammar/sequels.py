"""What a text goes on to tell of a project: "It will have a capacity of 50,000 tonnes.", "وتبلغ كلفة المشروع ملياري دولار"."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.grammar import connectives
from maadin.reading.model import Mention, Sentence

_CAPACITY = 5  # words between capacity and its figure
_COST = 5  # words between a cost and its sum
_REFER = 12  # words between a plant that is meant and its figure
_OPENS = 3  # words at the start of a sentence among which "it" stands for the plant


def sequel(sentence: Sentence, mentions: Sequence[Mention], told: bool) -> list[Mention]:
    """Mentions with the project of the sentences before, where a sentence only adds its size or cost.

    Parameters
    ----------
    told : bool
        Whether a project was told shortly before.
    """
    if not told:
        return list(mentions)
    works = any(m.kind == "work" and m.traits["part"] != "noun" for m in mentions)
    sizes = [m for m in mentions if m.kind == "quantity" and m.value.unit in ("tonne", "USD")]
    made: list[Mention] = []
    for q in sizes:
        at = _own(sentence, q) if works else _meant(sentence, q, mentions)
        if at is not None and (_is_capacity(sentence, q, mentions) if q.value.unit == "tonne" else _is_cost(sentence, q)):
            made.append(_project(sentence, at, q))
    rest = [
        m for m in mentions if not (m.kind in ("instrument", "distractor") and any(m.first < p.last and p.first < m.last for p in made))
    ]
    return sorted([*rest, *made], key=lambda m: (m.first, -m.last))


def _project(sentence: Sentence, at: int, q: Mention) -> Mention:
    form = sentence.words[at].forms[0]
    act = Mention("work", at, at + 1, "announced", form, {"part": "after"})
    return Mention(
        "instrument", at, at + 1, "capacity_project", form, {"part": "noun", "work": "announced", "size": q.first, "again": True}, act
    )


def _own(sentence: Sentence, q: Mention) -> int | None:
    """Where "its cost" or "its capacity" stands right before a figure, in Arabic."""
    known = connectives.words("costs_much") | connectives.words("able_to_make")
    lead = range(max(0, q.first - _COST), q.first)
    return next((i for i in lead if any(f.key in known and f.after in ("ه", "ها") for f in sentence.words[i].forms)), None)


def _meant(sentence: Sentence, q: Mention, mentions: Sequence[Mention]) -> int | None:
    """Where the plant told of before is meant: "the plant", "it", "المشروع", "طاقته"."""
    words = sentence.words
    known = connectives.words("costs_much") | connectives.words("able_to_make")
    if (own := _own(sentence, q)) is not None:
        return own
    if any(m.kind in ("place", "company") and m.first < q.first and not m.form.before for m in mentions):
        return None
    for m in mentions:
        if m.kind == "site" and m.id == "site" and abs(m.first - q.first) <= _REFER:
            article = (
                m.form.article
                if sentence.lang == "ar"
                else any(w.key in connectives.words("definite") | {"each"} for w in words[max(0, m.first - 2) : m.first])
            )
            if article:
                return m.first
    if sentence.lang == "en":
        return next((i for i, w in enumerate(words[:_OPENS]) if w.key == "it"), None)
    return next((i for i, w in enumerate(words[: q.first]) if any(f.key in known and f.after in ("ه", "ها") for f in w.forms)), None)


def _is_capacity(sentence: Sentence, q: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a tonnage is what the plant can or will make."""
    lead = sentence.words[max(0, q.first - 2 * _CAPACITY) : q.first]
    if q.value.per not in ("", "year") or any(f.key in connectives.words("today") for w in lead for f in w.forms):
        return False
    if any(m.kind == "metric" and m.id == "capacity" and max(m.first - q.last, q.first - m.last) <= _CAPACITY for m in mentions):
        return True
    makes = any(f.key in connectives.words("treats") for w in lead[-_CAPACITY:] for f in w.forms)
    will = connectives.words("leads_on") | connectives.words("foreseen") if sentence.lang == "en" else connectives.words("foreseen")
    return makes and any(f.key in will or (sentence.lang == "ar" and f.before.endswith("س")) for w in lead for f in w.forms)


def _is_cost(sentence: Sentence, q: Mention) -> bool:
    """Whether a sum is what the plant costs."""
    lead = sentence.words[max(0, q.first - 2 * _COST) : q.first]
    return any(f.key in connectives.words("costs_much") for w in lead for f in w.forms)

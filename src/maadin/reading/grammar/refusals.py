"""Who asks for what another refuses: "Kyiv rejected a fund that Washington demanded"."""

from __future__ import annotations

from maadin.reading.grammar import connectives
from maadin.reading.grammar.context import Context
from maadin.reading.grammar.places import Party
from maadin.reading.model import Mention

_ASKED = ("fund", "joint_venture", "supply_offer", "territory", "price_support")
_REACH = 20.0  # words between a refusal and what is refused
_BESIDE = 2.0  # words between a verb or noun of demanding and who demands
_CLAUSE = 6.0  # words between a verb of refusing and who refuses


def refusal(ctx: Context, m: Mention) -> tuple[Party, Party] | None:
    """Who asks and who refuses, of an instrument that the sentence says was rejected or is weighed; None where it does not tell both."""
    if m.id not in _ASKED:
        return None
    near = [
        s
        for s in ctx.sentence.of("status")
        if s.id in ("rejected", "considered") and ctx.scene.gap(s, m) <= _REACH and not _later(ctx, m, s)
    ]
    verb = next((s for s in near if s.id == "rejected" or (s.traits.get("part") == "verb" and s.last <= m.first)), None)
    refuses = _refuses(ctx, verb) if verb is not None else None
    if verb is None or refuses is None:
        return None
    known = [p for p in ctx.parties if p is not refuses and set(p.codes) != set(refuses.codes) and p.kind != "pronoun"]
    asks = next((p for i in _demands(ctx, verb) if verb.id == "rejected" or i >= m.last for p in known if _asks(ctx, i, p)), None)
    return (asks, refuses) if asks is not None else None


def refused(ctx: Context, m: Mention) -> bool:
    """Whether what one side demands is refused by another, in whatever words."""
    near = [s for s in ctx.sentence.of("status") if s.id == "rejected" and ctx.scene.gap(s, m) <= _REACH and not _later(ctx, m, s)]
    return bool(near) and refusal(ctx, m) is not None


def _later(ctx: Context, m: Mention, verb: Mention) -> bool:
    """Whether a refusal after an instrument is another matter: "an offer of cooperation after Kyiv refused"."""
    return m.last <= verb.first and bool(set(ctx.scene.words_between(m, verb)) & connectives.words("role_after"))


def _refuses(ctx: Context, verb: Mention) -> Party | None:
    """The subject of a verb of refusing: before it, or right after it in Arabic; after "by" where it is passive."""
    by = next(
        (
            p
            for p in ctx.parties
            if p.first >= verb.last and p.first - verb.last <= 1 and p.role == "by" and ctx.scene.gap(p.group, verb) <= _BESIDE
        ),
        None,
    )
    if by is not None:
        return by
    if ctx.sentence.lang == "ar":
        after = next((p for p in ctx.parties if p.first == verb.last and p.role in ("bare", "of")), None)
        if after is not None:
            return after
    before = [p for p in ctx.parties if p.last <= verb.first and p.role in ("bare", "adj") and p.kind != "pronoun"]
    return before[-1] if before and ctx.scene.gap(before[-1].group, verb) <= 2 * _CLAUSE else None


def _demands(ctx: Context, verb: Mention) -> list[int]:
    """Where words of demanding stand besides the refusal."""
    known = connectives.words("demands") | connectives.words("demand")
    words = enumerate(ctx.scene.words)
    return [
        i
        for i, w in words
        if not verb.first <= i < verb.last and any(f.key in known and f.before in ("", "و", "ف", "ب", "ل") for f in w.forms)
    ]


def _asks(ctx: Context, i: int, p: Party) -> bool:
    """Whether a party is whose demand it is: before the verb or noun in English, after it in Arabic."""
    at = Mention("status", i, i + 1, "proposed")
    beside = ctx.scene.gap(p.group, at) <= _BESIDE
    if ctx.sentence.lang == "en":
        return beside and (p.first > i if p.role == "by" else p.last <= i and p.role in ("bare", "adj"))
    return beside and p.first > i and p.role in ("bare", "of", "adj")

"""Who takes a measure and whom it is aimed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from maadin.reading.grammar import connectives
from maadin.reading.grammar.clauses import carried
from maadin.reading.grammar.context import Context
from maadin.reading.grammar.evidence import BUILT, RESTRICTIONS
from maadin.reading.grammar.places import ACTOR, AIMED, PEOPLE, Costs, Party, who
from maadin.reading.grammar.refusals import refusal
from maadin.reading.grammar.scene import Group
from maadin.reading.model import Mention

Codes = tuple[str, ...]

_HEADS: Costs = {"commodity": 8.0, "exports": 3.0, "imports": 4.0, "production": 3.0}
_HEADS_AIMED: Costs = {
    "tariff": 12.0, "ban": 12.0, "quota": 12.0, "export_control": 12.0, "sanction": 12.0, "commodity": -3.0, "exports": -2.0, "imports": -1.0, "production": -1.0,
}  # fmt: skip
_BUILDER: Costs = {**ACTOR, "in": 12.0, "for": 14.0, "with": 14.0}
_LENDER: Costs = {**_BUILDER, "from": -3.0}  # "secured a loan from the United States"
_PARTNER: Costs = {"with": -2.0, "in": 2.0, "to": 2.0, "for": 4.0, "on": 4.0}
_AFTER_NAME = {"ar": 2.0, "en": 8.0}  # distance of a name that follows: the object more often than the subject
_LIMIT = 22.0
_BY_STATES = ("tariff", "quota", "export_control", "sanction")  # no company takes them
_BEARER = 5  # words between a party and the verb of bearing a duty
_OFFERED = ("supply_offer", "territory")
_AIMING = ("on", "from", "to", "for", "with")


def doers(ctx: Context, m: Mention, governor: Mention | None) -> tuple[Codes, float, Party | None]:
    """Who acts: the subject of what governs an instrument, else who stands nearest, else who acted before; with the distance."""
    known = _offering(
        ctx, [p for p in _known(ctx) if not _aimed(ctx, p, m) and not (m.id in _BY_STATES and p.kind == "company")], m, governor
    )
    if asked := refusal(ctx, m):
        return asked[0].codes, 2.0, asked[0]
    if told := _speaker_goes_on(ctx, governor or m, known):
        return told.codes, 2.0, told
    if inside := next((p for p in known if m.first < p.first and p.last <= m.last and p.role != "in"), None):
        return inside.codes, 0.0, inside  # "حظرت الولايات المتحدة استيراد": the subject within
    if ordered := _subject_and_object(ctx, governor):
        return ordered[0].codes, 1.0, ordered[0]
    if before := _goes_on(ctx, m if m.traits.get("part") == "verb" else governor or m, known):
        return before, 6.0, None
    if (subject := _taken_over(ctx, m, governor)) in known and subject is not None:
        return subject.codes, 2.0, subject
    costs = _LENDER if m.id == "fund" else _BUILDER if m.id in BUILT else ACTOR
    best, least = None, _LIMIT
    for at, further in ((m, 0.0), (governor, 1.0)):
        if at is None:
            continue
        party, cost = who(
            ctx.scene, known, at, costs, limit=least - further, people=1.0, after=_AFTER_NAME[ctx.sentence.lang],
            heads=_HEADS if m.id in RESTRICTIONS else None,
        )  # fmt: skip
        if party is not None and cost + further < least:
            best, least = party, cost + further
    if firm := _firm(ctx, governor or m):
        return firm, 4.0, None
    if best is None:
        subject = next((p for p in known if p.role == "bare" and p.last <= m.first and p.kind != "pronoun"), None)
        return (subject.codes, 10.0, subject) if subject is not None else (_before(ctx, m), 10.0, None)
    return _together(ctx, m, best, known), least, best


def aims(ctx: Context, m: Mention, anchors: Sequence[Mention | Group], actor: Party | None, codes: Codes) -> Party | None:
    """Whom a measure is aimed at, who is offered something, or where something is built with whom."""
    if (asked := refusal(ctx, m)) and asked[0].codes == codes:
        return replace(asked[1], role="with")
    known = [
        _as_aimed(ctx, p, m)
        for p in (_not_own(ctx, q, codes) if m.id in RESTRICTIONS else q for q in ctx.parties)
        if p is not actor
        and p.kind in ("place", "pronoun", "company")
        and not _spared(ctx, p)
        and not (m.id in BUILT and any(m.last <= s.first < p.first for s in ctx.sentence.of("say")))
        and (set(p.codes) - set(codes) or (m.id in BUILT and p.role == "in" and len(codes) > 1))
    ]
    ordered = next((pair for s in ctx.sentence.of("status") if (pair := _subject_and_object(ctx, s))), None)
    known = [replace(p, role="on") if ordered and p.group is ordered[1].group else p for p in known]
    costs, heads = (_PARTNER, None) if m.id in BUILT else (AIMED, _HEADS_AIMED)
    best, least = None, 12.0
    for a in anchors:
        party, cost = who(ctx.scene, known, a, costs, limit=least, heads=heads)
        if party is not None and cost < least:
            best, least = party, cost
    return best


def _not_own(ctx: Context, p: Party, codes: Codes) -> Party:
    """Whom "the country" means after a duty that another country takes: "Washington put 200% on aluminium from the country"."""
    if p.kind != "pronoun" or p.codes != codes or p.role not in ("in", "from", "of"):
        return p
    other = next((q for q in reversed(ctx.parties) if q.last <= p.first and q.kind == "place" and not set(q.codes) & set(codes)), None)
    return replace(p, codes=other.codes if other is not None else ctx.memory.subject or p.codes, role="from")


def _taken_over(ctx: Context, m: Mention, governor: Mention | None) -> Party | None:
    """Who goes on as the subject of a joined verb: "Guinea offered China 2 Mt and suggested a venture"."""
    if m.id not in BUILT or governor is None or governor.first >= m.first or governor.traits.get("part") != "verb":
        return None
    if ctx.sentence.lang == "ar" and (named := next((p for p in ctx.parties if p.first == governor.last and p.role == "bare"), None)):
        return named  # "دعت جاكرتا الشركات الكورية"
    return carried(ctx, governor.first)


def _subject_and_object(ctx: Context, verb: Mention | None) -> tuple[Party, Party] | None:
    """Who acts on whom, where two bare names follow an Arabic verb: "هدد ترمب كندا برفع الرسوم"."""
    if verb is None or ctx.sentence.lang != "ar" or verb.traits.get("part") != "verb":
        return None
    opens = not any(
        0 <= p.first - verb.last <= 1 for p in ctx.parties
    )  # "اتهمت بروكسل الصين ...، وفرضت": the subject of the verb before goes on
    at = (
        ctx.parties[0].first if opens and ctx.parties and ctx.parties[0].first in (1, 2) and ctx.parties[0].last < verb.first else verb.last
    )
    actor = next((p for p in ctx.parties if p.first == at and p.role == "bare"), None)
    other = next((p for p in ctx.parties if actor is not None and p.first == actor.last and p.role == "bare" and p.kind == "place"), None)
    if actor is None or other is None or "و" in other.group.mentions[0].form.before or set(other.codes) & set(actor.codes):
        return None
    return actor, other


def _known(ctx: Context) -> list[Party]:
    """Parties of a sentence, and offices whose country is told elsewhere: "the government"."""
    before = ctx.memory.measure_actor or ctx.memory.subject or ctx.memory.topic_country
    nameless = [m for m in ctx.sentence.of("office") if not m.id]
    taken = {m.first for p in ctx.parties for m in p.group.mentions}
    return [
        *(_acting(ctx, p) for p in ctx.parties),
        *(Party(Group((m,)), before, "bare", "office") for m in nameless if before and m.first not in taken),
    ]


def _offering(ctx: Context, known: list[Party], m: Mention, governor: Mention | None) -> list[Party]:
    """Of an offer in English only those who stand before the verb: "Congo offered Washington access to its cobalt"."""
    if m.id == "sanction" and governor is not None and governor.form.key in connectives.words("takes_over"):
        return [p for p in known if p.last <= governor.first] or known  # "Switzerland adopted EU sanctions"
    if ctx.sentence.lang != "en" or m.id not in (*_OFFERED, *BUILT):
        return known
    if m.id in BUILT and m.id != "joint_venture":
        return _planning(known, m, governor)
    verbs = [s for s in ctx.sentence.of("status") if s.id == "proposed" and s.traits.get("part") == "verb" and s.last <= m.first]
    if m.id == "joint_venture" and not verbs:
        return known
    verb = verbs[-1] if verbs else governor if governor is not None and governor.first <= m.first else m
    return [p for p in known if p.last <= verb.first and p.role in ("bare", "adj", "owner", "by")] or known


def _planning(known: list[Party], m: Mention, governor: Mention | None) -> list[Party]:
    """Who stands before the verb of planning, where anybody does: not Panama in "First Quantum wants to restart its Cobre Panama mine"."""
    if governor is None or governor.first >= m.first or governor.traits.get("part") not in ("verb", "auxiliary"):
        return known
    lenders = [p for p in known if m.id == "fund" and p.role == "from" and p.first >= m.last]
    if lenders and governor.form.key in connectives.words("receives"):
        return lenders
    return [
        p for p in known if (p.last <= governor.first and p.role in ("bare", "adj", "owner")) or (m.id == "fund" and p.role == "from")
    ] or known


def _acting(ctx: Context, p: Party) -> Party:
    """A party with its role; one that a verb or "which" and a verb follow is a subject: "after Gabon said", "لواشنطن التي فرضت"."""
    words = ctx.scene.words
    named = [q for q in ctx.parties if q is not p and q.kind == "place" and p.first <= q.first < p.last]
    if p.kind == "pronoun" and named:
        return replace(p, codes=tuple(c for q in named for c in q.codes))  # "the Australian giant"
    people = [q for q in ctx.parties if q.kind in PEOPLE and q.last <= p.first]
    if p.kind == "pronoun" and people and not any(q.kind == "place" and people[-1].last <= q.first < p.first for q in ctx.parties):
        return replace(p, codes=people[-1].codes)  # "his country", after who speaks for it
    if p.role == "in" and p.first > 1 and words[p.first - 2].key in connectives.words("rulers"):
        return replace(p, role="bare")  # "the junta in Guinea"
    at = p.last + 1 if p.last < len(words) and words[p.last].key in connectives.words("relative") else p.last
    if p.role not in ("after", "to", "in", "than") or (at == p.last and p.role != "after"):
        return p
    follows = any(m.first == at and m.kind in ("say", "status") and m.traits.get("part") == "verb" for m in ctx.sentence.mentions)
    return replace(p, role="bare") if follows else p


def _aimed(ctx: Context, p: Party, m: Mention) -> bool:
    """Whether a party stands where only the target can: "on Chinese graphite", "ready to supply the European Union"."""
    if m.id == "supply_offer" and p.first >= m.last and ctx.scene.gap(p.group, m) <= 1.0:
        return True
    if any(m.last <= c.first < p.first for c in ctx.sentence.of("condition")):
        return True
    spared = [s for s in ctx.sentence.of("status") if s.id == "exempted" and 0 <= p.first - s.last <= 1]
    if any(ctx.sentence.lang == "en" or ctx.scene.words[s.first].key in connectives.words("spared") for s in spared):
        return True
    if m.id in RESTRICTIONS and ctx.sentence.lang == "en" and _import_of(ctx, p, m):
        return True
    if m.id in RESTRICTIONS and p.role == "bare" and set(ctx.scene.before(p.group)) & connectives.words("role_such"):
        return True  # "trading partners, like China and Turkey"
    if m.id in RESTRICTIONS and p.role == "by" and p.first >= m.last and _active(ctx, m):
        return True  # "froze exports by the company"
    if m.id == "tariff" and p.role in ("adj", "bare", "of") and _bears(ctx, p, m):
        return True
    if m.id in RESTRICTIONS and p.role == "in" and set(ctx.scene.before(p.group, 2)) & connectives.words("comes_as"):
        return True
    led = _led(ctx, p)
    if ctx.sentence.lang == "ar" and m.id in RESTRICTIONS and p.role == "adj" and p.head == "commodity" and _exported(ctx, p):
        return False
    if (
        ctx.sentence.lang == "ar"
        and m.id in RESTRICTIONS
        and p.role == "adj"
        and p.head == "commodity"
        and not ctx.scene.words[p.first].key.endswith("ه")
    ):
        return m.traits.get("direction") != "export"  # "الألمنيوم الروسي": the adjective is the metal's
    if ctx.sentence.lang == "ar" and p.role == "adj" and p.head == m.id and m.form.article:
        return False  # "من الرسوم الأميركية": whose they are
    return (p.role == "adj" and p.first >= m.first and (led in _AIMING or (led == "in" and m.id in BUILT))) or (
        led == "with" and p.kind in ("place", "company")
    )


def _exported(ctx: Context, p: Party) -> bool:
    """Whether an adjective is that of exports of goods: "صادرات البوكسيت الغينية", which their own country restricts."""
    return any(e.id == "exports" and e.traits.get("part") == "noun" and 0 <= p.first - e.last <= 2 for e in ctx.sentence.of("metric"))


def _bears(ctx: Context, p: Party, m: Mention) -> bool:
    """Whether a party or its goods stand before a verb of bearing a duty: "Korean steel makers face a tariff"."""
    words = ctx.scene.words[p.last : m.first]
    at = next((i for i, w in enumerate(words) if w.key in connectives.words("bears")), None)
    return at is not None and at <= _BEARER and all(w.what == "word" for w in words[:at])


def _active(ctx: Context, m: Mention) -> bool:
    """Whether a verb of banning is in the active voice."""
    near = ctx.scene.words[max(0, m.first - 1) : m.last]
    return m.traits.get("part") == "verb" and not any(w.key in connectives.words("passive") for w in near)


def _import_of(ctx: Context, p: Party, m: Mention) -> bool:
    """Whether an adjective tells where imported goods come from: "Russian nickel imports will be blocked", "Russian-origin copper"."""
    origin = {w.key for w in ctx.scene.words[p.last : p.last + 2]} & connectives.words("origin")
    if origin and p.kind == "place":
        return True
    if p.role != "adj" or p.head != "commodity":
        return False
    return (m.traits.get("part") == "verb" and p.first >= m.last and _led(ctx, p) == "of") or (
        m.traits.get("direction") == "import" and p.last <= m.first
    )


def _spared(ctx: Context, p: Party) -> bool:
    """Whether a party is one that a measure spares: "except the European Union"."""
    return any(s.id == "exempted" and 0 <= p.first - s.last <= 2 for s in ctx.sentence.of("status"))


def _as_aimed(ctx: Context, p: Party, m: Mention) -> Party:
    if m.id == "supply_offer" and p.first >= m.last and ctx.scene.gap(p.group, m) <= 1.0:
        return replace(p, role="on")
    if m.id in RESTRICTIONS and p.role == "in" and set(ctx.scene.before(p.group, 2)) & connectives.words("comes_as"):
        return replace(p, role="on")
    led = _led(ctx, p) if p.role in ("bare", "adj", "of") else ""
    if m.id in RESTRICTIONS and p.first >= m.last and led == "on":
        return replace(p, role="on")
    if m.id in BUILT and led == "with":
        return replace(p, role="with")
    if m.id in BUILT and p.role == "adj" and p.head in ("commodity", "capacity_project") and p.first >= m.last:
        return replace(p, role="in")
    return p


def _led(ctx: Context, p: Party) -> str:
    """The preposition before an adjective in English, before its noun in Arabic."""
    roles, words = connectives.roles(), ctx.scene.words
    owner = next((q for q in ctx.parties if q.last <= p.first and p.first - q.last <= 1 and q is not p), p)
    at = owner.first - 1
    if ctx.sentence.lang == "en":
        while at >= 0 and words[at].key in connectives.words("skipped") | connectives.words("any_of"):
            at -= 1
        return roles.get(words[at].key, "") if at >= 0 else ""
    first = 1 if owner is p else 0
    return next((roles[w.key] for w in words[max(0, at - 2) : max(0, at + 1 - first)] if w.key in roles), "")


def _speaker_goes_on(ctx: Context, at: Mention, known: Sequence[Party]) -> Party | None:
    """Who speaks, where the act follows "that it": "Gabon said it would", "قالت بكين إنها تدرس"."""
    lead = ctx.scene.words[max(0, at.first - 3) : at.first]
    if not any(f.key in connectives.words("that_it") for w in lead for f in w.forms):
        return None
    if ctx.sentence.lang == "en":
        cue = next((c for c in reversed(ctx.sentence.of("say")) if c.last <= at.first and at.first - c.last <= 3), None)
        named = [p for p in known if cue is not None and p.last <= cue.first and p.kind != "pronoun" and ctx.scene.gap(p.group, cue) <= 2.0]
        return named[-1] if named else None
    cues = [c for c in ctx.sentence.of("say") if c.last <= at.first]
    speakers = [p for c in cues for p in known if p.first >= c.last and p.last <= at.first and ctx.scene.gap(c, p.group) <= 2.0]
    return speakers[-1] if speakers else None


def _goes_on(ctx: Context, at: Mention, known: Sequence[Party]) -> Codes:
    """Who acted before, where a verb after "besides" has no subject of its own: "كما حظرت"."""
    named = any(p.role == "bare" and 0 <= p.first - at.last <= 1 for p in known)
    besides = set(ctx.scene.before(at)) & connectives.words("besides")
    return (ctx.memory.measure_actor or ctx.memory.actor) if besides and not named else ()


def _firm(ctx: Context, at: Mention) -> Codes:
    """The company named before, where "the company" is the subject."""
    firm, words = connectives.words("firm"), ctx.scene.words
    if ctx.sentence.lang == "en":
        near = words[max(0, at.first - 3) : at.first]
        named = any(w.key in firm and i and near[i - 1].key == "the" for i, w in enumerate(near))
    else:
        named = any(f.key in firm and f.article for w in words[at.last : at.last + 2] for f in w.forms)
    return ctx.memory.company if named else ()


def _before(ctx: Context, m: Mention) -> Codes:
    """Who acts where the sentence does not say: who took such a measure before, else who acted or was spoken of."""
    memory = ctx.memory
    present = {c for p in ctx.parties if p.kind != "pronoun" and (p.role in _AIMING or _aimed(ctx, p, m)) for c in p.codes}
    for codes in (
        memory.measures.get(m.id, ()),
        memory.actor,
        memory.measure_actor,
        memory.subject,
        memory.topic_country if m.id in RESTRICTIONS else (),
    ):
        if codes and not set(codes) <= present:
            return codes
    return ()


def _together(ctx: Context, m: Mention, best: Party, known: Sequence[Party]) -> Codes:
    """Both sides of what two do together: "Ma'aden and the American refiner agreed on a joint venture"."""
    codes = list(best.codes)
    if m.id in ("joint_venture", "fund") and best.last <= m.first:
        for p in known:
            if p is not best and p.last <= best.first and p.role in ("bare", "adj") and p.kind not in PEOPLE and _and_between(ctx, p, best):
                codes[:0] = [c for c in p.codes if c not in codes]
    return tuple(codes)


def _and_between(ctx: Context, a: Party, b: Party) -> bool:
    between = ctx.scene.words[a.last : b.first + 1]
    return len(between) <= 5 and (any(w.key == "and" for w in between) or any(f.before.startswith("و") for f in between[-1].forms))

"""Who bears a measure: where in a sentence a party stands that only the target can be."""

from __future__ import annotations

from dataclasses import replace

from maadin.reading.grammar import connectives
from maadin.reading.grammar.context import Context
from maadin.reading.grammar.evidence import BUILT
from maadin.reading.grammar.places import PEOPLE, Party
from maadin.reading.grammar.restrictions import RESTRICTIONS
from maadin.reading.model import Mention

AIMING = ("on", "from", "to", "for", "with")
WIDE = frozenset(("most", "many", "certain", "imported", "a", "an"))
ASIDE = 25  # words between a subject and its verb
_BEARER = 5  # words between a party and the verb of bearing a duty
_COMPLAINT = 5  # words between a verb of complaining and the measure
_IMPORTED = 4  # words between "imports" and "into the US"


def aimed(ctx: Context, p: Party, m: Mention) -> bool:
    """Whether a party stands where only the target can: "on Chinese graphite", "ready to supply the European Union"."""
    if m.id == "supply_offer" and p.first >= m.last and ctx.scene.gap(p.group, m) <= 1.0:
        return True
    if any(m.last <= c.first < p.first for c in ctx.sentence.of("condition")):
        return not (p.role == "in" and m.traits.get("direction") == "export")  # "unless they are processed in Vietnam"
    spared = [s for s in ctx.sentence.of("status") if s.id == "exempted" and 0 <= p.first - s.last <= 1]
    if any(ctx.sentence.lang == "en" or ctx.scene.words[s.first].key in connectives.words("spared") for s in spared):
        return True
    if m.id in RESTRICTIONS and ctx.sentence.lang == "en" and _import_of(ctx, p, m):
        return True
    if (
        m.id in RESTRICTIONS
        and p.role == "bare"
        and set(ctx.scene.before(p.group)) & connectives.words("role_such")
        and not set(ctx.scene.after(p.group, 2)) & connectives.words("relative")
    ):
        return True  # "trading partners, like China and Turkey"
    if m.id in RESTRICTIONS and p.role == "by" and p.first >= m.last and _active(ctx, m):
        return True  # "froze exports by the company"
    if m.id == "tariff" and p.role in ("adj", "bare", "of", "in", "from") and p.last <= m.first and _bears(ctx, p, m):
        return True
    if m.id in RESTRICTIONS and p.role == "bare" and p.last <= m.first and _complains(ctx, p, m):
        return True
    if m.id == "tariff" and m.traits.get("direction") != "export" and p.head == "exports" and (q := importer(ctx, m)) and p.last <= q.first:
        return True  # "Chile's exports to the US are exempt from the duty"
    if m.id == "tariff" and m.traits.get("part") == "verb" and m.traits.get("sized") and p.last <= m.first and p.head == "commodity":
        return True  # "Canadian aluminium will be charged 35%"
    if (
        m.id == "tariff"
        and m.traits.get("sized")
        and m.form.key in connectives.words("pays")
        and p.role == "bare"
        and _beside_verb(ctx, p, m)
    ):
        return True  # "South Korea will pay 50% on its steel"
    if m.id in RESTRICTIONS and p.role == "in" and set(ctx.scene.before(p.group, 2)) & connectives.words("comes_as"):
        return True
    before = led(ctx, p)
    if m.traits.get("asked") and p.kind in PEOPLE and before == "from":
        return False  # "must obtain a licence from the ministry"
    if ctx.sentence.lang == "ar" and m.id in RESTRICTIONS and p.role == "adj" and p.head == "commodity" and _exported(ctx, p):
        return False
    if ctx.sentence.lang == "ar" and m.id in RESTRICTIONS and _flow_of_another(ctx, p, m):
        return True
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
    return (p.role == "adj" and p.first >= m.first and (before in AIMING or (before == "in" and m.id in BUILT))) or (
        before == "with" and p.kind in ("place", "company")
    )


def _complains(ctx: Context, p: Party, m: Mention) -> bool:
    """Whether a party only complains of a measure: "would appeal against the duty"."""
    known, between = connectives.words("complains"), ctx.scene.words[max(p.last, m.first - _COMPLAINT) : m.first]
    return not any(s.last > p.last and s.first < m.first and s.id in ("in_force", "rejected") for s in ctx.sentence.of("status")) and any(
        f.key in known for w in between for f in w.forms
    )


def _beside_verb(ctx: Context, p: Party, m: Mention) -> bool:
    """Whether a party is the subject of a verb that stands by it."""
    return ctx.scene.gap(p.group, m) <= 1.0 and (p.last <= m.first or ctx.sentence.lang == "ar")


def _flow_of_another(ctx: Context, p: Party, m: Mention) -> bool:
    """Whether exports that are restricted are those of another than who acts: "فرض ترامب رسوما على صادرات كندا", "حظرت بروكسل تصدير الألماس الروسي"."""
    flow = (p.role == "adj" and p.head == "commodity") or (p.role == "of" and 0 <= p.first - m.last <= 1)
    before = [q for q in ctx.parties if q.kind != "pronoun" and q.role == "bare" and q.last <= m.first and not set(q.codes) & set(p.codes)]
    return flow and p.first >= m.last - 1 and bool(before) and ctx.scene.gap(before[-1].group, m) <= ASIDE


def _exported(ctx: Context, p: Party) -> bool:
    """Whether an adjective is that of exports of goods: "صادرات البوكسيت الغينية", which their own country restricts."""
    own = any(e.id == "exports" and e.traits.get("part") == "noun" and 0 <= p.first - e.last <= 2 for e in ctx.sentence.of("metric"))
    return own and not any(q.kind == "place" and q.role == "bare" and q.last <= p.first and q.codes != p.codes for q in ctx.parties)


def _bears(ctx: Context, p: Party, m: Mention) -> bool:
    """Whether a party or its goods stand before a verb of bearing a duty: "Korean steel makers face a tariff"."""
    if any(p.last <= s.first < m.first for s in ctx.sentence.of("say")):
        return False  # "Washington said imports would be subject to a duty"
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
    if (
        m.traits.get("part") == "noun"
        and p.last <= m.first
        and not p.group.mentions[0].traits.get("adjective")
        and ctx.scene.gap(p.group, m) <= 1.0
    ):
        return False  # "EU steel import quotas"
    return (m.traits.get("part") == "verb" and p.first >= m.last and led(ctx, p) == "of") or (
        m.traits.get("direction") == "import" and p.last <= m.first
    )


def spared(ctx: Context, p: Party) -> bool:
    """Whether a party is one that a measure spares: "except the European Union"."""
    return any(s.id == "exempted" and 0 <= p.first - s.last <= 2 for s in ctx.sentence.of("status"))


def as_aimed(ctx: Context, p: Party, m: Mention) -> Party:
    """A party in the role of a target, where the words before it tell that it is one."""
    if m.id == "supply_offer" and p.first >= m.last and ctx.scene.gap(p.group, m) <= 1.0:
        return replace(p, role="on")
    if m.id in RESTRICTIONS and p.role == "in" and set(ctx.scene.before(p.group, 2)) & connectives.words("comes_as"):
        return replace(p, role="on")
    before = led(ctx, p) if p.role in ("bare", "adj", "of") else ""
    if m.id in RESTRICTIONS and p.first >= m.last and before == "on":
        return replace(p, role="on")
    if m.id in BUILT and before == "with":
        return replace(p, role="with")
    if m.id in BUILT and p.role == "adj" and p.head in ("commodity", "capacity_project") and p.first >= m.last:
        return replace(p, role="in")
    return p


def led(ctx: Context, p: Party) -> str:
    """The preposition before an adjective in English, before its noun in Arabic."""
    roles, words = connectives.roles(), ctx.scene.words
    owner = next((q for q in ctx.parties if q.last <= p.first and p.first - q.last <= 1 and q is not p), p)
    at = owner.first - 1
    if ctx.sentence.lang == "en":
        while at >= 0 and (words[at].what == "figure" or words[at].key in connectives.words("skipped") | WIDE):
            at -= 1
        return roles.get(words[at].key, "") if at >= 0 else ""
    first = 1 if owner is p else 0
    return next((roles[w.key] for w in words[max(0, at - 2) : max(0, at + 1 - first)] if w.key in roles), "")


def importer(ctx: Context, m: Mention) -> Party | None:
    """Where goods are imported to, which takes the duty on them: "the 25% duty covers all steel imported into the US"."""
    if m.id not in ("tariff", "quota") or m.traits.get("direction") == "export":
        return None
    near = {p.first: {f.key for w in ctx.scene.words[max(0, p.first - _IMPORTED) : p.first] for f in w.forms} for p in ctx.parties}
    return next((p for p in ctx.parties if p.kind == "place" and p.role == "to" and near[p.first] & connectives.words("imported")), None)

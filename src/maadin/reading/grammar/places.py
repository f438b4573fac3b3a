"""In what role a country stands: whose output, exports to whom, a duty on whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from maadin.facts import regions
from maadin.reading.grammar import connectives
from maadin.reading.grammar.memory import Memory
from maadin.reading.grammar.parts import members
from maadin.reading.grammar.scene import Group, Scene
from maadin.reading.model import Mention

PEOPLE = ("person", "office")
ACTORS = ("place", "company", "person", "office")
_LYING = 4  # words after "الدولة" that tell where it lies
_NAME = 6  # words of a name in quotation marks
_QUOTES = frozenset('"“”«»')
_GLUED = {"ل": "to", "لل": "to", "ب": "in", "ك": "such"}


@dataclass(frozen=True, slots=True)
class Party:
    """Countries in one role.

    Attributes
    ----------
    group : Group
        Where they stand.
    codes : tuple of str
    role : str
        bare (no preposition), adj (an adjective or a name before a noun), of (possessive, or the second noun of an Arabic construct), to, from, in,
        on, by, for, with, after, than, between, about, such, except, owner.
    kind : str
        place, company, person, office or pronoun.
    head : str
        What an adjective belongs to: commodity, exports, imports, production, tariff, ...; "" where that is nothing of ours.
    """

    group: Group
    codes: tuple[str, ...]
    role: str
    kind: str
    head: str = ""

    @property
    def first(self) -> int:
        """Where it begins."""
        return self.group.first

    @property
    def last(self) -> int:
        """Where it ends, not included."""
        return self.group.last


def parties(scene: Scene, memory: Memory) -> list[Party]:
    """Every country, company, person and "the country" of a sentence with its role, in the order of the text."""
    made = []
    for g in scene.groups(*ACTORS):
        lead = g.mentions[0]
        if codes := _codes(g):
            role = _role(scene, g)
            if role == "in" and lead.traits.get("actor"):
                continue  # "at a meeting in Lisbon" says where, not who
            made.append(Party(g, codes, role, lead.kind, _head(scene, g) if role == "adj" else ""))
    for m in scene.of("pronoun"):
        g = Group((m,))
        if m.id == "country" and not m.traits.get("plural") and (codes := _meant(scene, memory, m, made)):
            made.append(Party(g, codes, _role(scene, g), "pronoun"))
    for m in _pronouns(scene, ("it", "bare"), ("its", "adj"), ("as_it", "bare")):
        g = Group((m,))
        if not _after_office(scene, m, made) and (codes := _subject(memory, m, made)):
            made.append(Party(g, codes, m.id, "pronoun", _head(scene, g) if m.id == "adj" else ""))
    if memory.speaker_country:
        ours = [*_pronouns(scene, ("we", "bare"), ("ours", "owner")), *_our_nouns(scene)]
        made += [Party(Group((m,)), memory.speaker_country, m.id, "pronoun") for m in ours]
    return sorted(made, key=lambda p: p.first)


def _subject(memory: Memory, at: Mention, known: Sequence[Party]) -> tuple[str, ...]:
    """Whom "it" means: who acted last before it."""
    earlier = [p for p in known if p.last <= at.first and p.kind in ("place", "company") and p.role in ("bare", "adj", "owner")]
    named = [p for p in known if p.last <= at.first and p.kind == "place"]
    return earlier[-1].codes if earlier else named[0].codes if len(named) == 1 and named[0].role in ("on", "in", "for") else memory.subject


def _after_office(scene: Scene, at: Mention, known: Sequence[Party]) -> bool:
    """Whether an Arabic pronoun means an office or a company that nobody's country is told of: "الوزارة أكدت أنها"."""
    if scene.sentence.lang != "ar":
        return False
    named = max((p.first for p in known if p.last <= at.first and p.kind == "place"), default=-1)
    return any(named < m.first < at.first for m in scene.of("office", "company", "person"))


def _codes(g: Group) -> tuple[str, ...]:
    """ISO codes of a list; the members of a group such as the G7."""
    found: list[str] = []
    for m in g.mentions:
        found += regions.members(m.id) if m.traits.get("group") and m.id in regions.groups() else [m.id] if len(m.id) == 3 else []
    return tuple(dict.fromkeys(found))


def _pronouns(scene: Scene, *meant: tuple[str, str]) -> Iterator[Mention]:
    """Words of some ids of the connectives, each as a mention of the role it takes."""
    roles = {key: role for id_, role in meant for key in connectives.words(id_)}
    for i, word in enumerate(scene.words):
        for form in word.forms:
            if form.key in roles and not form.after:
                yield Mention("pronoun", i, i + 1, roles[form.key])
                break


def _our_nouns(scene: Scene) -> Iterator[Mention]:
    """ "صادراتنا": the speaker's country is glued to the noun."""
    for m in scene.of("metric"):
        if m.form.after == "نا":
            yield Mention("pronoun", m.first, m.first + 1, "owner")


def _meant(scene: Scene, memory: Memory, at: Mention, known: Sequence[Party]) -> tuple[str, ...]:
    """Whom "the country" means: the last country named before it that acts, else the one the text spoke of last."""
    earlier = [p for p in known if p.last <= at.first and p.kind == "place" and p.role not in ("to", "than", "after")]
    lying = members(scene.words[at.first : at.last + (_LYING if scene.sentence.lang == "ar" else 0)])
    if lying:
        named = [code for p in earlier for code in p.codes] or [*memory.topic_country, *memory.recent]
        fitting = [code for code in named if code in lying]
        if fitting:
            return (fitting[-1],)
    told = [m.id for m in scene.of("source") if m.last <= at.first and len(m.id) == 3]
    if told and not earlier:
        return (told[-1],)
    if not earlier and memory.he_country and _he_before(scene, at):
        return memory.he_country  # "he urged ... the country's deposits"
    if earlier:
        return earlier[-1].codes[:1]
    stale = memory.topic_country and memory.recent and memory.topic_country[0] not in memory.recent
    return memory.subject if stale and memory.subject else memory.topic_country or memory.subject


def _he_before(scene: Scene, at: Mention) -> bool:
    """Whether "he" or "his government" stands before in a sentence."""
    own = any(o.last <= at.first and o.form.after in ("ه", "ها") for o in scene.of("office"))
    return own or any(w.key in connectives.words("of_a_person") for w in scene.words[: at.first])


def _head(scene: Scene, g: Group) -> str:
    """The noun that an adjective belongs to: what follows it in English, what it follows in Arabic."""
    nouns = [m for m in scene.of("metric", "instrument", "commodity") if m.traits.get("part") != "verb"]
    if scene.sentence.lang == "en":
        near = [m for m in nouns if g.last <= m.first <= g.last + 2]
        metrics = [m for m in near if m.kind == "metric" and m.traits.get("part") != "agent"]
        chosen = (metrics or near)[:1]
    else:
        near = [m for m in nouns if g.first - 3 <= m.last <= g.first]
        chosen = near[-1:]
    return ("commodity" if chosen[0].kind == "commodity" else chosen[0].id) if chosen else ""


def _role(scene: Scene, g: Group) -> str:
    lead = g.mentions[0]
    if _has(scene, g):
        return "owner"
    glued = lead.form.before.lstrip("وف")
    if glued in _GLUED:
        return _GLUED[glued]
    at, skipped, roles = g.first - 1, connectives.words("skipped"), connectives.roles()
    while at >= 0 and scene.words[at].key in skipped:
        at -= 1
    before = scene.words[at].key if at >= 0 else ""
    if (
        scene.sentence.lang == "ar"
        and g.first > 1
        and connectives.words("than_what") & {scene.words[i].key for i in (g.first - 2, g.first - 1)}
    ):
        return "than"  # "أكثر مما تملكه بوليفيا"
    if lead.form.after == "'s" or g.mentions[-1].form.after == "'s":
        return "adj"
    if before == "with" and g.last < len(scene.words) and _participle(scene.words[g.last].key):
        return "bare"  # "with Guinea accounting for 70%"
    if _of_institution(scene, g):
        return "institution"
    if before in roles and not (lead.traits.get("adjective") and scene.sentence.lang == "en" and _noun_follows(scene, g)):
        return roles[before]
    if lead.traits.get("adjective"):
        return "adj"
    if scene.sentence.lang == "en":
        return "adj" if _noun_follows(scene, g) else "bare"
    return "of" if g.first and _construct(scene, g.first - 1) else "bare"


def _has(scene: Scene, g: Group) -> bool:
    """Whether an Arabic clause opens with who has something: "للأرجنتين احتياطيات كبيرة", "في مدغشقر احتياطيات وفيرة"."""
    lead = g.mentions[0]
    led = lead.form.before.lstrip("وف") == "ل" or lead.form.before.lstrip("وف") == "لل"
    start = g.first
    if not led and g.first and scene.words[g.first - 1].key == "في":
        led, start = True, g.first - 1
    if scene.sentence.lang != "ar" or not led or (start and scene.words[start - 1].what == "word"):
        return False
    return any(
        m.first == g.last and (m.id == "leading" or m.id == "many") and not m.traits.get("weak") for m in scene.of("quality", "rank")
    )


def _participle(key: str) -> bool:
    return key.endswith("ing") and len(key) > 5


def _of_institution(scene: Scene, g: Group) -> bool:
    """Whether a country only tells where a newspaper, an institute or the like is at home: "المعهد الألماني", "منصة «...» البريطانية", "مقرها لشبونة"."""
    words, known = scene.words, connectives.words("institution")
    if scene.sentence.lang == "en":
        return bool(g.mentions[0].traits.get("adjective")) and g.last < len(words) and words[g.last].key in known
    at = g.first - 1
    if at >= 0 and words[at].key in connectives.words("seat"):
        return True
    if at >= 0 and words[at].text in _QUOTES:
        at = next((i - 1 for i in range(at - 1, max(-1, at - _NAME), -1) if words[i].text in _QUOTES), -1)
    return bool(g.mentions[0].traits.get("adjective")) and at >= 0 and any(f.key in known for f in words[at].forms)


def _noun_follows(scene: Scene, g: Group) -> bool:
    """Whether a noun of ours comes right after: "US imports", "China graphite exports"."""
    return any(
        m.first == g.last and (m.kind == "commodity" or (m.kind in ("metric", "instrument") and m.traits.get("part") != "verb"))
        for m in scene.sentence.mentions
    )


def _construct(scene: Scene, at: int) -> bool:
    """Whether an Arabic noun of ours ends at a word, so that the next one is its owner: "صادرات الصين"."""
    return any(
        m.last - 1 == at and m.kind in ("metric", "instrument", "share") and m.traits.get("part") not in ("verb", "agent")
        for m in scene.sentence.mentions
    )


Costs = Mapping[str, float]
_ENCLOSED = 9.0  # what a relative clause adds to a party inside it
OWNER: Costs = {"adj": -1, "of": -1, "owner": -1, "bare": 1, "by": 0, "in": 2, "such": 4, "for": 8, "about": 12}
EXPORTER: Costs = {**OWNER, "from": 0}
IMPORTER: Costs = {**OWNER, "to": 3}
TO: Costs = {"to": 0, "for": 5, "in": 6, "with": 8}
FROM: Costs = {"from": 0, "adj": 4, "of": 6, "by": 6}
ACTOR: Costs = {"adj": 0, "of": 0, "bare": 0, "by": -1, "owner": 0, "in": 6, "about": 10, "for": 12, "from": 12}
AIMED: Costs = {"on": 0, "from": 0, "to": 2, "adj": 3, "in": 8, "with": 8, "of": 5}


def who(
    scene: Scene,
    known: Sequence[Party],
    at: Mention | Group,
    costs: Costs,
    *,
    limit: float = 30.0,
    people: float = 6.0,
    after: float = 0.0,
    unless: Sequence[Party] = (),
    heads: Costs | None = None,
) -> tuple[Party | None, float]:
    """The party that fills a role best, and its cost.

    Parameters
    ----------
    at : Mention or Group
        The word that has the role.
    costs : mapping
        Distance that a preposition adds; a role that is not named cannot fill it.
    limit : float
        Cost from which on nobody does.
    people : float
        Distance that a person or an office adds.
    after : float
        Distance that a bare name after the word adds.
    unless : sequence of Party
        Those that have another role.
    heads : mapping, optional
        Distance that the noun of an adjective adds; "" stands for the others.
    """
    best, least = None, limit
    for p in known:
        if p in unless or p.role not in costs or (p.kind != "pronoun" and scene.overlaps(p.group, at)):
            continue
        cost = scene.gap(p.group, at) + costs[p.role] + (people if p.kind in PEOPLE else 0.0)
        if p.first >= at.last and p.role == "bare":
            cost += after
        if scene.out_of(p.group, at):
            cost += _ENCLOSED
        if heads and p.head:
            cost += heads.get(p.head, heads.get("", 0.0))
        if cost < least:
            best, least = p, cost
    return best, least

"""One sentence as the patterns see it: distances between mentions, lists, and what was used already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from maadin.reading.grammar import connectives
from maadin.reading.model import Mention, Sentence, Word

_COMMA, _STRONG, _BRACKET = 2.0, 6.0, 3.0
_EXCEPT = "غير"
_DASHES = frozenset(("-", "–", "—"))
_ASIDE, _LONGEST_ASIDE = 0.2, 20
_MARKS = {",": _COMMA, "،": _COMMA, ";": _STRONG, "؛": _STRONG, ":": 4.0, "(": _BRACKET, ")": _BRACKET, "-": 1.0, ".": _STRONG}


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions of one kind in a list: "Germany, Japan and Mexico".

    Attributes
    ----------
    mentions : tuple of Mention
    """

    mentions: tuple[Mention, ...]

    @property
    def first(self) -> int:
        """Where the list begins."""
        return self.mentions[0].first

    @property
    def last(self) -> int:
        """Where it ends, not included."""
        return self.mentions[-1].last

    @property
    def ids(self) -> tuple[str, ...]:
        """What its members mean, each once."""
        return tuple(dict.fromkeys(m.id for m in self.mentions if m.id))


class Scene:
    """A sentence with distances.

    Parameters
    ----------
    sentence : Sentence
    """

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.words = sentence.words
        self.used: set[int] = set()
        self._keys = sentence.keys
        self._groups: dict[tuple[str, ...], list[Group]] = {}
        inside = {i for g in self.groups("place", "commodity", "company") for i in range(g.first, g.last)}
        self._way, turns = [0.0], connectives.words("turn")
        self.aside = _aside(self.words)
        brackets = _brackets(self.words)
        self._relative = _relatives(self.words)
        for i, word in enumerate(self.words):
            if i in self.aside or i in brackets:
                self._way.append(self._way[-1] + _ASIDE)
                continue
            cost = 0.0 if i in inside and word.what == "mark" else _MARKS.get(word.text, 0.3 if word.what == "mark" else 1.0)
            turn = self._keys[i] in turns or (self._keys[i] == _EXCEPT and _that_follows(self.words, i))
            self._way.append(self._way[-1] + (cost + _STRONG if turn else cost))

    def gap(self, a: Mention | Group, b: Mention | Group) -> float:
        """How far apart two stretches are: words between them, marks and turns of the sentence counting for more."""
        if a.first > b.first:
            a, b = b, a
        return max(0.0, self._way[b.first] - self._way[min(a.last, b.first)])

    def out_of(self, a: Mention | Group, b: Mention | Group) -> bool:
        """Whether one stretch stands in a relative clause between commas that the other comes after: "Guinea's mines, which feed China's plants, sent"."""
        return any(a.first in r and b.first >= r.stop for r in self._relative)

    def words_between(self, a: Mention | Group, b: Mention | Group) -> list[str]:
        """Keys of the words between two stretches."""
        if a.first > b.first:
            a, b = b, a
        return self._keys[a.last : b.first]

    def before(self, at: Mention | Group, count: int = 1) -> list[str]:
        """Keys of the words just before, nearest first."""
        return self._keys[max(0, at.first - count) : at.first][::-1]

    def after(self, at: Mention | Group, count: int = 1) -> list[str]:
        """Keys of the words just after."""
        return self._keys[at.last : at.last + count]

    def of(self, *kinds: str) -> list[Mention]:
        """Mentions of some kinds."""
        return self.sentence.of(*kinds)

    def nearest(self, at: Mention | Group, mentions: Iterable[Mention], limit: float = 99.0) -> Mention | None:
        """The nearest of some mentions within a distance; what follows wins a tie."""
        found = min(((self.gap(at, m), m.first < at.first, m.first, m) for m in mentions if m is not at), key=lambda c: c[:3], default=None)
        return found[3] if found and found[0] <= limit else None

    def groups(self, *kinds: str) -> list[Group]:
        """Lists of mentions of some kinds; one alone is a list of one."""
        if kinds not in self._groups:
            whole = _opened(self._keys, group(self._keys, self.sentence.of(*kinds)))
            self._groups[kinds] = [part for g in whole for part in self._without_speaker(g)]
        return self._groups[kinds]

    def _without_speaker(self, whole: Group) -> Iterator[Group]:
        """A list without who speaks after its comma: "to the US, Beijing said"."""
        last = whole.mentions[-1]
        if (
            len(whole.mentions) > 1
            and whole.first
            and self.words[last.first - 1].text == ","
            and any(s.first == last.last for s in self.sentence.of("say"))
        ):
            yield from (Group(whole.mentions[:-1]), Group((last,)))
        else:
            yield whole

    def overlaps(self, a: Mention | Group, b: Mention | Group) -> bool:
        """Whether two stretches share a word."""
        return a.first < b.last and b.first < a.last


def _relatives(words: Sequence[Word]) -> tuple[range, ...]:
    """Relative clauses between commas."""
    found = []
    for i, w in enumerate(words[:-1]):
        if w.text in (",", "،") and any(f.key in connectives.words("relative") for f in words[i + 1].forms):
            end = next((n for n in range(i + 2, min(i + 2 + _LONGEST_ASIDE, len(words))) if words[n].text in (",", "،")), None)
            if end is not None:
                found.append(range(i, end))
    return tuple(found)


def _brackets(words: Sequence[Word]) -> frozenset[int]:
    """What stands in brackets without a figure, which takes little away from nearness as well: "(أكبر منتج للصلب في العالم)"."""
    found: set[int] = set()
    for start in (i for i, w in enumerate(words) if w.text == "("):
        end = next((i for i in range(start + 1, min(start + _LONGEST_ASIDE, len(words))) if words[i].text in "()"), None)
        if end is not None and words[end].text == ")" and end - start > 2 and not any(w.what == "figure" for w in words[start:end]):
            found.update(range(start, end + 1))
    return frozenset(found)


def _aside(words: Sequence[Word]) -> range:
    """What stands between two dashes, which takes little away from the nearness of what stands around it."""
    dashes = [i for i, w in enumerate(words) if w.what == "mark" and w.text in _DASHES]
    if len(dashes) != 2 or not 2 < dashes[1] - dashes[0] <= _LONGEST_ASIDE:
        return range(0)
    return range(dashes[0], dashes[1] + 1)


def _that_follows(words: Sequence[Word], at: int) -> bool:
    """Whether "غير" opens a clause ("غير أن"); before an adjective it only denies it ("غير المعالج")."""
    return at + 1 < len(words) and any(f.key in connectives.words("that") | connectives.words("that_it") for f in words[at + 1].forms)


def group(keys: Sequence[str], mentions: Sequence[Mention]) -> list[Group]:
    """Cut mentions into lists: members have nothing but commas and "and" between them."""
    made: list[list[Mention]] = []
    for m in mentions:
        if made and _joined(keys, made[-1][-1], m):
            made[-1].append(m)
        else:
            made.append([m])
    return [Group(tuple(g)) for g in made]


def _opened(keys: Sequence[str], groups: list[Group]) -> list[Group]:
    """The lists, without those that a comma only seems to make after an opening phrase: "Outside China, Vietnam is ..."."""
    made: list[Group] = []
    for g in groups:
        lead = (
            g.first >= 1
            and len(g.mentions) == 2
            and bool(connectives.roles().keys() & set(keys[max(0, g.first - 3) : g.first]))
            and tuple(keys[g.mentions[0].last : g.mentions[1].first]) in ((",",), ("،",))
        )
        if lead:
            made += [Group((m,)) for m in g.mentions]
        elif _closed(keys, g):
            made += [Group(g.mentions[:-1]), Group(g.mentions[-1:])]
        else:
            made.append(g)
    return made


def _closed(keys: Sequence[str], g: Group) -> bool:
    """Whether "and" closed a list before its last comma: "After Australia and Chile, China is ..."."""
    if len(g.mentions) < 3 or keys[g.mentions[-2].last : g.mentions[-1].first] not in ([","], ["،"]):
        return False
    joint = keys[g.mentions[-3].last : g.mentions[-2].first]
    return joint == ["and"] or (not joint and "و" in g.mentions[-2].form.before and "و" not in g.mentions[-1].form.before)


def _joined(keys: Sequence[str], a: Mention, b: Mention) -> bool:
    between = keys[a.last : b.first]
    if a.kind == "commodity" and len(between) > 3 and (between[0], between[2]) == ("(", ")"):
        between = between[3:]  # "lithium (Li), beryllium (Be) and"
    if b.first < a.last or len(between) > 4 or a.traits.get("adjective") != b.traits.get("adjective"):
        return False
    if not between:
        return "و" in b.form.before and a.kind == b.kind
    if a.kind == "commodity":
        between = [k for k in between if k not in connectives.words("qualifier")] or (["و"] if "و" in b.form.before else [])
    return (
        bool(between)
        and between != ["as"]
        and all(k in connectives.joining() for k in between)
        and a.form.before.strip("وف") in ("", b.form.before.strip("وف"))
    )

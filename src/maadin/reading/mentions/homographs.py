"""Names that are ordinary words too: lead, Turkey, "us" and the US, "ذهب" that went and "الذهب" that is gold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from maadin.reading.forms import plain_key
from maadin.reading.lexicon import Entry
from maadin.reading.mentions.naming import capitals
from maadin.reading.mentions.phrases import entries
from maadin.reading.model import Mention, Sentence, Word

KIND = "homograph"
_LINKS = frozenset((",", "،", "and", "or", "و", "أو", "او", "&", "/"))
_SKIPPED = frozenset(("of", "the", "from", "in", "من"))


@dataclass(frozen=True, slots=True)
class Rule:
    """What tells that a name is meant; see lexicon/homographs.yaml for the fields."""

    kinds: frozenset[str]
    never: bool
    written: str
    article: Any
    joined: bool
    words: dict[str, frozenset[str]]
    instead: str
    instead_as: str
    instead_near: frozenset[str]


def rules() -> Iterator[Entry]:
    """An entry for each rule, found like the names it is about."""
    for entry in entries("homographs"):
        lengths: dict[int, list[str]] = {}
        for phrase in entry.phrases:
            lengths.setdefault(len(phrase.replace("-", " ").split()), []).append(phrase)
        rule = _rule(entry.traits)
        for length, phrases in lengths.items():
            yield Entry(f"{KIND} {length}", entry.id, {"rule": rule}, tuple(phrases))


def _rule(traits: Any) -> Rule:
    instead = traits.get("instead", {})
    lists = ("next", "prev", "near", "not_next", "not_prev", "not_near")
    return Rule(
        frozenset(traits["of"]),
        bool(traits.get("never")),
        traits.get("written", ""),
        traits.get("article"),
        bool(traits.get("joined")),
        {name: _keys(tuple(traits[name])) for name in lists if name in traits},
        instead.get("id", ""),
        instead.get("as", ""),
        _keys(tuple(instead.get("near", ()))),
    )


@lru_cache(maxsize=256)
def _keys(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(key for word in words for key in (plain_key(word), plain_key(word).replace("ء", "")))


def meant(rule: Rule, sentence: Sentence, found: Mention, others: Sequence[Mention]) -> bool:
    """Whether the words of a mention are the name there.

    Parameters
    ----------
    rule : Rule
    sentence : Sentence
    found : Mention
        The name, if it is one.
    others : sequence of Mention
        Names of the same kind that may stand beside it in a list.
    """
    if rule.never or not _written(rule.written, sentence.words[found.first].text):
        return False
    article = found.form.article or sentence.words[found.last - 1].forms[0].article
    if article is not bool(rule.article) and isinstance(rule.article, bool):
        return False
    before, after = _before(sentence, found.first), _after(sentence, found.last)
    words = rule.words
    if "not_next" in words and after & words["not_next"]:
        return False
    if "not_prev" in words and _before(sentence, found.first, skip=False) & words["not_prev"]:
        return False
    if "not_near" in words and _near(sentence, found) & words["not_near"]:
        return False
    enough = [name for name in ("next", "prev", "near") if name in words]
    if not enough and not rule.joined and rule.article != "enough":
        return True
    return (
        (rule.article == "enough" and article)
        or ("next" in words and bool(after & words["next"]))
        or ("prev" in words and bool(before & words["prev"]))
        or ("near" in words and bool(_near(sentence, found) & words["near"]))
        or (rule.joined and _in_a_list(sentence, found, others))
    )


def elsewhere(rule: Rule, sentence: Sentence, found: Mention) -> Mention:
    """The mention as it is meant, of another place where the rule tells of one."""
    if not (rule.instead and _near(sentence, found) & rule.instead_near):
        return found
    traits = {**found.traits, rule.instead_as: True} if rule.instead_as else found.traits
    return replace(found, id=rule.instead, traits=traits)


def _written(how: str, text: str) -> bool:
    if how == "capital":
        return not text[0].islower()
    if how == "capitals":
        return capitals(text)
    return how != "small" or text[0].islower()


def _forms(word: Word) -> frozenset[str]:
    return frozenset(form.key for form in word.forms)


def _before(sentence: Sentence, at: int, skip: bool = True) -> frozenset[str]:
    """Readings of the word before, and of the one before a preposition or article between."""
    if at == 0:
        return frozenset()
    word = sentence.words[at - 1]
    found = _forms(word)
    if skip and at >= 2 and (word.key in _SKIPPED or word.text in _SKIPPED):
        found |= _forms(sentence.words[at - 2])
    return found


def _after(sentence: Sentence, at: int) -> frozenset[str]:
    return _forms(sentence.words[at]) if at < len(sentence.words) else frozenset()


def _near(sentence: Sentence, found: Mention) -> frozenset[str]:
    return frozenset(form.key for i, word in enumerate(sentence.words) if not found.first <= i < found.last for form in word.forms)


def _in_a_list(sentence: Sentence, found: Mention, others: Sequence[Mention]) -> bool:
    """Whether another name stands beside it, with a comma or an "and" between, or nothing: "lead-zinc", "نحاس وذهب"."""
    words = sentence.words
    for other in others:
        if other.last <= found.first <= other.last + 2:
            between, later = words[other.last : found.first], found
        elif found.last <= other.first <= found.last + 2:
            between, later = words[found.last : other.first], other
        else:
            continue
        if all(w.text.lower() in _LINKS for w in between) and (
            between or words[later.first].lang == "en" or later.form.before.startswith("و")
        ):
            return True
    return False

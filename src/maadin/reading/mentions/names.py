"""Names in a sentence: commodities, places, companies, offices, persons and sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from maadin.reading.forms import plain_key
from maadin.reading.lexicon import Lexicon
from maadin.reading.mentions import homographs
from maadin.reading.mentions.commodities import commodities
from maadin.reading.mentions.naming import Name, as_written
from maadin.reading.mentions.organisations import organisations, with_countries
from maadin.reading.mentions.phrases import entries
from maadin.reading.mentions.places import places
from maadin.reading.model import Mention, Sentence

KINDS = ("source", "office", "company", "person", "place", "commodity")  # of two names of the same words the first kind wins
_SHOUTED = 0.7  # share of longer words in capitals
_MARKED = {"adjective", "actor", "inside", "region", "group"}
_SIGNS, _DOLLARS = frozenset("$€£¥"), frozenset(("dollar", "dollars"))
_DATELINE = 7  # words in which the dash or bracket of a dateline comes


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return Lexicon(chain(commodities(), places(), organisations(), homographs.rules()))


def find(sentence: Sentence) -> list[Mention]:
    """Names in a sentence, in the order of the text; none overlap, and of two that would the longer one is meant.

    Parameters
    ----------
    sentence : Sentence

    Returns
    -------
    list of Mention
        Of kind commodity, place, company, office, person or source.

        ========= ================================ =====================================================================================
        kind      id                               traits
        ========= ================================ =====================================================================================
        commodity id of the catalogue; "minerals", name (English); generic, critical, covers, part, loose, outside (none of ours)
                  "coal", "diamonds"
        place     code of a country; EUU; of a     adjective, people, actor (a government's seat), dateline, inside (lies in it), group,
                  group; "" of a region            region, loose
        company   home country                     name, homes
        office    its country; "" if not told      name; joined: the country beside it is part of the mention
        person    the country spoken for           name
        source    its country, if any              name, class; joined
        ========= ================================ =====================================================================================

    Examples
    --------
    >>> from maadin.reading.source import clean
    >>> from maadin.reading.words import sentences
    >>> [(m.kind, m.id) for m in find(sentences(clean("China's lead exports lead the world, says the US Geological Survey."))[0])]
    [('place', 'CHN'), ('commodity', 'lead'), ('source', 'USA')]
    """
    found = _lexicon().find(sentence)
    if not found:
        return []
    rules = {(m.first, m.last): m.traits["rule"] for m in found if m.kind.startswith(homographs.KIND)}
    names = [(m, m.traits["name"]) for m in found if not m.kind.startswith(homographs.KIND)]
    shouted = _shouted(sentence)
    kept: list[tuple[Mention, Name]] = []
    for mention, name in names:
        if not _fits(mention, name) or not as_written(name, sentence, mention.first, mention.last, shouted):
            continue
        told = Mention(name.kind, mention.first, mention.last, name.id, mention.form, name.traits)
        rule = rules.get((mention.first, mention.last))
        if rule is not None and name.kind in rule.kinds:
            beside = [m for m, n in names if n.kind == name.kind and (m.last <= mention.first or m.first >= mention.last)]
            if not homographs.meant(rule, sentence, told, beside):
                continue
            told = homographs.elsewhere(rule, sentence, told)
        kept.append((told, name))
    named = [_with_goods(mention, kept) for mention in _longest(kept) if not _of_money(sentence, mention)]
    return [_in_place(sentence, mention) for mention in with_countries(sentence, named)]


def _fits(mention: Mention, name: Name) -> bool:
    """What may be glued to an Arabic name: conjunctions and prepositions before it, a pronoun only after what can be owned."""
    form = mention.form
    return "س" not in form.before and (not form.after or form.after[0] == "'" or name.kind in ("commodity", "office"))


def _with_goods(mention: Mention, kept: Sequence[tuple[Mention, Name]]) -> Mention:
    """A company with the commodities that its name tells: "Korea Zinc"."""
    if mention.kind != "company":
        return mention
    inside = [m for m, _ in kept if m.kind == "commodity" and mention.first <= m.first and m.last <= mention.last]
    goods = tuple(
        dict.fromkeys(str(m.traits.get("name", m.id)) for m in inside if not m.traits.get("outside") and not m.traits.get("generic"))
    )
    return replace(mention, traits={**mention.traits, "goods": goods}) if goods else mention


def _longest(kept: Sequence[tuple[Mention, Name]]) -> list[Mention]:
    """The longest of names that overlap; those only known for the names inside them are left out."""
    taken: set[int] = set()
    told: list[Mention] = []
    for mention, name in sorted(kept, key=lambda k: (k[0].first - k[0].last, KINDS.index(k[1].kind), k[0].first)):
        places = range(mention.first, mention.last)
        if taken.isdisjoint(places):
            taken.update(places)
            if not name.silent:
                told.append(mention)
    return sorted(told, key=lambda m: m.first)


def _shouted(sentence: Sentence) -> bool:
    longer = [word.text for word in sentence.words if word.lang == "en" and len(word.text) > 3]
    return len(longer) > 2 and sum(map(str.isupper, longer)) > _SHOUTED * len(longer)


def _of_money(sentence: Sentence, mention: Mention) -> bool:
    """A country that only tells which currency: "US$300m", "Australian dollars", "دولار أمريكي"."""
    if mention.kind != "place" or mention.last - mention.first > 1:
        return False
    words = sentence.words
    adjective = "adjective" in mention.traits
    if words[mention.first].lang == "ar":
        return adjective and mention.first > 0 and not _currencies().isdisjoint(form.key for form in words[mention.first - 1].forms)
    if mention.last == len(words):
        return False
    following = words[mention.last]
    return following.text in _SIGNS or following.key in (_currencies() if adjective else _DOLLARS)


@lru_cache(maxsize=1)
def _currencies() -> frozenset[str]:
    """Words for money, without those that tell whose it is."""
    phrases = [phrase.split() for entry in entries("currencies") for phrase in entry.phrases]
    return frozenset(plain_key(words[-1] if words[0].isascii() else words[0]) for words in [*phrases, ["currency"], ["عملة"]])


def _in_place(sentence: Sentence, mention: Mention) -> Mention:
    """A place with what its position tells of it: an adjective that is spelled like its country, a town where the news was written."""
    if mention.kind != "place":
        return mention
    if mention.form.article and mention.last - mention.first == 1 and mention.form.key.endswith("ي") and not _MARKED & set(mention.traits):
        return replace(mention, traits={**mention.traits, "adjective": True})
    if _dates(sentence, mention):
        return replace(mention, traits={**mention.traits, "dateline": True})
    return mention


def _dates(sentence: Sentence, place: Mention) -> bool:
    """Whether a town opens the text with a dash or an agency's name after it: where the news was written, no government."""
    following = sentence.words[place.last : place.last + _DATELINE]
    if place.first > 0 or not {"actor", "inside"} & set(place.traits) or not following:
        return False
    begins = following[0].text
    return begins in "(-–—/:" or (begins in ",،" and any(word.text in "(–—-" for word in following))

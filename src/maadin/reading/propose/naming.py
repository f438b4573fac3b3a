"""What a proposed scenario is called, what it is about and who said so, from the statement."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.policy.measures import Capacity, Measure, SupplyOffer
from maadin.policy.texts import Sentence
from maadin.reading.propose.asked import is_all, known
from maadin.reading.propose.sentences import filled, shown, told
from maadin.reading.propose.sizes import UNITS
from maadin.reading.statement import Statement
from maadin.units import Range

LONGEST_NAME = 150
LONGEST_SPEAKER = 80
_UNITS = {
    "percent": ("percent", 0.01),
    "tonne": ("mass", 1.0),
    "USD": ("money", 1.0),
    "USD/tonne": ("price", 1.0),
    "USD/kg": ("price", 1000.0),
}
_OUTSIDE = {"fund": ("USD",), "territory": ("percent",)}


def named(s: Statement, measures: Sequence[Measure], commodity: str, *, is_path: bool = False) -> Sentence:
    """A title: what it is, of whom, on whom, how much."""
    main = next((m for m in measures if isinstance(m, SupplyOffer)), measures[0])
    noun = "capacity_path" if isinstance(main, Capacity) and is_path else main.noun
    title = filled("titles", noun, commodity=commodity) if commodity else filled("titles", noun)
    actor, target = known(s.actor), known(s.place or s.target)
    if actor and target and not is_all(target) and target != actor:
        title = filled("title_parts", "between", title=title, actor=actor, target=target)
    elif actor or target:
        title = filled("title_parts", "of", title=title, actor=actor or target)
    if (size := _size(s)) is not None:
        title = filled("title_parts", "sized", title=title, size=size)
    return Sentence(en=title.en[:LONGEST_NAME], ar=title.ar[:LONGEST_NAME])


def about(s: Statement, title: Sentence) -> Sentence:
    """The title with the words of the text."""
    return filled("about", "quoted", title=title, quote=s.text) if told(s.text) else title


def said_by(s: Statement) -> Sentence | None:
    """Who says so, as the text names them; None where it names nobody."""
    who = told(s.attributed_to or "", LONGEST_SPEAKER)
    return filled("about", "said_by", who=who) if who else None


def _size(s: Statement) -> Sentence | None:
    """The size as the text tells it; of a range both ends."""
    if s.value is None or s.unit not in _UNITS or s.unit not in (*UNITS.get(str(s.instrument), ()), *_OUTSIDE.get(str(s.instrument), ())):
        return None
    kind, factor = _UNITS[s.unit]
    low, high = s.value if isinstance(s.value, tuple) else (s.value, s.value)
    size = factor * low if low >= high else Range(factor * low, factor * high)
    return Sentence(en=shown(kind, size, "en"), ar=shown(kind, size, "ar"))

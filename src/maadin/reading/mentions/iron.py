"""What bare "الحديد" is in an Arabic text: steel where the text speaks of steel and never of ore, else iron ore."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from maadin.reading.model import Mention, Sentence

_BARE = "حديد"


def settle(sentences: Sequence[Sentence]) -> None:
    """Read every bare "الحديد" of a text as steel if the text names steel and no ore."""
    known = [(s, m) for s in sentences for m in s.mentions if m.kind == "commodity" and m.id in ("iron-ore", "steel")]
    ores = [m for s, m in known if m.id == "iron-ore"]
    if not any(m.id == "steel" for _, m in known) or any(m.id == "iron-ore" and not _bare(s, m) for s, m in known) or not ores:
        return
    for s in sentences:
        s.mentions = [replace(m, id="steel", traits={**m.traits, "name": "steel"}) if _is_ore(m) and _bare(s, m) else m for m in s.mentions]


def _is_ore(m: Mention) -> bool:
    return m.kind == "commodity" and m.id == "iron-ore"


def _bare(s: Sentence, m: Mention) -> bool:
    """Whether a mention is the one word."""
    return m.last - m.first == 1 and any(f.key == _BARE for f in s.words[m.first].forms)

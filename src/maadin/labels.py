"""Names as people write them: one key per name, whatever its case, accents, hamza, diacritics or article."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping

_TATWEEL = "\u0640"
_ARABIC_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ء": None}
)
_NOT_WORD = re.compile(r"[^\w%]+")
_ARABIC_ARTICLE = re.compile(r"(?<!\S)(?:ال)+(?=\w{3})")  # twice in "al-aluminium", whose own first letters look like one


def key(name: str) -> str:
    """Fold a name to the key it is compared by.

    Case, accents, Arabic diacritics, hamza seats, tatweel, the article and punctuation do not count.

    Examples
    --------
    >>> key("Rare-Earths") == key("rare earths")
    True
    >>> key("الأَلُومِنيوم") == key("الومنيوم")
    True
    """
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).replace("&", " and ").replace("+", " plus ")).translate(
        _ARABIC_LETTERS
    )
    bare = "".join(c for c in unicodedata.normalize("NFKD", composed) if c != _TATWEEL and unicodedata.category(c) not in ("Mn", "Cf"))
    words = _NOT_WORD.sub(" ", bare.casefold()).strip()
    return _ARABIC_ARTICLE.sub("", words)


def clashes(names: Mapping[str, Iterable[str]]) -> list[str]:
    """Names that two ids claim, one line each."""
    owners: dict[str, set[str]] = {}
    for owner, known in names.items():
        for name in known:
            owners.setdefault(key(name), set()).add(owner)
    return [f"the name {k!r} belongs to {', '.join(sorted(ids))}" for k, ids in owners.items() if len(ids) > 1]


class Index:
    """Ids found by any of their names.

    Parameters
    ----------
    names : mapping of id to names
        The first name of an id is the one suggested to a user.
    """

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._ids: dict[str, str] = {}
        self._printed: dict[str, str] = {}
        for owner, known in names.items():
            for name in known:
                folded = key(name)
                self._ids.setdefault(folded, owner)
                self._printed.setdefault(folded, name)

    def find(self, name: str) -> str | None:
        """The id with that name, or None."""
        return self._ids.get(key(name))

    def nearest(self, name: str, count: int = 3) -> list[str]:
        """Known names that start like it or look like it, best first, at most one per id."""
        asked = key(name)
        starting = sorted((k for k in self._ids if len(asked) >= 3 and k.startswith(asked)), key=len)
        close: dict[str, str] = {}
        for folded in (*starting, *difflib.get_close_matches(asked, self._ids, n=4 * count, cutoff=0.6)):
            close.setdefault(self._ids[folded], self._printed[folded])
        return list(close.values())[:count]

"""maadin: is a statement about world mineral markets true, and what would a measure do?

>>> import maadin as md
>>> md.facts.production("aluminium", country="China", year=2024, source="wmd")["value"].item()
44004600.0
"""

from maadin import facts
from maadin.errors import MaadinError

__version__ = "0.1.0.dev0"

__all__ = ["MaadinError", "__version__", "facts"]

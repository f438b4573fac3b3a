"""From mentions to statements: a few patterns, each in its own module, over one view of a sentence.

A pattern starts from an anchor (a quantity, a rank, an instrument, a quality) and fills its arguments by nearness: `scene` measures how far apart two
mentions are, with marks and conjunctions counting as distance; `places` says in what role a country stands (owner, partner, place); `memory` keeps
what earlier sentences were about.
"""

"""Claims with a number: levels, prices, shares, changes; each has a module of its own."""

from maadin.reading.grammar.changes import change, multiples
from maadin.reading.grammar.levels import level
from maadin.reading.grammar.metrics import OF
from maadin.reading.grammar.prices import price
from maadin.reading.grammar.shares import share

__all__ = ["OF", "change", "level", "multiples", "price", "share"]

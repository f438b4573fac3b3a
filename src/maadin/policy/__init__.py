"""Measures and scenarios, and their translation into what a market understands. Nothing here yet."""

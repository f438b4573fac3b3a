"""A market in one year, balanced, and its equilibrium. Knows prices and flows, not policies. Nothing here yet."""

"""Elasticities of substitution and export supply estimated from the trade panel: see docs/explanation/estimation.md."""

"""From results to words, numbers and tables, in Arabic and English."""

"""Pages: results drawn and set as self-contained HTML, in both languages. Loaded only when a page is asked for."""

"""From a text to statements, and from statements to verdicts and scenarios. Nothing here yet."""

"""How fast texts are read: python benchmarks/reading.py

Words a second over the annotated texts of tests/reading/texts, growth with length up to a megabyte, and time and memory of the parts. The comparison is what anybody would have to do first: cutting the same text into words with
one regular expression and looking each of them up in the reader's vocabulary.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from maadin import labels
from maadin.reading.lexicon import load
from maadin.reading.read import VOCABULARY, read

TEXTS = Path(__file__).parents[1] / "tests" / "reading" / "texts"
WORD = re.compile(r"\w+")


def main() -> None:
    """Print the table."""
    texts = [json.loads(f.read_text("utf-8"))["text"] for f in sorted(TEXTS.glob("*/*.json"))]
    for language in ("ar", "en"):
        some = [t for t in texts if ("\u0600" <= t[0] <= "\u06ff") == (language == "ar")]
        words = sum(len(t.split()) for t in some)
        took = timed(lambda some=some: [read(t) for t in some])
        print(f"{language}: {len(some)} texts, {words} words, {1e6 * took / words:.1f} ms per 1,000 words")
    everything = "\n\n".join(texts)
    load(*VOCABULARY)
    plain = timed(lambda: [labels.key(w) for w in WORD.findall(everything)])
    whole = timed(lambda: read(everything))
    print(
        f"all texts as one: {len(everything):,} characters, {whole:.3f} s, {whole / plain:.1f} times cutting it into folded words ({plain:.3f} s)"
    )
    for size in (125_000, 250_000, 500_000, 1_000_000):
        long = (everything * (size // len(everything) + 1))[:size]
        print(f"{size:>9,} characters: {timed(lambda long=long: read(long), runs=1):.2f} s")
    print(f"cold process, `maadin read` of {len(texts[0].split())} words: {cold(texts[0]):.2f} s")


def timed(what: Callable[[], object], runs: int = 5) -> float:
    """Median processor time of some runs after one to warm up."""
    what()
    spent = []
    for _ in range(runs):
        began = time.process_time()
        what()
        spent.append(time.process_time() - began)
    return median(spent)


def cold(text: str) -> float:
    """Wall time of the command in a new process."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "maadin", "read", "-"], input=text.encode(), capture_output=True, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()

"""How long the main job takes, cold: a text to a page on disk, every measure with 1,000 draws.

    python benchmarks/brief.py [TEXT ...] [--draws 1000] [--repeat 3]

Seconds on the clock and of the processor (this program's child and the processes that it starts, together) are those of the fastest of several new
processes; benchmarks are in their cache, since a first run puts them there. The parts are measured in one more process, one after the other in one
thread. The load of the machine stands beside the figures, as other work makes all of them longer.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

EXAMPLES = tuple(sorted((Path(__file__).parents[1] / "examples").glob("article_*.txt")))
PARTS = "--parts"


def cold(text: Path, draws: int, workers: int | None = None) -> tuple[float, float]:
    """Seconds on the clock, and of the processor, of the command in a new process."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "maadin", "brief", str(text), "--html", str(Path(folder) / "brief.html"), "--draws", str(draws)]
        command += ["--workers", str(workers)] if workers else []
        clock, before = time.perf_counter(), os.times()
        subprocess.run(command, capture_output=True, check=True)
        after = os.times()
        processor = after.children_user + after.children_system - before.children_user - before.children_system
        return time.perf_counter() - clock, processor


def parts(text: str, draws: int) -> None:
    """Print the processor time of each part of the job, in a process that has imported nothing yet."""
    began = time.process_time()

    def lap(name: str) -> None:
        nonlocal began
        now = time.process_time()
        print(f"  {now - began:6.2f} s  {name}")
        began = now

    from maadin.cli.read import language_of
    from maadin.facts.store import default_store
    from maadin.market.threads import one_thread
    from maadin.reading.briefing import simulated, whole
    from maadin.reading.briefing.workers import Workers
    from maadin.reading.read import read
    from maadin.report.html import brief as page
    from maadin.report.html.render import render_brief
    from maadin.report.layout.brief import lay_out

    assert Workers
    simulated.get_ready()
    lap("imports")
    found = read(text)
    lap(f"reading: {len(found.statements)} statements")
    store = default_store()
    proposals = whole._proposals(found, paths=False, store=store)
    options = simulated.Options(draws, 0, whole._last_year(store))
    lap(f"proposing: {len(proposals)} scenarios")
    checked = [whole._check(statement, None, None, store) for statement in found.statements]
    lap("checking")
    done = []
    with one_thread():
        for proposed, statements in proposals:
            done.append(simulated.run(proposed, statements, options, report=lambda step: None))
            lap(proposed.scenario.name if proposed.scenario else "no scenario")
    made = whole.Brief(text, found, tuple(checked), tuple(done), draws=draws)
    language = language_of(text)
    shown = page.page(made, language, command="", text_language=language)
    lap("the page, its figures and tables")
    size = len(render_brief(shown).encode())
    lap(f"the page as HTML: {size // 1000:,} kB")
    lay_out(made, language)
    lap("the summary for the terminal")


def main() -> None:
    """Measure, with the load of the machine before and after."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="*", default=EXAMPLES)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument(PARTS, action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.parts:
        parts(given.texts[0].read_text("utf-8"), given.draws)
        return
    for text in given.texts:
        cold(text, 8)  # fills the cache
        print(text.name)
        for workers in (None, 1):
            before = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
            taken = [cold(text, given.draws, workers) for _ in range(given.repeat)]
            after = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
            clock, processor = (min(column) for column in zip(*taken, strict=True))
            who = "in this process alone" if workers == 1 else f"{os.cpu_count()} cores"
            print(f"  {clock:6.2f} s, processor {processor:6.2f} s  {who}; load {before:.1f} before, {after:.1f} after")
        print(" parts, processor")
        subprocess.run([sys.executable, __file__, str(text), "--draws", str(given.draws), PARTS], check=True)


if __name__ == "__main__":
    main()

"""A process that runs scenarios for another one: `python -m maadin.reading.briefing.process`, spoken to through pipes."""

from __future__ import annotations

import gc
import os
import pickle
import sys

GARBAGE = 50_000  # objects after which cycles are looked for: imports make many, and few go away


def main() -> None:
    """Get ready, then read scenarios until there are no more, and write what each comes to."""
    gc.set_threshold(GARBAGE)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not come between results
    from maadin.market.threads import one_thread
    from maadin.reading.briefing.simulated import get_ready, run

    get_ready()
    try:
        with one_thread(), out:
            while True:
                proposed, statements, options = pickle.load(sys.stdin.buffer)  # from the process that started this one
                result = run(proposed, statements, options, report=lambda step: None)
                pickle.dump(result, out, protocol=pickle.HIGHEST_PROTOCOL)
                out.flush()
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return


if __name__ == "__main__":
    main()

"""The fuzz run: the corpus of nasty inputs, then random pages, half of them guided by coverage.

    python -m tests.fuzz [INPUTS] [--seed SEED]

Prints what crashed, hung or got no answer; such pages are kept in ``build/fuzz/found``. The
status is 1 when there is one.
"""

from __future__ import annotations

import argparse
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from tests.fuzz.mutator import MAX_CHARACTERS, mutated_page
from tests.fuzz.nasty import PAGES
from tests.fuzz.watch import ROOT, Watch

HERE = Path(__file__).parent
BUILD = ROOT / "build" / "fuzz"
FOUND = BUILD / "found"
CORES = os.cpu_count() or 1
EVERY = 15
"""Seconds from one line of progress to the next."""

Pages = Iterator[tuple[str, Callable[[], str]]]


def random_page(seed: int, number: int) -> str:
    """The page of a number: the same on every machine."""
    return mutated_page(Random(f"{seed}|{number}"))


def _random_pages(seed: int, count: int) -> Pages:
    for number in range(count):
        yield f"random-{seed}-{number}", lambda number=number: random_page(seed, number)  # type: ignore[misc]


def _watched(title: str, pages: Pages, count: int) -> int:
    """Check pages in processes of their own, on all cores; how many of them are bad."""
    waiting: queue.Queue[tuple[str, Callable[[], str]]] = queue.Queue(4 * CORES)
    counts = {"done": 0, "bad": 0, "statements": 0}
    lock = threading.Lock()

    def work() -> None:
        with Watch() as watch:
            while (item := waiting.get()) is not None:
                name, page = item
                text = page()
                answer = watch.check(text)
                wrong = answer.died or (answer.silent and f"no word on {answer.silent[0]}")
                with lock:
                    counts["done"] += 1
                    counts["statements"] += answer.statements
                    if wrong:
                        counts["bad"] += 1
                        file = FOUND / f"{name}.md"
                        file.write_text(text, encoding="utf-8", errors="surrogatepass")
                        print(f"{file.relative_to(ROOT)}: {wrong}", flush=True)

    threads = [threading.Thread(target=work) for _ in range(CORES)]
    for thread in threads:
        thread.start()
    start = said = time.monotonic()
    for item in pages:
        waiting.put(item)
        if time.monotonic() - said > EVERY:
            said = time.monotonic()
            print(f"{title}: {counts['done']:,} of {count:,}, {counts['bad']} bad, "
                  f"{said - start:.0f} s", flush=True)  # fmt: skip
    for _ in threads:
        waiting.put(None)  # type: ignore[arg-type]
    for thread in threads:
        thread.join()
    print(f"{title}: {counts['done']:,} pages, {counts['statements']:,} statements, "
          f"{counts['bad']} bad, {time.monotonic() - start:.0f} s", flush=True)  # fmt: skip
    return counts["bad"]


def _atheris() -> dict[str, str]:
    """An environment in which atheris is found beside what the project has installed."""
    folder = BUILD / "packages"
    stamp = folder / "installed"
    if not stamp.exists():
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder)]
        quiet = "--disable-pip-version-check"
        subprocess.run([*install, quiet, "-r", str(HERE / "requirements.txt")], check=True)
        stamp.touch()
    return {**os.environ, "PYTHONPATH": str(folder)}


def _guided(seed: int, count: int) -> int:
    """Let libFuzzer make pages, one run a core; how many of them are bad."""
    environment = _atheris()
    before = len(list(FOUND.iterdir()))
    runs = []
    for core in range(CORES):
        log = BUILD / f"guided-{core}.log"
        options = [f"-runs={count // CORES}", f"-seed={seed + core + 1}", "-timeout=300", "-report_slow_units=300",
                   f"-max_len={MAX_CHARACTERS}", "-rss_limit_mb=4096", "-print_pcs=0",
                   f"-artifact_prefix={FOUND}/", str(BUILD / f"corpus-{core}")]  # fmt: skip
        command = [sys.executable, "-m", "tests.fuzz.target", str(FOUND), *options]
        with log.open("w", encoding="utf-8") as file:
            runs.append((log, subprocess.Popen(command, cwd=ROOT, env=environment,
                                               stdout=file, stderr=file)))  # fmt: skip
    start = time.monotonic()
    while any(run.poll() is None for _, run in runs):
        time.sleep(EVERY)
        last = " | ".join(_last_line(log) for log, _ in runs)
        print(f"guided: {time.monotonic() - start:.0f} s: {last}", flush=True)
    stopped = [(log, run.returncode) for log, run in runs if run.returncode]
    for log, status in stopped:
        print(f"{log.relative_to(ROOT)}: stopped with status {status}")
    for log, _ in runs:
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith(str(FOUND)):
                print(line)
    return len(list(FOUND.iterdir())) - before + len(stopped)


def _last_line(log: Path) -> str:
    """What libFuzzer said last: how many inputs, how much of the engine they reach."""
    lines = [
        line
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines()
        if line.startswith("#")
    ]
    return " ".join(lines[-1].split()[:8]) if lines else "starts"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("inputs", nargs="?", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=20_251_121)
    options = parser.parse_args()
    FOUND.mkdir(parents=True, exist_ok=True)
    print(f"seed {options.seed}", flush=True)
    half = options.inputs // 2
    bad = _watched("corpus", iter(PAGES.items()), len(PAGES))
    bad += _watched("random", _random_pages(options.seed, half), half)
    bad += _guided(options.seed, options.inputs - half)
    print(f"{bad} bad pages" if bad else "every page was answered")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())

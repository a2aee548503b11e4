"""``python -m tests.mutation [PATH...]``: mutate the claims of pages, print the score of each."""

from __future__ import annotations

import sys
import time
from collections import Counter
from multiprocessing import Pool
from pathlib import Path

from proofread.surfaces.files import find_pages
from tests.mutation.equal import LIST, Equal, read_list
from tests.mutation.pages import Made, made_of, pages_of, plain


def work(path: Path) -> tuple[Path, list[Made], float]:
    """All mutants of a file."""
    start = time.perf_counter()
    made = [each for page, macros in pages_of(path) for each in made_of(page, macros)]
    return path, made, time.perf_counter() - start


def equal_of(path: Path, made: Made) -> Equal:
    """How the list names a mutant."""
    mutant = made.mutant
    return Equal(path.as_posix(), made.formula, plain(mutant.before), plain(mutant.after))


def changed(before: str, after: str) -> str:
    """Where two texts differ, with what stands around it."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    left, right = before[max(0, start - 24) : start], before[len(before) - end :][:24]
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    return f"{left}[{old} -> {new}]{right}"


def main(arguments: list[str]) -> int:
    """Mutate pages; 1 when a mutant survives that the list does not have, or the list is stale."""
    paths = find_pages(arguments or ["docs"])
    listed = read_list(LIST.read_text(encoding="utf-8"))
    met: set[Equal] = set()
    wrong = 0
    with Pool() as pool:
        for done, (path, made, seconds) in enumerate(pool.imap_unordered(work, paths), start=1):
            fates = Counter(each.mutant.fate for each in made)
            survivors = [each for each in made if each.mutant.fate == "survived"]
            equal = {equal_of(path, each) for each in survivors} & listed.keys()
            met |= equal
            alive = [each for each in survivors if equal_of(path, each) not in equal]
            malformed = [each for each in made if each.mutant.fate == "malformed"]
            wrong += len(alive) + len(malformed)
            caught = fates["refuted"] + fates["refused"] + fates["undecided"]
            print(
                f"[{done}/{len(paths)}] {path}: {len(made)} mutants, {fates['refuted']} refuted, "
                f"{fates['refused']} refused, {fates['undecided']} undecided, "
                f"{len(survivors) - len(alive)} equal, {len(alive)} surviving, "
                f"score {100 * caught / max(1, caught + len(alive)):.1f} %, {seconds:.1f} s"
            )
            for each in alive + malformed:
                before, after = plain(each.mutant.before), plain(each.mutant.after)
                print(f"  {path}:{each.line}: {each.formula[:150]}\n    {each.mutant.fate}, "
                      f"{each.mutant.kind}: {changed(before, after)}")  # fmt: skip
            sys.stdout.flush()
    checked = {path.as_posix() for path in paths}
    for stale in sorted(each for each in listed.keys() - met if each.page in checked):
        wrong += 1
        print(f"listed, but no mutant that survives: {stale}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""``python -m tests.mutation [PATH...]``: mutate the claims of pages, print the score of each."""

from __future__ import annotations

import sys
import time
from collections import Counter
from multiprocessing import Pool
from pathlib import Path

from proofread.surfaces.files import find_pages
from tests.mutation.equal import LISTS, Equal, read_lists
from tests.mutation.pages import Made, made_of, pages_of


def work(path: Path) -> tuple[Path, list[Made], float]:
    """All mutants of a file."""
    start = time.perf_counter()
    made = [each for page, macros in pages_of(path) for each in made_of(page, macros)]
    return path, made, time.perf_counter() - start


def equal_of(path: Path, made: Made) -> Equal:
    """How the list names a mutant."""
    mutant = made.mutant
    return Equal.of(path.as_posix(), made.formula, mutant.term, mutant.before, mutant.after)


def is_gone(equal: Equal) -> bool:
    """Whether the page of a listed mutant is there no more."""
    return not Path(equal.page).is_file()


def main(arguments: list[str]) -> int:
    """Mutate pages; 1 when a mutant survives that the list does not have, or the list is stale."""
    paths = find_pages(arguments or ["docs"])
    listed = read_lists(LISTS)
    met: set[Equal] = set()
    wrong = 0
    with Pool() as pool:
        for done, (path, made, seconds) in enumerate(pool.imap_unordered(work, paths), start=1):
            fates = Counter(each.mutant.fate for each in made)
            survivors = [each for each in made if each.mutant.fate in ("survived", "undecided")]
            equal = {equal_of(path, each) for each in survivors} & listed.keys()
            met |= equal
            alive = [each for each in survivors if equal_of(path, each) not in equal]
            broken = [each for each in made if each.mutant.fate in ("malformed", "crashed")]
            wrong += len(alive) + len(broken)
            caught = fates["refuted"] + fates["refused"]
            judged = caught + len(alive)
            score = f"score {100 * caught / judged:.1f} %" if judged else "nothing to judge"
            print(
                f"[{done}/{len(paths)}] {path}: {len(made)} mutants, {fates['refuted']} refuted, "
                f"{fates['refused']} refused, {len(equal)} equal, {len(alive)} surviving, "
                f"{score}, {seconds:.1f} s"
            )
            shown = None
            for each in alive + broken:
                mutant, change = each.mutant, equal_of(path, each).change
                if shown != (each.line, each.formula):
                    print(f"  {path}:{each.line}: {each.formula}")
                shown = (each.line, each.formula)
                print(f"    {mutant.fate}, {mutant.kind}: {change} {mutant.code}".rstrip())
            sys.stdout.flush()
    checked = {path.as_posix() for path in paths}
    unmet = [each for each in listed.keys() - met if each.page in checked or is_gone(each)]
    for stale in sorted(unmet):
        wrong += 1
        print(f"{stale.page}: listed, but no mutant that survives: {stale.change}\n"
              f"  of {stale.formula}")  # fmt: skip
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

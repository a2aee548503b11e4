"""The command ``proofread`` and the table of what it can do."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from proofread.surfaces import check_command, explain_command, new_command, tags_command


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand: its options, and what runs it and returns the exit status."""

    name: str
    help: str
    configure: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


COMMANDS: tuple[Command, ...] = (
    Command(
        "check",
        "execute every formula of some pages and say what is wrong",
        check_command.configure,
        check_command.run,
    ),
    Command(
        "explain",
        "say what a finding means, with a failing and a mended example",
        explain_command.configure,
        explain_command.run,
    ),
    Command(
        "new",
        "begin a page that passes the check, and name it in the navigation",
        new_command.configure,
        new_command.run,
    ),
    Command(
        "tags",
        "give a permanent tag to each page and labelled formula that has none",
        tags_command.configure,
        tags_command.run,
    ),
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="proofread", description="Execute the formulas of a page from their own LaTeX."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in COMMANDS:
        sub = commands.add_parser(command.name, help=command.help, description=command.help)
        command.configure(sub)
        sub.set_defaults(run=command.run)
    return parser


def _discard_output() -> None:
    """Keep Python from complaining at its end that nobody reads what is left."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
        return 141
    except KeyboardInterrupt:
        return 130
    return status

"""The command line: one small file a command, imported when the command is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from rapextract import __version__

COMMANDS: dict[str, tuple[str, str]] = {
    "ingest": ("rapextract.cli.ingest:ingest", "Read reports and write the dataset."),
    "show": ("rapextract.cli.show:show", "Show a figure with its quote and place."),
    "explain": ("rapextract.cli.explain:explain", "Say why a figure is what it is: rules and their words."),
    "verify": ("rapextract.cli.verify:verify", "Prove every figure of a dataset against its source."),
    "check": ("rapextract.cli.check:check", "Show what does not add up in the reports, and what does."),
    "decide": ("rapextract.cli.decide:decide", "Accept, correct, reject or add figures; merge indicators."),
    "diff": ("rapextract.cli.diff:diff", "Compare the figures of two datasets."),
    "evaluate": ("rapextract.cli.evaluate:evaluate", "Score a dataset against annotations."),
    "suggest": ("rapextract.cli.suggest:suggest", "Suggest indicators for figures that have none."),
    "grammar": ("rapextract.cli.grammar:grammar", "Look at the grammars, and test them."),
}
"""Command → where it is, and its line in the help (kept here so that `--help` imports no command)."""

EXIT_COMPLETE = 0
EXIT_FAILED = 1
EXIT_WRONG_USE = 2
EXIT_PARTIAL = 3
EXIT_ORPHANS = 4
EXIT_UNPROVEN = 5
EXIT_INTERRUPTED = 130


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called, and whose errors are plain sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name][0].split(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; turn every error into a plain sentence and an exit code."""
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException, click.Abort, BrokenPipeError):
            raise
        except (KeyboardInterrupt, Exception) as error:
            if os.environ.get("RAPEXTRACT_DEBUG"):
                raise
            from .errors import say

            sys.exit(say(error))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="rapextract")
def main() -> None:
    """Turn French regional activity reports into one dataset in which every figure leads to its source.

    Start with: rapextract ingest corpus/

    Exit codes: 0 complete, 1 nothing could be done, 2 wrong use, 3 partial (some report was refused or
    read in part; reports.csv says which and why), 4 a decision is an orphan, 5 not all is proven, 130
    interrupted.
    """

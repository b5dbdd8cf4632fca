"""The command line: parse, call, show. Results on stdout, everything else on stderr.

Each command lives in a module of its own that is imported when the command is called, so that `onrecord read` does
not wait for what training needs, nor `onrecord --help` for a model.
"""

from importlib import import_module

import click

from onrecord.cli.endings import ending

# name: the module and the command in it, and its line in the list of commands
COMMANDS: dict[str, tuple[str, str, str]] = {
    "read": ("onrecord.cli.read", "read", "Read articles and show who said what."),
    "add": ("onrecord.cli.add", "add", "Read articles and keep them in an archive."),
    "find": ("onrecord.cli.find", "find", "Find statements by their words, speaker, outlet, date."),
    "stats": ("onrecord.cli.stats", "stats", "Show what an archive holds."),
    "speakers": ("onrecord.cli.speakers", "speakers", "Show who speaks in an archive."),
    "show": ("onrecord.cli.show", "show", "Show an article, a statement, a story; what changed; what was judged."),
    "collate": ("onrecord.cli.collate", "collate", "Group statements into utterances."),
    "utterances": ("onrecord.cli.utterances", "utterances", "Show utterances in all their wordings."),
    "identities": ("onrecord.cli.identities", "identities", "Show and judge who is one across articles."),
    "audit": ("onrecord.cli.audit", "audit", "Show whose voices are heard, and how surely."),
    "judge": ("onrecord.cli.judge", "judge", "Show what is worth judging; judge it, take it back."),
    "check": ("onrecord.cli.check", "check", "Check quotations against transcripts."),
    "sample": ("onrecord.cli.sample", "sample", "Draw a sample for validation, judge it, cite the result."),
    "locate": ("onrecord.cli.locate", "locate_command", "Show where a statement stands on its page."),
    "export": ("onrecord.cli.export", "export_command", "Write statements as files for other tools."),
    "serve": ("onrecord.cli.serve", "serve", "Open the desk: an archive's pages and its API."),
    "train": ("onrecord.cli.training", "train", "Train a model on annotated articles."),
    "evaluate": ("onrecord.cli.training", "evaluate", "Score a model on annotated articles."),
}


class Commands(click.Group):
    """The commands by name, each imported when it is called; whatever happens ends in an exit code and no traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the table: to print it, nothing is imported."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; see `ending` for how it may end."""
        with ending():
            return super().invoke(ctx)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: onrecord read article.txt",
)
@click.version_option(package_name="onrecord", message="onrecord %(version)s")
def onrecord() -> None:
    """Read news and keep the record of who said what: every statement, its speaker, its exact words, and how sure
    the reading is."""


def main() -> None:
    """The program `onrecord`."""
    onrecord(prog_name="onrecord")

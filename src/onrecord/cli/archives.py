"""The option that names the archive, one for all commands."""

from pathlib import Path

import click

ENVIRONMENT = "ONRECORD_ARCHIVE"
DEFAULT = "onrecord.db"

archive_option = click.option(
    "--archive",
    "path",
    type=click.Path(path_type=Path),
    envvar=ENVIRONMENT,
    default=DEFAULT,
    metavar="FILE",
    help=f"The archive. Else ${ENVIRONMENT}, else {DEFAULT} in this folder.",
)

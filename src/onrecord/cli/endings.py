"""How a command may end, and what it says on stderr: one line, and never a traceback."""

import contextlib
import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import click

from onrecord.cli.typeset import inert
from onrecord.errors import OnrecordError

NOTHING_DONE = 2
SKIPPED = 1
INTERRUPTED = 130  # 128 + SIGINT, as a shell reports it
PIPE_CLOSED = 141  # 128 + SIGPIPE: whoever read the output has seen enough


def say(message: str) -> None:
    """One line on stderr. File names and titles stand in messages, so it is made inert first."""
    click.echo(f"onrecord: {' '.join(inert(message).split())}", err=True)


@contextlib.contextmanager
def ending() -> Iterator[None]:
    """Turn whatever a command raises into an exit code and at most one line on stderr."""
    try:
        yield
        sys.stdout.flush()  # a closed pipe or a full disk shows here and not after the program has left
    except (click.ClickException, click.Abort, click.exceptions.Exit):
        raise
    except BrokenPipeError:
        _drop_output()
        raise click.exceptions.Exit(PIPE_CLOSED) from None
    except KeyboardInterrupt:
        raise click.exceptions.Exit(INTERRUPTED) from None
    except OnrecordError as e:
        say(str(e))
        raise click.exceptions.Exit(NOTHING_DONE) from None
    except OSError as e:
        _drop_output()
        say(f"{e.filename}: {e.strerror}" if e.filename else f"cannot go on: {e.strerror or e}")
        raise click.exceptions.Exit(NOTHING_DONE) from None
    except Exception as e:
        say(f"internal error: {type(e).__name__}: {e} (at {_place(e)}); this is a fault in onrecord, please report it")
        raise click.exceptions.Exit(NOTHING_DONE) from None


def _place(error: Exception) -> str:
    """The last line of this package that was reached: a report without it could not be followed up."""
    package = Path(__file__).parent.parent
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(package)]
    return f"{Path(frames[-1].filename).relative_to(package).as_posix()}:{frames[-1].lineno}" if frames else "start"


def _drop_output() -> None:
    """Send what is still buffered nowhere, or Python would complain of it once more as it leaves."""
    with contextlib.suppress(OSError, ValueError):  # a stream that is no file has nothing to redirect
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

"""onrecord's own warnings, said on stderr as they come."""

import contextlib
import warnings
from collections.abc import Callable, Iterator
from typing import TextIO


@contextlib.contextmanager
def warnings_to(say: Callable[[str], None], kind: type[Warning]) -> Iterator[None]:
    """Have onrecord's own warnings said, each once; those of other packages mean nothing to who reads news."""
    said: set[str] = set()

    def show(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        if str(message) not in said:
            said.add(str(message))
            say(f"warning: {message}")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", kind)
        warnings.showwarning = show
        yield

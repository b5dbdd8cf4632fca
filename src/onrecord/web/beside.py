"""Long work in a process of its own, so that pages are answered meanwhile: a thread would share the interpreter with
them."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")
KINDER = 10  # the process's niceness


def beside(work: Callable[..., T], *given: object) -> T:
    """What `work` gives, a function of a module, of what is `given`; both go to the process and back as pickles of our
    own. Raises what it raises, and RuntimeError where the process was ended from outside."""
    start = get_context("spawn")  # a fork would take over this process's locks
    receive, send = start.Pipe(duplex=False)
    process = start.Process(target=_run, args=(send, work, given), daemon=True)  # it ends when the desk does
    process.start()
    send.close()
    try:
        found, error = receive.recv()
    except EOFError:
        raise RuntimeError(f"the process that worked out {work.__name__} was ended") from None
    finally:
        receive.close()
        process.join()
    if error is not None:
        raise error
    result: T = found
    return result


def _run(send: Connection, work: Callable[..., object], given: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the desk
    os.nice(KINDER)
    with suppress(BrokenPipeError):  # the desk was closed meanwhile
        try:
            send.send((work(*given), None))
        except BrokenPipeError:
            raise
        except Exception as e:
            send.send((None, e))

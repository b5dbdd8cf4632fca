"""`onrecord serve`: the desk."""

import ipaddress
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.archives import archive_option
from onrecord.cli.endings import say
from onrecord.errors import BadUsage, MissingExtra

if TYPE_CHECKING:
    from onrecord.web.sessions import Keeper

LOOPBACK = "127.0.0.1"
PORT = 8484


@click.command(epilog="Exit codes: 0 it was stopped; 2 wrong usage, or it could not start.")
@archive_option
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0: any that is free.")
@click.option("--host", default=LOOPBACK, show_default=True, help="Where to listen; elsewhere needs --token-file.")
@click.option(
    "--token-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Who may sign in: a token a line, a name before it or not. With it, everybody must.",
)
@click.option("--name", "names", multiple=True, metavar="NAME", help="Another host name by which the desk is called.")
@click.option("--as", "by", metavar="NAME", help="Who judges, where nobody signs in.")
@click.option("--model", type=click.Path(path_type=Path), metavar="FOLDER", help="Read with the model in this folder.")
def serve(
    path: Path,
    port: int,
    host: str,
    token_file: Path | None,
    names: tuple[str, ...],
    by: str | None,
    model: Path | None,
) -> None:
    """Open the desk: pages to search, read, compare, check and correct, and the API under /api/v1/.

    It listens on this machine only. The archive is made where there is none.

    \b
    Examples:
      onrecord serve --archive news.db --as Mia
      onrecord serve --archive news.db --host 0.0.0.0 --name desk.example.org --token-file tokens.txt
    """
    try:
        import uvicorn

        from onrecord.web.app import LOOPBACK as OWN
        from onrecord.web.app import create_app
        from onrecord.web.sessions import tokens_of
    except ModuleNotFoundError as e:
        raise MissingExtra("the desk", "web") from e
    from onrecord.archive.store import Archive

    keepers: list[Keeper] = tokens_of(token_file) if token_file else []
    if not keepers and not _is_loopback(host):
        raise BadUsage(f"to listen on {host}, where others reach it, name who may sign in with --token-file")
    there = path.exists()
    Archive(path, create=True).close()  # before anything is promised
    if not there:
        say(f"{path}: there was no archive; made an empty one")
    bound = _bound(host, port)
    called = {*OWN, host, f"[{host}]", *names}
    app = create_app(path, by=by, keepers=keepers, hosts={n.lower() for n in called}, model=model)
    where = f"[{host}]" if ":" in host else host
    click.echo(f"the desk is open at http://{where}:{bound.getsockname()[1]}/ (Ctrl-C closes it)")
    config = uvicorn.Config(app, log_level="warning", server_header=False, h11_max_incomplete_event_size=65536)
    uvicorn.Server(config).run(sockets=[bound])


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bound(host: str, port: int) -> socket.socket:
    """The socket, taken before the desk says that it is open. Raises BadUsage."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, protocol)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen()  # whoever reads the address may ask at once, and waits until the desk takes requests
    except OSError as e:
        why = (e.strerror or str(e)).lower()
        raise BadUsage(f"cannot listen on {host}, port {port}: {why}; --port names another, 0 any that is free") from e
    return bound

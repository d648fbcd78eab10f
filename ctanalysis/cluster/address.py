"""Where a scheduler is: anywhere with TLS on both sides, without it on this machine only."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from ctanalysis.base.errors import Refused

PORT = 8786  # of Dask's scheduler
EXAMPLE = "SCHEDULER=tls://host:8786"


@dataclass(frozen=True)
class Address:
    """The address of a scheduler or worker. tls: whether both sides show a certificate."""

    tls: bool
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'tls' if self.tls else 'tcp'}://{host}:{self.port}"

    @property
    def is_safe(self) -> bool:
        """Whether nobody on the way can read what is said: over TLS, or without leaving this machine."""
        return self.tls or _is_here(self.host)


def read(text: str) -> Address:
    """The address as it is typed. Refused: it is none, or that of another machine without TLS."""
    found = parsed(text)
    if not found.is_safe:
        raise Refused(
            f"{found}: this scheduler is not on this machine. Without TLS on both sides anybody on the way could change"
            f" what is said, and run programs where the records are. Start it with TLS (make scheduler): {EXAMPLE}."
        )
    return found


def parsed(text: str) -> Address:
    """An address, safe or not. Refused: it is none."""
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname or "", PORT if parts.port is None else parts.port
    except ValueError:
        raise Refused(_none(text)) from None
    if parts.scheme not in ("tls", "tcp") or not host or parts.path.strip("/") or parts.query or "@" in parts.netloc:
        raise Refused(_none(text))
    return Address(parts.scheme == "tls", host, port)


def _none(text: str) -> str:
    return f"'{text}' is not the address of a scheduler. Write it as in {EXAMPLE}."


def _is_here(host: str) -> bool:
    """Whether a host is this machine: by its number, or the one name that means nothing else."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

"""The certificates of one machine, and whether a scheduler and this machine accept each other's.

A cluster has a certificate authority of its own, which signs nothing else: whoever holds one of its certificates may
run programs on its workers. So names of hosts are not compared, only who signed.
"""

import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

from ctanalysis.base.errors import Refused
from ctanalysis.cluster.address import Address

FOLDER = "certificates"
PATIENCE = 10  # seconds, with a scheduler that does not answer
EXPIRED, NOT_YET = 10, 9  # X509_V_ERR_CERT_HAS_EXPIRED and X509_V_ERR_CERT_NOT_YET_VALID of OpenSSL
PAGE = "docs/cluster.md says how certificates are made"


@dataclass(frozen=True)
class Certificates:
    """A folder with the authority's certificate (ca.pem), and this machine's with its key (cert.pem, key.pem)."""

    folder: Path

    @classmethod
    def of(cls, typed: str) -> "Certificates":
        """Those in the folder that is named, or in certificates/."""
        return cls(Path(typed or FOLDER))

    @property
    def files(self) -> tuple[str, str, str]:
        """The paths of the authority's certificate, this machine's, and its key."""
        authority, own, key = (str(self.folder / name) for name in ("ca.pem", "cert.pem", "key.pem"))
        return authority, own, key

    def context(self) -> ssl.SSLContext:
        """What a connection is made with, as Dask makes it. Refused: a file is missing, or is not what it should be."""
        for name in self.files:
            if not Path(name).is_file():
                raise Refused(f"{name}: there is no such file. It is needed to speak TLS on both sides; {PAGE}.")
        authority, own, key = self.files
        try:
            context = ssl.create_default_context(cafile=authority)
            context.load_cert_chain(own, key)
        except (ssl.SSLError, OSError):
            raise Refused(f"{self.folder}: ca.pem, cert.pem and key.pem do not belong together; {PAGE}.") from None
        context.check_hostname = False
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT
        return context


def check(where: Address, certificates: Certificates) -> None:
    """Refused: nobody listens there, or not with TLS; either side does not accept the other's certificate."""
    context = certificates.context() if where.tls else None
    try:
        with socket.create_connection((where.host, where.port), timeout=PATIENCE) as plain:
            _greeted(where, plain, context)
    except socket.gaierror:
        raise Refused(f"{where}: there is no machine of this name. Is it written as it should be?") from None
    except TimeoutError:
        raise Refused(f"{where}: nobody answers. Is it on, and does a firewall let this port in?") from None
    except OSError as fault:
        raise Refused(
            f"{where}: no scheduler can be reached ({fault.strerror}). Is it running, and is this its address?"
        ) from None


def _greeted(where: Address, plain: socket.socket, context: ssl.SSLContext | None) -> None:
    """A scheduler speaks first, once it has accepted who calls. Refused: what it says is something else, or nothing."""
    try:
        if context is None:
            said = plain.recv(1)
        else:
            with context.wrap_socket(plain, server_hostname=where.host) as secret:
                said = secret.recv(1)
    except ssl.SSLCertVerificationError as fault:
        raise Refused(f"{where}: {_theirs(fault.verify_code)}") from None
    except ssl.SSLError as fault:
        raise Refused(f"{where}: {_ours(fault.reason or '')}") from None
    except ConnectionError:
        said = b""
    except TimeoutError:
        raise Refused(f"{where}: what listens there says nothing. If it speaks TLS, write tls://.") from None
    if not said:
        raise Refused(f"{where}: what listens there hangs up. It is no scheduler that accepts this machine; {PAGE}.")


def _theirs(code: int) -> str:
    if code in (EXPIRED, NOT_YET):
        how = "has expired" if code == EXPIRED else "is not valid yet"
        return f"the scheduler's certificate {how}. Have a new one made, or set the clock right; {PAGE}."
    return f"the scheduler's certificate is foreign: it was not signed by this machine's authority (ca.pem); {PAGE}."


def _ours(reason: str) -> str:
    """What an alert of the other side says of this machine's certificate."""
    if "ALERT_CERTIFICATE_EXPIRED" in reason:
        return f"this machine's certificate (cert.pem) has expired. Have a new one made; {PAGE}."
    if "ALERT" in reason:
        return (
            "the scheduler does not accept this machine's certificate (cert.pem): it is foreign, not signed by the "
            f"scheduler's authority; {PAGE}."
        )
    return "what listens there does not speak TLS. Start the scheduler with TLS: make scheduler."

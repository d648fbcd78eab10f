"""python -m ctanalysis.cluster: what make scheduler and make worker call, Dask's own commands with safe settings.

Both speak TLS only, have no page that shows what they do, and write nothing but who came and went into their log.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from ctanalysis.base.errors import Refused
from ctanalysis.cluster import address
from ctanalysis.cluster.certificates import Certificates, check

SETTINGS = {
    "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "True",
    "DASK_DISTRIBUTED__SCHEDULER__HTTP__ROUTES": "[]",  # no page is served, not even on this machine
    "DASK_DISTRIBUTED__WORKER__HTTP__ROUTES": "[]",
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",  # no samples of what a worker does are sent
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "15",  # of a machine that ends one worker after another dies
}
NO_PAGE = ("--no-dashboard", "--dashboard-address", "127.0.0.1:0")
ALONE = ("--nthreads", "1", "--memory-limit", "0")  # a worker only waits for its maker, and holds nothing
READY = ("--preload", "ctanalysis.cluster.worker")  # imported before it says that it is there


def main(arguments: Sequence[str] | None = None) -> int:
    """Becomes the command of Dask. Returns only where something is refused: exit status 2, with a sentence."""
    typed = _parser().parse_args(arguments)
    certificates = Certificates.of(typed.certificates)
    try:
        words = _scheduler(typed, certificates) if typed.what == "scheduler" else _worker(typed, certificates)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    authority, own, key = certificates.files
    signed = ("--tls-ca-file", authority, "--tls-cert", own, "--tls-key", key)
    command = [sys.executable, "-m", "dask", typed.what, *words, *signed, *NO_PAGE]
    os.execve(sys.executable, command, os.environ | SETTINGS)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ctanalysis.cluster", description="Start a part of a cluster.")
    parser.add_argument("what", choices=("scheduler", "worker"))
    parser.add_argument("--certificates", default="", help="the folder with ca.pem, cert.pem and key.pem")
    parser.add_argument("--scheduler", default="", help="tls://host:8786; of a scheduler: where it listens")
    parser.add_argument("--workers", default="", help="how many reports are made at once; as many as there are cores")
    return parser


def _scheduler(typed: argparse.Namespace, certificates: Certificates) -> list[str]:
    """The words for a scheduler. Refused: it would listen without TLS; a certificate is missing."""
    certificates.context()
    if not typed.scheduler:
        return ["--protocol", "tls", "--port", str(address.PORT)]
    where = _with_tls(typed.scheduler)
    return ["--protocol", "tls", "--host", where.host, "--port", str(where.port)]


def _worker(typed: argparse.Namespace, certificates: Certificates) -> list[str]:
    """The words for workers. Refused: what check() refuses; a number that is none."""
    if not typed.scheduler:
        raise Refused("No scheduler is named: make worker SCHEDULER=tls://host:8786.")
    if typed.workers and not (typed.workers.isascii() and typed.workers.isdecimal() and int(typed.workers)):
        raise Refused(f"'{typed.workers}' is not a number of workers. Write it as in WORKERS=4.")
    where = _with_tls(typed.scheduler)
    check(where, certificates)
    return [str(where), "--nworkers", typed.workers or str(len(os.sched_getaffinity(0))), *ALONE, *READY]


def _with_tls(text: str) -> address.Address:
    found = address.read(text)
    if not found.tls:
        raise Refused(f"{found}: schedulers and workers of this library speak TLS only. Write tls://.")
    return found


if __name__ == "__main__":
    sys.exit(main())

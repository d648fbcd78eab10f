"""Reports made by several machines: the units of work of make reports, sent to the workers of a Dask cluster.

    who calls                        scheduler              a worker, on the same storage
    what is stale? ── names ───────▶ who is free? ────────▶ the same inputs? ─▶ a fresh process makes the unit
    a line for each ◀── in words ─── as they end ◀───────── what was made, or the sentence of a refusal

No record's value is sent: a worker reads records from its own storage, and writes the reports there. Only `sending`
imports Dask's distributed, and only when a scheduler is named.
"""

from functools import partial

from ctanalysis.base.errors import Refused
from ctanalysis.cluster import address
from ctanalysis.cluster.certificates import Certificates
from ctanalysis.reports import many

__all__ = ["engine"]


def engine(scheduler: str, certificates: str) -> many.Engine:
    """What makes the reports of many projects: the workers of this scheduler, or this machine where none is named.

    certificates: the folder with them. Refused: an address that is none, or of another machine without TLS.
    """
    if not scheduler:
        return many.here
    where = address.read(scheduler)
    try:
        from ctanalysis.cluster import sending
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] == "ctanalysis":
            raise
        raise Refused("What talks to a scheduler is not installed: make cluster-extra, then make reports.") from None
    return partial(sending.made, where, Certificates.of(certificates))

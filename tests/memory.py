"""The memory of this process at its peak, as the system tells it."""

import resource
from pathlib import Path

STATUS, PEAK_ANEW = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def peak():
    """KB of this process at its peak.

    Not getrusage's, where there is another: that begins with the peak of the process that started this one, so a
    small one started by a large one seems to grow by nothing.
    """
    status = STATUS.read_text(encoding="ascii") if STATUS.exists() else ""
    of_usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(status.split("VmHWM:")[1].split()[0]) if "VmHWM" in status else of_usage


def peak_from_here():
    """KB of this process now; its peak is counted from here on."""
    if PEAK_ANEW.exists():
        PEAK_ANEW.write_text("5", encoding="ascii")
    return peak()


def peak_of_started():
    """KB of the largest process that this one started and that has ended, not less than what this one had then."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss

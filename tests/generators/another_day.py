"""A process and its children on another day and on another machine: what the C library says of time and of its host.

It moves the clock of all that asks the C library: Python, its packages, typst. pandoc, linked without it, has the
clock of the machine, and is given the time that it writes (SOURCE_DATE_EPOCH).
"""

import shutil
import subprocess

import pytest

DAYS, HOST = 400, "another-host-7731"
SHIM = f"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <string.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <time.h>
#define LATER ({DAYS} * 86400L + 25200)
int clock_gettime(clockid_t which, struct timespec *now) {{
    int (*asked)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
    int status = asked(which, now);
    if (!status && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) now->tv_sec += LATER;
    return status;
}}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {{
    struct timespec found;
    clock_gettime(CLOCK_REALTIME, &found);
    if (now) {{ now->tv_sec = found.tv_sec; now->tv_usec = found.tv_nsec / 1000; }}
    return 0;
}}
time_t time(time_t *now) {{
    struct timespec found;
    clock_gettime(CLOCK_REALTIME, &found);
    if (now) *now = found.tv_sec;
    return found.tv_sec;
}}
int gethostname(char *name, size_t size) {{
    strncpy(name, "{HOST}", size);
    return 0;
}}
int uname(struct utsname *found) {{
    int (*asked)(struct utsname *) = dlsym(RTLD_NEXT, "uname");
    int status = asked(found);
    strcpy(found->nodename, "{HOST}");
    return status;
}}
"""


def environment(folder):
    """The variables of a process that is to be there. Skips where no C compiler is, or the system is no Linux."""
    compiler, library = shutil.which("cc"), folder / "another-day.so"
    if not compiler:
        pytest.skip("there is no C compiler, which moves the clock")
    called = [compiler, "-shared", "-fPIC", "-xc", "-", "-xnone", "-ldl", "-o", str(library)]
    done = subprocess.run(called, input=SHIM, text=True, capture_output=True)
    if done.returncode:
        pytest.skip("what moves the clock cannot be compiled here")
    return {"LD_PRELOAD": str(library)}

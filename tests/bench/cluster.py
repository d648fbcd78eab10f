"""The reports of many projects: on this machine, and by workers of a scheduler with TLS on it; and where the time would
go with a thousand projects, or a billion rows, calculated from the parts that are measured here.
"""

import shutil
import subprocess
import sys
from statistics import median
from time import perf_counter, process_time

from tests.bench.clocks import doing, fresh

PERIOD = "FY2014"
PROJECTS, WORKERS, TURNS = (4, 8), (1, 2, 4), 3
TASKS = 1_000  # that do nothing, to measure what sending and answering costs
MANY, PERIODS = 1_000, 13
ROWS, OF_A_PROJECT, INDICATORS = 1_000_000_000, 10_000_000, 20
MACHINES = (2, 16, 128, 1_024)  # workers, each with a core of its own
NOTHING = """
import sys
from time import perf_counter
from distributed import Client, Security
authority, own, key = sys.argv[2:5]
security = Security(require_encryption=True, tls_ca_file=authority, tls_client_cert=own, tls_client_key=key)
with Client(sys.argv[1], security=security, set_as_default=False) as client:
    client.submit(len, [0], pure=False).result()
    began = perf_counter()
    client.gather([client.submit(len, [0] * 20, pure=False) for _ in range(int(sys.argv[5]))])
    print(perf_counter() - began)
"""


def many_projects(folder):
    from contextlib import ExitStack

    from tests.cluster import certificates
    from tests.cluster.processes import LACKS, ROOT, Cluster, files

    if LACKS:
        print(f"Not measured: {LACKS}.")
        return
    home = folder / "many"
    signed = certificates.machine(certificates.authority(home / "authority"))
    took, same, sent = {}, {}, 0.0
    for workers in (0, *WORKERS):
        with ExitStack() as stack:
            found = Cluster(home, ROOT, signed, stack)
            if workers:
                found.scheduler()
                found.workers(workers)
            for count in PROJECTS:
                projects(home / "projects", count)
                took[count, workers] = [run(found, workers) for _ in range(TURNS)]
                made = files(home / "projects")
                assert same.setdefault(count, made) == made  # the same bytes, wherever they were made
            sent = sending(found) if workers == 1 else sent
    curve(took)
    beyond(home, sent)


def curve(took):
    """Prints the wall seconds by projects and workers."""
    print(
        f"The report of {PERIOD} of small projects, wall seconds from cold: median of {TURNS} runs, with their range\n"
    )
    named = ["this machine", *(f"{count} worker{'s'[: count > 1]}" for count in WORKERS)]
    print("   projects   " + "".join(name.ljust(24) for name in named))
    for count in PROJECTS:
        print(f"   {count:8}   " + "".join(words(took[count, one]).ljust(24) for one in (0, *WORKERS)))


def projects(place, count):
    """So many copies of small projects, none with a report."""
    from tests.region import republics

    shutil.rmtree(place, ignore_errors=True)
    four = sorted(republics.write(place.with_name("four")).iterdir())
    for number in range(count):
        shutil.copytree(four[number % len(four)], place / f"p{number:02}")
    shutil.rmtree(place.with_name("four"))


def run(found, workers):
    """Wall seconds of make reports for all projects in the home of a cluster, from none."""
    for made in found.home.glob("projects/*/reports"):
        shutil.rmtree(made)
    asked = ("projects/*", "--periods", PERIOD)
    began = perf_counter()
    status, said, refused = (found.reports if workers else found.here)(*asked)
    took = perf_counter() - began
    assert status == 0, (said, refused)
    doing(f"{len(list(found.home.glob('projects/*')))} projects, {workers or 'no'} workers: {took:.1f} s")
    return took


def words(seconds):
    return f"{median(seconds):.1f} s ({min(seconds):.1f} to {max(seconds):.1f})"


def sending(found):
    """Wall seconds of a task that does nothing, from where somebody calls to a worker and back."""
    from ctanalysis.cluster.certificates import Certificates

    command = [sys.executable, "-c", NOTHING, found.address, *Certificates(found.certificates).files, str(TASKS)]
    asked = subprocess.run(command, env=found.environment, capture_output=True, text=True, check=True)
    return float(asked.stdout) / TASKS


def beyond(home, send):
    """Prints the parts, and what they say of more projects, rows and workers than there are here."""
    plan, unit, index = fresh(parts, home / "projects")
    print("\nThe parts, seconds on a core of this machine:\n")
    print(f"   {plan:8.4f}   to plan a project, where somebody calls (its inputs hashed, its periods looked at)")
    print(f"   {index:8.4f}   to write its index in the end, there as well")
    print(f"   {send:8.4f}   to send a unit of work and to hear of it, {TASKS:,} that do nothing")
    print(f"   {unit:8.4f}   to make a report in a process that is warm")
    of_projects(plan + index, send, unit)
    of_rows(fresh(of_a_row, home / "rows"))


def parts(place):
    """CPU seconds of a project: its plan, one report in a warm process, its index."""
    from ctanalysis.reports import index, many, units
    from ctanalysis.reports.children import Child
    from ctanalysis.reports.warm import warm
    from tests.bench.clocks import children

    warm()
    folder = sorted(place.iterdir())[0]
    began = process_time()
    work = many.work(str(folder), many.Typed())
    planned = process_time() - began
    found = []
    for _ in range(TURNS):
        shutil.rmtree(folder / "reports", ignore_errors=True)
        before = children()
        with Child(lambda say: say(units.make(many.source(str(folder)), PERIOD, work.asked, 1))) as child:
            assert [*child.messages()]
        found.append(children() - before)
    began = process_time()
    index.write(work.given.project, work.given.released)
    return planned, median(found), process_time() - began


def of_projects(caller, send, unit):
    """Where the time would go with many projects: what one caller does, and what is divided among workers."""
    units = MANY * PERIODS
    print(f"\n{MANY:,} such projects, {PERIODS} periods each, calculated from these parts:\n")
    print("   workers     planning, index      sending       making     in all")
    for workers in MACHINES:
        whole = (MANY * caller, units * send, units * unit / workers)
        print(f"   {workers:7,}" + "".join(f"{spell(one):>15}" for one in (*whole, whole[0] + max(whole[1:]))))
    print(
        "\n   Making is divided among workers, planning and sending are not. Sending goes on while reports are made, so"
        f"\n   the longer of the two counts: from {unit / send:,.0f} workers on it is sending."
    )


def of_a_row(folder):
    """Of a row: CPU seconds to hash it, to read and check it as Parquet, to count an indicator; bytes of memory."""
    from ctanalysis import indicators, records
    from ctanalysis.project import load
    from ctanalysis.reports.inputs import hash_of
    from tests.bench import checking
    from tests.bench.calculation import all_windows
    from tests.bench.clocks import best

    project = checking.million(folder)
    checking.as_parquet(project)
    read, memory, _ = checking.our_check(project)
    hashed = best(TURNS, hash_of, project / "records" / "visits.parquet")
    loaded = load(project)
    found = records.read(loaded)
    counted = best(TURNS, indicators.calculate, loaded, found, all_windows(loaded))
    return [one / checking.CHECKED_ROWS for one in (hashed, read, counted, memory)]


def of_rows(row):
    """Where the time would go with a billion rows, as projects of ten million."""
    from tests.bench import checking

    hashed, read, counted, memory = row
    count = ROWS // OF_A_PROJECT
    units = count * PERIODS
    shares = {
        "hashing where somebody calls": (ROWS * hashed, False),
        "hashing before and after each unit": (2 * units * OF_A_PROJECT * hashed, True),
        "reading and checking, for each unit": (units * OF_A_PROJECT * read, True),
        f"counting {INDICATORS} indicators, for each unit": (units * OF_A_PROJECT * counted * INDICATORS, True),
    }
    print(
        f"\n{ROWS:,} rows, as {count} projects of {OF_A_PROJECT:,} in Parquet, {PERIODS} periods each, calculated from "
        f"{checking.CHECKED_ROWS:,}:\n\n   {'workers':38}" + "".join(f"{workers:>12,}" for workers in MACHINES)
    )
    for name, (seconds, divided) in shares.items():
        print(f"   {name:38}" + "".join(f"{spell(seconds / (workers if divided else 1)):>12}" for workers in MACHINES))
    print(
        f"\n   A worker needs {OF_A_PROJECT * memory / 2**30:.0f} GB to check {OF_A_PROJECT:,} rows. As one project, a "
        f"billion rows would need {ROWS * memory / 2**30:,.0f} GB.\n   A worker reads a project's records for each of "
        "its periods anew; make reports without a scheduler reads them once."
    )


def spell(seconds):
    """Seconds, minutes, hours or days, whichever is read best."""
    for size, name in ((86_400, "days"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:,.1f} {name}"
    return f"{seconds:,.1f} s"

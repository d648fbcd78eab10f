"""The reports of four projects, made by a scheduler with four workers over TLS: the same as on one machine."""

import re
import shutil
from hashlib import sha256

import psutil
import pytest

from tests.cluster import certificates
from tests.cluster.processes import CANARY, PERIODS, cluster, ended, files, library, projects

pytestmark = pytest.mark.cluster
QUARTERS = [f"FY{year}Q{quarter}" for year in (2013, 2014) for quarter in (1, 2, 3, 4)]
THIRTEEN = " ".join([*QUARTERS, "FY2013", "FY2014", "FY2013H1", "FY2014H1", "LOP"])


@pytest.fixture(scope="module")
def made(running):
    """What make reports said on the cluster: of four projects, three periods each, in both languages."""
    shutil.copytree(running.home / "projects", running.home / "beside")
    return running.reports("projects/*", "--periods", PERIODS, "--languages", "ru")


def lines(said):
    """The lines on the screen, without the order in which units end."""
    return sorted(re.sub(r"^\d+ of", "n of", line) for line in said.splitlines())


@pytest.mark.long
def test_the_same_bytes_and_words_as_on_one_machine(running, made):
    """Every file of reports/ and internal/, hidden ones too; every line. Here nothing of Dask is imported."""
    status, said, refused = running.here("beside/*", "--periods", PERIODS, "--languages", "ru")
    assert (made[0], made[2], status, refused) == (0, "", 0, "")
    assert lines(made[1]) == lines(said.replace("beside/", "projects/")) and len(lines(said)) == 4 + 12
    there = files(running.home / "projects")
    assert there == files(running.home / "beside")
    assert [sum(name.endswith(end) for name in there) for end in ("manifest.json", "ru/evaluation.html")] == [12, 12]


@pytest.mark.long
def test_what_has_not_changed_is_not_made(running, made):
    """The plan is made where somebody calls, and nobody is asked; one record later its reports alone are made."""
    assert made[0] == 0
    before = files(running.home / "projects")
    status, said, refused = running.reports("projects/*", "--periods", PERIODS)
    assert (status, refused) == (0, "") and said.count("3 as they were, 0 to be made") == 4
    assert files(running.home / "projects") == before
    with (running.home / "projects/p01/records/rows.csv").open("a", encoding="utf-8") as file:
        file.write("more,2014-03-03,,,,,,\n")
    status, said, refused = running.reports("projects/*", "--periods", PERIODS)
    assert (status, refused) == (0, "") and said.count("0 as they were, 3 to be made") == 1
    assert len(re.findall(r"^\d of 3  projects/p01 ", said, re.MULTILINE)) == 3


def test_no_value_of_a_record_is_sent_or_logged(running, made):
    """The hook hears what is sent: project, period, what was run. No value, and no hash of a file of records."""
    assert made[0] == 0
    heard, said = running.heard, running.logs + "".join(map(str, made)).encode()
    assert b"projects/p00" in heard and b"FY2014Q1" in heard and b"data-quality" in heard
    records = [path.read_bytes() for path in running.home.glob("beside/*/records/*.csv")]
    assert len(records) == 4 and all(CANARY.encode() in one for one in records)
    hashes = [sha256(one) for one in records]
    for kept in (CANARY.encode(), CANARY.encode("utf-16-le"), *(f.hexdigest().encode() for f in hashes)):
        assert kept not in heard and kept not in said
    assert not any(one.digest() in heard for one in hashes)


@pytest.mark.long
def test_a_refusal_names_the_place_and_no_value(running, made):
    """A day that is none, in the records of one project: its units say which file; the others are made."""
    shutil.copytree(
        running.home / "beside", running.home / "faulty", ignore=shutil.ignore_patterns("reports", "internal")
    )
    (running.home / "faulty/p02/records/rows.csv").write_text(f"{CANARY};\n", encoding="utf-8")
    status, said, refused = running.reports("faulty/*", "--periods", "FY2014")
    assert status == 1 and said.count("evaluation, data-quality") == 3
    assert "faulty/p02 FY2014: " in refused and "rows.csv" in refused and CANARY not in refused
    assert running.here("faulty/*", "--periods", "FY2014")[2] == refused


@pytest.mark.long
def test_a_worker_without_the_folder_or_with_a_copy_of_it(running):
    """Who calls stands elsewhere, so that the same name is nothing, or another folder, for the workers."""
    elsewhere = running.home / "elsewhere"
    projects(elsewhere / "only-here", 1)
    shutil.copytree(elsewhere / "only-here" / "p00", elsewhere / "projects" / "p00")
    for named, why in (("only-here/*", "it has no project folder only-here/p00"), ("projects/*", "is another folder")):
        status, _, refused = running.reports(named, "--periods", "FY2014", cwd=elsewhere)
        assert status == 2 and why in refused and refused.count("\n") == 1, refused
    assert not [path for path in elsewhere.rglob("*") if "new-" in path.name or path.name == "key"]


@pytest.mark.long
def test_a_worker_with_another_version_of_the_lock(running):
    """One line more in the lock of who calls."""
    other = library(running.home / "other", lock="# another version\n")
    projects(running.home / "few", 1)
    status, _, refused = running.reports("few/*", "--periods", "FY2014", library=other)
    assert status == 2 and "it has another version of the lock (requirements.lock)" in refused
    assert refused.count("\n") == 1 and not (running.home / "few/p00/reports/FY2014").exists()


@pytest.mark.long
def test_a_foreign_and_an_expired_certificate(running):
    """Of who calls, at the scheduler that runs."""
    authority = running.home / "authority"
    expired = certificates.machine(authority, days="0")
    foreign = certificates.machine(certificates.authority(running.home / "another"))
    projects(running.home / "few-more", 1)
    for folder, why in ((expired, "(cert.pem) has expired"), (foreign, "certificate is foreign")):
        status, _, refused = running.reports("few-more/*", "--certificates", str(folder))
        assert status == 2 and why in refused and refused.count("\n") == 1, refused


@pytest.mark.long
def test_forty_projects_while_a_worker_and_then_a_machine_dies(tmp_path):
    """All thirteen periods of two years of each: a worker is killed; one of another lock comes; a machine with two
    workers comes, and the first one with four dies. The same bytes as on one machine.
    """
    with cluster(tmp_path) as found:
        other = library(tmp_path / "other", lock="# another version\n")
        shutil.copytree(projects(tmp_path / "projects", 40), tmp_path / "beside")
        found.scheduler()
        machine = found.workers(4)
        does = {
            60: psutil.Process(machine.pid).children()[-1].kill,
            100: lambda: found.workers(1, other),
            200: lambda: (found.workers(2), ended(machine)),
        }
        with found.client("projects/*", "--periods", THIRTEEN) as process:
            for line in process.stdout:
                at = re.match(r"(\d+) of 520 ", line)
                does.get(int(at[1]) if at else 0, lambda: None)()
            assert process.wait() == 0, process.stderr.read()
        assert b"retire" in found.logs.lower()
        assert found.here("beside/*", "--periods", THIRTEEN)[0] == 0
        assert files(tmp_path / "projects") == files(tmp_path / "beside")


@pytest.mark.long
def test_the_scheduler_dies_and_the_next_run_goes_on(tmp_path):
    """A sentence; what is there is whole; the next run makes the rest, and no report a second time."""
    with cluster(tmp_path) as found:
        projects(tmp_path / "projects", 4)
        shutil.copytree(tmp_path / "projects", tmp_path / "beside")
        scheduler = found.scheduler()
        found.workers(2)
        with found.client("projects/*") as process:
            for line in process.stdout:
                if re.match("9 of", line):
                    ended(scheduler)
            assert process.wait() == 2
            refused = process.stderr.read()
        assert "the scheduler is gone. What is made is whole" in refused and refused.count("\n") == 1
        there = {path: path.stat().st_mtime_ns for path in tmp_path.glob("projects/*/reports/*/manifest.json")}
        assert len(there) >= 9
        found.scheduler()
        found.workers(2)
        status, said, _ = found.reports("projects/*")
        assert status == 0 and sum(map(int, re.findall(r"(\d+) as they were", said))) >= 9
        assert {path: path.stat().st_mtime_ns for path in there} == there
        assert found.here("beside/*")[0] == 0 and files(tmp_path / "projects") == files(tmp_path / "beside")

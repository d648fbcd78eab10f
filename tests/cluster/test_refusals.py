"""What is refused before anything is sent, and what is said when it goes wrong; without a cluster."""

import json
import os
import socket
import ssl
import subprocess
import sys
from contextlib import contextmanager
from queue import Empty
from threading import Thread
from types import SimpleNamespace

import pytest

from ctanalysis import cluster
from ctanalysis.base import locks
from ctanalysis.base.errors import Refused
from ctanalysis.cluster import __main__ as commands
from ctanalysis.cluster import address, maker, tasks, worker
from ctanalysis.cluster.certificates import Certificates, check
from ctanalysis.reports import many
from ctanalysis.reports.languages import Asked
from tests.cluster import certificates
from tests.cluster.processes import EXTRA, LACKS, free_port
from tests.conftest import ROOT, command
from tests.reports import tiny

# --- Where a scheduler may be --------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["tls://north:8786", "tls://north", "tls://192.0.2.1:1", "tcp://127.0.0.1:8786", "tcp://[::1]:1"]
)
def test_with_tls_anywhere_and_without_it_here(text):
    """A port that is not named is Dask's."""
    found = address.read(f" {text} ")
    assert str(found) == (text if text[-1].isdigit() else f"{text}:8786")


@pytest.mark.parametrize("text", ["tcp://north:8786", "tcp://192.0.2.1:8786", "tcp://127.0.0.1.example:1"])
def test_another_machine_without_tls_is_refused(text):
    """Whatever its name resolves to: who answers for names is on the way, too."""
    with pytest.raises(Refused, match=r"not on this machine\. Without TLS on both sides"):
        cluster.engine(text, "")


@pytest.mark.parametrize(
    "text",
    ["north:8786", "tls://", "http://north:1", "tls://north:x", "tls://a@north:1", "inproc://1", "tls://north/x"],
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(Refused, match=r"is not the address of a scheduler\. Write it as in SCHEDULER=tls://host:8786"):
        cluster.engine(text, "")


def test_the_command_says_so(tmp_path):
    """One sentence, status 2, and no project is read."""
    done = command("reports", "--projects", str(tmp_path), "--scheduler", "tcp://north:1")
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "Without TLS" in done.stderr


# --- Certificates --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def signed(tmp_path_factory):
    """Folders of certificates: good, expired, of a foreign authority."""
    if LACKS.startswith("openssl"):
        pytest.skip(LACKS)
    home = tmp_path_factory.mktemp("signed")
    ours, theirs = certificates.authority(home / "ours"), certificates.authority(home / "theirs")
    made = {"good": certificates.machine(ours), "expired": certificates.machine(ours, days="0")}
    return made | {"foreign": certificates.machine(theirs)}


@contextmanager
def listening(folder=None, says=b"hello"):
    """A server on this machine for one call; with TLS on both sides where it has certificates. Its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=_answer, args=(server, folder and _context(folder), says))
        thread.start()
        try:
            yield address.Address(True, "127.0.0.1", server.getsockname()[1])
        finally:
            thread.join()


def _context(folder):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=folder / "ca.pem")
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def _answer(server, context, says):
    called, _ = server.accept()
    try:
        with context.wrap_socket(called, server_side=True) if context else called as talking:
            talking.sendall(says)
            talking.recv(1)
    except OSError:
        called.close()


@pytest.mark.parametrize(
    ("theirs", "ours", "why"),
    [
        ("good", "good", ""),
        ("expired", "good", "the scheduler's certificate has expired"),
        ("foreign", "good", "the scheduler's certificate is foreign"),
        ("good", "expired", r"this machine's certificate \(cert.pem\) has expired"),
        ("", "good", "does not speak TLS"),
    ],
)
def test_both_sides_accept_each_other(signed, theirs, ours, why):
    """With real handshakes; a scheduler without TLS speaks first."""
    with listening(signed.get(theirs)) as where:
        if not why:
            return check(where, Certificates(signed[ours]))
        with pytest.raises(Refused, match=why):
            check(where, Certificates(signed[ours]))


def test_a_certificate_that_the_scheduler_does_not_know(signed, tmp_path):
    """It has the right authority, and a certificate of another one."""
    for name, folder in (("ca.pem", "good"), ("cert.pem", "foreign"), ("key.pem", "foreign")):
        (tmp_path / name).write_bytes((signed[folder] / name).read_bytes())
    with (
        listening(signed["good"]) as where,
        pytest.raises(Refused, match=r"the scheduler does not accept this machine's certificate .* foreign"),
    ):
        check(where, Certificates(tmp_path))


def test_nobody_listens_there(signed):
    for where, why in (
        (address.Address(True, "127.0.0.1", free_port()), "no scheduler can be reached .Connection refused."),
        (address.Address(True, "no-such-machine.invalid", 1), "there is no machine of this name"),
    ):
        with pytest.raises(Refused, match=why):
            check(where, Certificates(signed["good"]))
    with listening(says=b"") as where, pytest.raises(Refused, match=r"docs/cluster.md|does not speak TLS"):
        check(where, Certificates(signed["good"]))


def test_files_that_are_missing_or_do_not_belong_together(signed, tmp_path):
    with pytest.raises(Refused, match=r"ca\.pem: there is no such file\. It is needed to speak TLS"):
        Certificates(tmp_path).context()
    for name, folder in (("ca.pem", "good"), ("cert.pem", "good"), ("key.pem", "foreign")):
        (tmp_path / name).write_bytes((signed[folder] / name).read_bytes())
    with pytest.raises(Refused, match="do not belong together"):
        Certificates(tmp_path).context()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (["worker"], "No scheduler is named"),
        (["worker", "--scheduler", "tcp://127.0.0.1:1"], "speak TLS only"),
        (["worker", "--scheduler", "tls://127.0.0.1:1", "--workers", "many"], "'many' is not a number"),
        (["worker", "--scheduler", "tls://127.0.0.1:1", "--certificates", "no-such"], "there is no such file"),
        (["scheduler", "--scheduler", "tcp://127.0.0.1:1"], "there is no such file"),
    ],
)
def test_a_part_that_would_not_be_safe_does_not_start(typed, why, capsys):
    assert commands.main(typed) == 2
    said = capsys.readouterr().err
    assert why in said and said.count("\n") == 1


# --- A worker ------------------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path):
    """A tiny project with the secret of a run."""
    folder = tiny.project(tmp_path / "tiny")
    with tasks.shared(many.work(str(folder), many.Typed(named=tiny.PERIOD))) as (found, digest):
        yield found, digest


def test_what_a_worker_must_have(place, tmp_path):
    """The same versions, the folder, and the run's secret in it: the first that it lacks is said."""
    found, _ = place
    asked = tasks.asked([found])
    [sent] = asked["places"]
    assert maker.unfit(asked) == ""
    for what in tasks.versions():
        assert what in maker.unfit(asked | {"versions": tasks.versions() | {what: "other"}})
    assert "no project folder" in maker.unfit(asked | {"places": [sent | {"project": str(tmp_path / "none")}]})
    assert "another folder" in maker.unfit(asked | {"places": [sent | {"key": ".cluster.new-other"}]})


def test_other_inputs_than_those_of_the_plan_are_not_used(place):
    """A record that came after the plan was made: refused, and nothing is written."""
    found, digest = place
    task = tasks.Task.received(json.loads(json.dumps(tasks.Task(found, tiny.PERIOD, Asked(), digest).sent())))
    tiny.one_more_record(found.folder)
    with pytest.raises(Refused, match="a file of the project was changed"):
        maker._made(task)
    assert list((found.folder / "reports").iterdir()) == []


def test_the_digest_is_keyed_and_the_secret_goes(tmp_path):
    """Two runs of the same inputs have other digests: none can be compared with a guess. The secret is not sent."""
    work = many.work(str(tiny.project(tmp_path / "tiny")), many.Typed(named=tiny.PERIOD))
    seen = set()
    for _ in range(2):
        with tasks.shared(work) as (found, digest):
            sent = json.dumps(tasks.asked([found], tasks.Task(found, tiny.PERIOD, Asked(), digest)))
            assert found.secret.read_bytes().hex() not in sent and digest in sent
            seen.add(digest)
    assert len(seen) == 2 and list((tmp_path / "tiny" / "internal").iterdir()) == []


def test_a_worker_without_tls_on_another_machine_does_nothing():
    """Its own address or the scheduler's."""
    safe = "tls://192.0.2.1:1"
    for addresses in ((safe, "tcp://192.0.2.1:1"), ("tcp://192.0.2.1:1", safe)):
        assert "does not speak TLS" in worker._answer({"places": []}, *addresses)["unfit"]


def test_a_maker_has_nothing_of_dask(monkeypatch):
    """A report is made with the same packages and settings as without a cluster."""
    begun = []
    monkeypatch.setattr(worker.subprocess, "Popen", lambda *words, **how: begun.append(how))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["ours", str(EXTRA)]))
    monkeypatch.setenv("DASK_X", "1")
    worker._begun()
    kept = begun[0]["env"]
    assert "DASK_X" not in kept and kept["PYTHONPATH"] == ("ours" if not LACKS else os.environ["PYTHONPATH"])
    assert begun[0]["stderr"] == subprocess.DEVNULL


def test_a_maker_ends_with_its_worker_and_its_child_with_it(tmp_path):
    """Its standard input ends while it makes a report whose lock another one has: it does not wait for that."""
    folder = tiny.project(tmp_path / "tiny")
    work = many.work(str(folder), many.Typed(named=tiny.PERIOD))
    with tasks.shared(work) as (found, digest), locks.alone(folder / "reports" / f".{tiny.PERIOD}.new-lock"):
        process = subprocess.Popen(
            [sys.executable, "-m", "ctanalysis.cluster.maker"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        asked = tasks.asked([found], tasks.Task(found, tiny.PERIOD, Asked(), digest))
        said, _ = process.communicate(json.dumps(asked).encode() + b"\n")
    assert (process.returncode, said) == (0, b"") and not (folder / "reports" / tiny.PERIOD).exists()


def test_one_after_the_other_and_no_file_is_left(tmp_path):
    """Two children that count: neither is between the other's two lines."""
    said, path = tmp_path / "said", tmp_path / "of" / "lock"
    children = []
    for _ in range(4):
        child = os.fork()
        if not child:
            for _ in range(25):
                with locks.alone(path), said.open("a", encoding="utf-8") as file:
                    for what in "ab":
                        file.write(what)
                        file.flush()
                        os.sched_yield()
            os._exit(0)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    assert said.read_text(encoding="utf-8") == "ab" * 100 and list(path.parent.iterdir()) == []


# --- Who calls -----------------------------------------------------------------------------------


class Workers:
    """A client of a scheduler that answers as told, one answer for each thing that is sent."""

    def __init__(self, *answers, there=("tls://a:1",)):
        self.answers, self.there, self.status, self.retired = list(answers), there, "running", []

    def scheduler_info(self, n_workers):
        return {"workers": dict.fromkeys(self.there)}

    def submit(self, function, sent, key="", **how):
        answer = self.answers.pop(0)
        return SimpleNamespace(
            key=key, result=lambda: answer, cancelled=lambda: answer is None,
            add_done_callback=lambda put: put(SimpleNamespace(key=key, cancelled=lambda: answer is None)),
        )  # fmt: skip

    def retire_workers(self, addresses):
        self.retired += addresses


class Silent:
    """Where nothing ever arrives."""

    put = print

    def get(self, timeout):
        raise Empty


@pytest.fixture
def sending(monkeypatch):
    if LACKS:
        pytest.skip(LACKS)
    monkeypatch.syspath_prepend(str(EXTRA))
    from ctanalysis.cluster import sending as found

    return found


def run(sending, client, *labels):
    """The outcomes of the reports of these periods of one project."""
    work = many.Work("p", None, dict.fromkeys(labels, ""), Asked(), 1)
    return [*sending._Run(client, address.read("tls://s:1"), [(work, tasks.Place("p", "k"), "d")]).outcomes()]


def test_a_worker_that_came_later_and_cannot_take_part_is_sent_away(sending):
    client = Workers({"unfit": "it has another lock", "at": "tls://b:1"}, {"notebooks": []})
    assert run(sending, client, "FY2014") == [("p FY2014", {"notebooks": []})] and client.retired == ["tls://b:1"]


def test_nobody_is_left(sending, monkeypatch):
    """The scheduler is gone; there is no worker, to begin with or any more."""
    with pytest.raises(Refused, match=r"the scheduler is gone\. What is made is whole"):
        run(sending, Workers(None), "FY2014")
    with pytest.raises(Refused, match=r"there is no worker\. Start one .* make worker SCHEDULER=tls://s:1"):
        sending._check_workers(Workers(there=()), address.read("tls://s:1"), [])
    monkeypatch.setattr(sending, "ALONE", 0)
    monkeypatch.setattr(sending, "SimpleQueue", Silent)
    with pytest.raises(Refused, match=r"the last worker is gone\. What is made is whole"):
        run(sending, Workers({}, there=()), "FY2014")

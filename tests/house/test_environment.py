"""Setting up: the lock, conda's environment, the Makefile, and what importing costs."""

import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib

import pytest

from ctanalysis.formats.choice import PACKAGES
from tests.conftest import ROOT, copied

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
FORMATS = (ROOT / "requirements-formats.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def make(*arguments):
    """make as a person calls it, also where these tests run under a make, which would tell it so."""
    alone = {name: text for name, text in os.environ.items() if not name.startswith("MAKE") and name != "MFLAGS"}
    return subprocess.run(["make", *arguments], cwd=ROOT, env=alone, capture_output=True, text=True)


def locked(lock=LOCK):
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", lock, re.MULTILINE))


def dependencies(entries=(*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"])):
    """The names of the direct dependencies, of the library and of its development, as the lock writes them."""
    return [re.match(r"[\w-]+", entry)[0].lower().replace("_", "-") for entry in entries]


@pytest.mark.parametrize("lock", [LOCK, FORMATS], ids=["all", "formats"])
def test_the_lock_has_no_place_of_any_machine(lock):
    """No index, no folder, no address: only names, versions, markers and hashes."""
    assert not re.search(r"file:|index|find-links|https?:|/", re.sub(r"#.*", "", lock))
    for line in re.split(r"\n(?! )", re.sub(r" +#.*", "", lock)):
        assert not line or line.startswith("#") or line.count("--hash=sha256:") >= 1


def test_every_dependency_is_locked_and_says_why():
    """Each direct dependency, of the library and of its development, is in the lock, and has its reason beside it."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for name in dependencies():
        assert name in locked(), name
        assert re.search(rf'^    "{name.replace("-", "[-_]")}>=[\d.]+", +# \w', text, re.MULTILINE), name


def test_what_writes_documents_has_a_lock_of_its_own():
    """pandoc and typst are large, and few ask for them: they are in no other lock, and each has its reason."""
    names = dependencies(PROJECT["dependency-groups"]["formats"])
    assert {*names} == {*locked(FORMATS)} == {*PACKAGES} and not {*names} & {*locked()}
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert all(re.search(rf'^    "{re.sub("-", "_", name)}>=[\d.]+", +# \w', text, re.MULTILINE) for name in names)
    assert "requirements-formats.lock" in (ROOT / "environment.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "installs"),
    [
        (["report"], False),
        (["report", "FORMATS=html,xlsx"], False),
        (["report", "FORMATS=docx"], True),
        (["reports", "FORMATS=html,pdf"], True),
        (["release", "FORMATS=pdf"], True),
        (["test"], True),
    ],
)
def test_it_is_installed_when_it_is_first_asked_for(typed, installs):
    """By make, whatever else is there; and by the tests, which would skip what they cannot write."""
    recipe = make("--dry-run", "--always-make", *typed).stdout
    assert ("-r requirements-formats.lock" in recipe) is installs


@pytest.mark.parametrize(
    ("typed", "needed"),
    [
        (["reports", "PROJECTS=projects/*"], False),
        (["reports", "SCHEDULER=tls://north:8786"], True),
        (["scheduler"], True),
        (["worker"], True),
        (["cluster-extra"], True),
        (["test"], True),
    ],
)
def test_dask_is_installed_and_on_the_path_only_where_it_is_asked_for(typed, needed):
    """Beside the environment; without a scheduler nothing of it is there to be imported."""
    recipe = make("--dry-run", "--always-make", *typed).stdout
    assert ("-r requirements-cluster.lock" in recipe) is needed
    assert ("PYTHONPATH=" in recipe) is (needed and typed[0] in ("reports", "scheduler", "worker"))


def test_the_lock_is_made_without_naming_a_registry():
    """make lock resolves both groups from wherever this machine takes its packages, and writes no address."""
    recipe = re.search(r"^lock:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)[1]
    assert (
        "--group dev" in recipe
        and "for group in formats browser docs cluster" in recipe
        and "--generate-hashes" in recipe
    )
    assert not re.search(r"index|find-links|https?:|default-index|emit", recipe)


@pytest.mark.parametrize("group", ["browser", "docs", "cluster"])
def test_what_few_need_is_locked_for_itself(group):
    """With hashes, no place of any machine, and no other version of what the environment has; each says why."""
    text = (ROOT / f"requirements-{group}.lock").read_text(encoding="utf-8")
    assert not re.search(r"file:|index|find-links|https?:|/", re.sub(r"#.*", "", text))
    versions = re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE)
    assert all(
        version in re.findall(rf"^{name}==([\w.]+)", LOCK, re.MULTILINE) or name not in locked()
        for name, version in versions
    )
    reasons = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for entry in PROJECT["dependency-groups"][group]:
        name = re.match(r"[\w-]+", entry)[0]
        assert name in dict(versions) and re.search(rf'^    "{name}>=[\d.]+", +# \w', reasons, re.MULTILINE), name
    assert f"$(VENV)/{group}/ready" in MAKEFILE


def test_the_slow_import_is_taken_out():
    """What builds 35 grammars at every start is in the lock, because pip asks for it; it is taken out afterwards."""
    assert (
        "rfc3987-syntax" in locked()
        and "uninstall --quiet --disable-pip-version-check --yes rfc3987-syntax" in MAKEFILE
    )
    assert subprocess.run([sys.executable, "-c", "import rfc3987_syntax"], capture_output=True).returncode == 1


def test_what_is_installed_is_what_is_locked():
    """The tests run with the versions of the lock."""
    found = importlib.metadata.distributions()
    installed = {one.name.lower().replace("_", "-"): one.version for one in found}
    versions = {}
    for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", LOCK, re.MULTILINE):
        versions.setdefault(name, set()).add(version)  # one for each range of Pythons
    assert {
        name: installed[name] for name in versions if name in installed and installed[name] not in versions[name]
    } == {}


def test_conda_installs_the_same_lock():
    """environment.yml takes its versions from the lock, and allows the same Pythons."""
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert "- pip:\n      - -r requirements.lock" in text
    assert f"python{PROJECT['project']['requires-python']}" in text
    assert [line for line in text.splitlines() if "==" in line] == []


def test_hooks_run_tools_of_the_lock():
    """Every hook is a command of a locked package: in a fresh clone with .venv make lint fetches nothing."""
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert re.findall(r"repo: *(.*)", text) == ["local"]
    assert set(re.findall(r"language: *(.*)", text)) == {"system"}
    tools = re.findall(r"entry: *(\S+)", text)
    ours = {
        f".venv/bin/{file.name}"
        for name in dependencies()
        if name in locked()
        for file in importlib.metadata.files(name)
    }
    assert {"ruff", "mypy", "nbstripout"} <= {tool.rpartition("/")[2] for tool in tools}
    assert set(tools) <= ours
    assert "\n\t$(BIN)/pre-commit run --all-files\n" in MAKEFILE


def test_a_rule_that_is_switched_off_says_why():
    """Beside each rule that ruff is told to pass over stands the reason."""
    lint = PROJECT["tool"]["ruff"]["lint"]
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for rule in [*lint["ignore"], *(rule for rules in lint["per-file-ignores"].values() for rule in rules)]:
        assert re.search(rf'^    "{rule}", +# \w', text, re.MULTILINE), rule


def test_help_lists_every_rule():
    """make help says what can be done, from the rules' own comments."""
    listed = make("help").stdout
    rules = re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE)
    assert {"setup", "check", "report", "release", "internal", "templates", "project", "lab"} <= set(rules)
    assert {"lint", "format", "test", "test-all", "bench", "lock", "link", "demonstration", "accept"} <= set(rules)
    for rule in rules:
        assert re.search(rf"^  make {rule} +\w", listed, re.MULTILINE), rule


def test_ci_runs_the_readme_s_test_command():
    """Nothing hidden: what a machine runs is what the README says."""
    assert "\nmake lint\nmake test\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "    make report PERIOD=FY2015Q1\n    make test\n" in README


def test_the_pages_name_files_and_rules_that_there_are():
    """Files and rules of make that the README and docs/ speak of exist."""
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        for name in re.findall(r"`((?:data|notebooks|docs|ctanalysis|tests)/[\w./-]*)`", text):
            assert (ROOT / name).exists(), (page.name, name)
        for rule in re.findall(r"`make ([a-z-]+)|^    make ([a-z-]+)", text, re.MULTILINE):
            assert f"\n{''.join(rule)}:" in MAKEFILE, (page.name, rule)


@pytest.mark.skipif(not (ROOT / ".venv" / "ready").exists(), reason="not set up by make")
def test_a_second_make_report_does_nothing_and_says_so(made):
    """make report with nothing changed, for a project folder with blanks and braces in its name."""
    again = make("report", f"PROJECT={made.parent.parent}", "PERIOD=FY2015Q1")
    assert again.returncode == 0 and "nothing has changed since the report was made" in again.stdout, again.stderr


@pytest.mark.parametrize(
    "typed, unknown",
    [
        (["report", "period=FY2014Q3"], "period"),  # silently made another period's report
        (["check", "PEROID=FY2014Q3"], "PEROID"),
        (["report", "PERIOD=FY2014Q3", "SINCE=FY2014"], "SINCE"),  # a variable of other rules
        (["receive", "FILE=x.csv", "PARTNR=ORG05"], "PARTNR"),
        (["release", "PERIOD=FY2014", "date=2015-01-20"], "date"),
        (["setup", "period=FY2014Q3"], "period"),  # of which there is nothing to do
        (["no-such-rule", "period=FY2014Q3"], "period"),
        (["report", "it's;PERIOD=FY2014Q3"], "it's;PERIOD"),
    ],
)
def test_a_variable_that_a_rule_does_not_know_is_refused(typed, unknown):
    """make passes over a misspelt variable, and the rule would do something else: it is named, and nothing is done.

    That sentence is all that make says: no line of the Makefile before it, no error of make behind it.
    """
    done = make(*typed)
    assert done.returncode == 1 and done.stdout == "" and done.stderr.count("\n") == 1
    assert done.stderr.startswith(f'{unknown} is no variable of "make {typed[0]}", and nothing was done.')
    assert "in capitals:" in done.stderr


def test_every_variable_of_a_rule_is_taken():
    """What the rules and the pages write on the command line, with its rule, is known to the rule."""
    pages = [README, *(page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md"))]
    used = {
        (rule, name)
        for text in (*pages, MAKEFILE)
        for rule, rest in re.findall(r"make ([a-z-]+)((?: [A-Z]+=(?:\"[^\"\n]*\"|[^ `\n]+))+)", text)
        for name in re.findall(r"([A-Z]+)=", rest)
    }
    assert ("report", "PERIOD") in used and ("release", "DATE") in used
    for rule, name in sorted(used):
        assert f"{name} is no variable" not in make("--dry-run", rule, f"{name}=x").stderr


@pytest.mark.skipif(not (ROOT / ".venv" / "ready").exists(), reason="not set up by make")
def test_a_period_is_not_run_as_a_command(tmp_path):
    """Quotation marks, commands and make's own functions in PERIOD are only letters of a period that is none."""
    for period in (f'";touch {tmp_path}/one;"', f"$(shell touch {tmp_path}/two)FY2014", f"`touch {tmp_path}/three`"):
        done = make("report", f"PERIOD={period}")
        assert done.returncode == 2 and "is not a reporting period" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not (ROOT / ".venv" / "ready").exists(), reason="not set up by make")
def test_make_passes_a_refusal_on(tmp_path):
    """A period that is none: make fails, with the sentence and without a traceback."""
    done = make("report", f"PROJECT={copied(tmp_path / 'data')}", "PERIOD=2015Q1")
    assert done.returncode == 2
    assert (
        "a calendar or a fiscal year? Write FY2015Q1 for the fiscal one." in done.stderr
        and "Traceback" not in done.stderr
    )


@pytest.mark.parametrize("typed", ["project NEW=--help", "compare A=--help B=--help"])
def test_a_name_like_an_option_is_a_name(typed):
    """The recipe ends the options before it."""
    assert re.search(r" -- \"\$[A-Z]+\"", make("--dry-run", *typed.split()).stdout)


def test_importing_does_only_that():
    """import ctanalysis loads neither papermill nor nbconvert nor pyplot, writes nothing and reads no project."""
    heavy = {"papermill", "nbconvert", "nbformat", "matplotlib.pyplot", "IPython", "jinja2"}
    code = f"import sys, ctanalysis; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr

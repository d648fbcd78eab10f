# Drop the records into data/records/, name the period, read reports/<period>/evaluation.html.
#
#   make report PERIOD=FY2015Q1
#
# PERIOD   FY2015Q1, FY2014H1, FY2014, 2014-12 or LOP; the last complete quarter when not given
# FILE     what a partner sent; PARTNER: who sent it, SENT: when (2015-04-14)
# DRY      1: only say what receiving would do, or what a release would tell; COMPLETE: 1 moves records_through when all has come
# FORMATS  of a report, beside html and xlsx, which are always written: FORMATS=docx,pdf
# LANGUAGES  to write in, some of the project's; by default its first: LANGUAGES=en,ru,ky
# PROJECTS folders of several projects: PROJECTS='projects/*'
# SCHEDULER of several machines that make reports: tls://north:8786; CERTIFICATES: the folder with those of this one; WORKERS: how many
# PROJECT  another project's folder; its reports are in it
# DATE     the day of a release: 2015-01-20
# SINCE    the first period whose reports to make: FY2014; PERIODS: those to make: "FY2014 FY2015Q1"
# A, B     two folders of reports or releases to compare
# ROOM     one room of the library, whose tests to run: disclosure
# ROW      one row of the bench
# CODE     an indicator: 2.2
# NEW      where to lay out a new project's folder
# PYTHON   the Python to set up with, 3.11 to 3.14

# what each rule takes beside PYTHON; any other variable on the command line is refused: make report period=FY2014Q3
TAKES_check := PERIOD PROJECT LANGUAGES
TAKES_receive := FILE PARTNER SENT PERIOD COMPLETE DRY PROJECT
TAKES_report := PERIOD PROJECT FORMATS LANGUAGES
TAKES_reports := PROJECT SINCE PERIODS FORMATS LANGUAGES PROJECTS SCHEDULER CERTIFICATES
TAKES_plan := PROJECT SINCE PERIODS FORMATS LANGUAGES
TAKES_scheduler := SCHEDULER CERTIFICATES
TAKES_worker := SCHEDULER CERTIFICATES WORKERS
TAKES_verify := PERIOD PROJECT
TAKES_compare := A B
TAKES_release := PERIOD DATE DRY PROJECT FORMATS LANGUAGES
TAKES_region := PROJECTS PERIOD LANGUAGES
TAKES_internal := PERIOD PROJECT
TAKES_sheet := CODE PERIOD PROJECT
TAKES_templates := PROJECT
TAKES_project := NEW
TAKES_test := ROOM
TAKES_bench := ROW
TAKES := $(sort PYTHON VENV UV $(foreach rule,$(MAKECMDGOALS),$(TAKES_$(rule))))
GIVEN := $(foreach name,$(.VARIABLES),$(if $(findstring command line,$(origin $(name))),$(name)))
UNKNOWN := $(filter-out $(TAKES),$(GIVEN))
ifneq ($(UNKNOWN),)
# make would put its own name and line before what $(error) says, and after a recipe that fails. So the sentence is written
# here, and make is only asked (-q) whether the goals are up to date, which they then never are: nothing is done, status 1.
GOALS := $(or $(MAKECMDGOALS),help)
REFUSAL := $(firstword $(UNKNOWN)) is no variable of "make $(GOALS)", and nothing was done. It takes, in capitals: $(TAKES)
$(shell printf '%s\n' '$(subst ','\'',$(REFUSAL))' >&2)
MAKEFLAGS += -q
.PHONY: REFUSED $(GOALS)
$(GOALS): REFUSED
REFUSED: ; @false
endif
MAKEOVERRIDES :=

# as they are written, through the environment, so that no character in them means anything to make or the shell
override export PERIOD := $(value PERIOD)
override export PROJECT := $(value PROJECT)
override export PROJECTS := $(value PROJECTS)
override export SCHEDULER := $(value SCHEDULER)
override export CERTIFICATES := $(value CERTIFICATES)
override export WORKERS := $(value WORKERS)
override export FILE := $(value FILE)
override export PARTNER := $(value PARTNER)
override export SENT := $(value SENT)
override export COMPLETE := $(value COMPLETE)
override export DRY := $(value DRY)
override export SINCE := $(value SINCE)
override export PERIODS := $(value PERIODS)
override export A := $(value A)
override export B := $(value B)
override export CODE := $(value CODE)
override export NEW := $(value NEW)
override export FORMATS := $(value FORMATS)
override export LANGUAGES := $(value LANGUAGES)
override export DATE := $(value DATE)
override export ROOM := $(value ROOM)
override export ROW := $(value ROW)
PYTHON ?= python3
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
DOCUMENTS := $(VENV)/documents
RUN := $(BIN)/python -m ctanalysis
# what writes documents is installed the first time that somebody asks for one
ASKED := $(if $(findstring docx,$(FORMATS))$(findstring pdf,$(FORMATS)),$(DOCUMENTS))
# what sends work to other machines is on the path where a scheduler is named, and nowhere else
CLUSTER := $(VENV)/cluster/ready
AFAR := $(if $(SCHEDULER),$(CLUSTER))
WITH_CLUSTER := PYTHONPATH="$(VENV)/cluster$${PYTHONPATH:+:$$PYTHONPATH}"
UV := $(shell command -v uv)

.PHONY: cluster-extra scheduler worker help setup check receive report reports plan verify compare release region internal sheet templates project lab lint format test test-all test-browser docs screenshots bench lock link demonstration accept clean

help: ## list what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## install what is needed into .venv (every rule does so by itself)

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' || { echo "ctanalysis needs Python 3.11 to 3.14: make PYTHON=/path/to/python3.11 ..." >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
ifdef UV
	$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes --only-binary :all: -r requirements.lock
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
endif
	@$(MAKE) --no-print-directory link PYTHON=$(BIN)/python
	@touch $@

$(DOCUMENTS): requirements-formats.lock $(READY)
ifdef UV
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes --only-binary :all: -r requirements-formats.lock
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-formats.lock
endif
	@touch $@

check: $(READY) ## check the records: what is held back, repaired, to be looked at; and their quality in PERIOD
	@$(RUN) check --languages="$$LANGUAGES" -p period "$$PERIOD" -p project "$$PROJECT"

receive: $(READY) ## take in what a partner sent: make receive FILE="../ORG05 March.xlsx" PARTNER=ORG05 SENT=2015-04-14
	@$(RUN) receive --file="$$FILE" --partner="$$PARTNER" --sent="$$SENT" --dry="$$DRY" --complete="$$COMPLETE" -p period "$$PERIOD" -p project "$$PROJECT"

report: $(READY) $(ASKED) ## make the report of PERIOD, unless nothing has changed since: FORMATS=docx,pdf LANGUAGES=ru,ky
	@$(RUN) report --formats="$$FORMATS" --languages="$$LANGUAGES" -p period "$$PERIOD" -p project "$$PROJECT"

reports: $(READY) $(ASKED) $(AFAR) ## make all reports, as far as something has changed: SINCE=FY2014, PERIODS="FY2014 FY2015Q1", PROJECTS='projects/*'
	@$(if $(AFAR),$(WITH_CLUSTER) )$(RUN) reports -p project "$$PROJECT" --projects="$$PROJECTS" --scheduler="$$SCHEDULER" --certificates="$$CERTIFICATES" --since="$$SINCE" --periods="$$PERIODS" --formats="$$FORMATS" --languages="$$LANGUAGES"

verify: $(READY) ## make the report of PERIOD again in a folder of its own: what differs from it and from its releases
	@$(RUN) verify -p period "$$PERIOD" -p project "$$PROJECT"

compare: $(READY) ## say what changed between two reports or releases, and because of what: A=reports/FY2014 B=releases/FY2014
	@$(RUN) compare -- "$$A" "$$B"

plan: $(READY) $(ASKED) ## say which notebooks of which reports would run, and why
	@$(RUN) plan -p project "$$PROJECT" --since="$$SINCE" --periods="$$PERIODS" --formats="$$FORMATS" --languages="$$LANGUAGES"

release: $(READY) $(ASKED) ## publish the report of PERIOD as of DATE: audited against everything before, recorded, never changed again
	@$(RUN) release --date="$$DATE" --dry="$$DRY" --formats="$$FORMATS" --languages="$$LANGUAGES" -p period "$$PERIOD" -p project "$$PROJECT"

region: $(READY) ## make one page of several projects, side by side: make region PROJECTS='projects/*' PERIOD=FY2015Q1
	@$(RUN) region --projects="$$PROJECTS" --languages="$$LANGUAGES" -p period "$$PERIOD"

internal: $(READY) ## write the exact working tables of PERIOD to internal/, for those who may see the records: not for publication
	@$(RUN) internal -p period "$$PERIOD" -p project "$$PROJECT"

sheet: $(READY) ## print a reference sheet as it is read, in words, with its first values: make sheet CODE=2.2
	@$(RUN) sheet -p period "$$PERIOD" -p project "$$PROJECT" -- "$$CODE"

templates: $(READY) ## write entry workbooks and XLSForms for the project's tables
	@$(RUN) templates -p project "$$PROJECT"

project: $(READY) ## lay out an empty project folder: make project NEW=../tajikistan
	@$(RUN) newproject -- "$$NEW"

# "make link" has written the same for this environment, so that "jupyter lab", started by hand, opens so as well
lab: $(READY) ## open JupyterLab here, at the notebook for exploring
	@if [ "$$(id -u)" = 0 ]; then printf '%s\n' "JupyterLab does not start as root: whoever reaches it could do everything. Log in as somebody else and run make lab; in a container that only you reach: $(BIN)/jupyter lab --config=notebooks/jupyter_lab_config.json --allow-root" >&2; exit 2; fi
	@$(BIN)/jupyter lab --config=notebooks/jupyter_lab_config.json

lint: $(READY) ## check style, types and notebooks: what is checked before each commit
	$(BIN)/pre-commit run --all-files

format: $(READY) ## bring all code into the one style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test: $(READY) $(DOCUMENTS) $(CLUSTER) ## run the tests (about ten minutes on two cores), or those of one room: make test ROOM=disclosure
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -m "not long and not browser" "tests/$$ROOM"

test-all: $(READY) $(DOCUMENTS) $(CLUSTER) ## run the tests that take longer, too
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -m "not browser"

# what few need stands beside the environment, not in it, so that reports are made with the same packages as before
$(VENV)/browser/ready $(VENV)/docs/ready $(CLUSTER): $(VENV)/%/ready: requirements-%.lock $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --require-hashes --only-binary :all: --target $(VENV)/$* -r $<
	@touch $@

cluster-extra: $(CLUSTER) ## install what several machines need to make reports together (docs/cluster.md)

scheduler: $(CLUSTER) ## start what hands out the work of make reports to workers, over TLS: CERTIFICATES=folder
	@$(WITH_CLUSTER) $(BIN)/python -m ctanalysis.cluster scheduler --scheduler="$$SCHEDULER" --certificates="$$CERTIFICATES"

worker: $(CLUSTER) ## start workers that make reports: SCHEDULER=tls://north:8786, WORKERS=4
	@$(WITH_CLUSTER) $(BIN)/python -m ctanalysis.cluster worker --scheduler="$$SCHEDULER" --certificates="$$CERTIFICATES" --workers="$$WORKERS"

test-browser: $(VENV)/browser/ready ## drive JupyterLab and look at every page in a real browser (Debian: apt-get install chromium)
	PYTHONPATH=$(VENV)/browser $(BIN)/python -m pytest -m browser -rs tests/browser

docs: $(VENV)/docs/ready ## make the site of docs/ in site/, without asking any host
	NO_MKDOCS_2_WARNING=1 PYTHONPATH=$(VENV)/docs $(BIN)/python -m mkdocs build --quiet --strict

screenshots: $(VENV)/browser/ready ## take the pictures of docs/ anew
	PYTHONPATH=$(VENV)/browser $(BIN)/python -m tests.docs.screenshots

bench: $(READY) ## measure where the time goes, side by side in one run: ROW=one-report measures that alone
	$(BIN)/python tests/bench/bench.py "$$ROW"

lock: ## resolve the dependencies of pyproject.toml anew (needs uv)
	uv pip compile pyproject.toml --group dev --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: --custom-compile-command "make lock" --output-file requirements.lock
	for group in formats browser docs cluster; do uv pip compile --group "$$group" --constraint requirements.lock --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: --custom-compile-command "make lock" --output-file "requirements-$$group.lock"; done

# ctanalysis.pth also has Jupyter and papermill look for kernels in this environment first: a python3 of JUPYTER_PATH, or one that
# somebody has installed for all environments, would run the notebooks with other libraries.
# An optional checker of JSON Schema formats builds 35 grammars at every import of nbformat, 2.5 s, for nothing that is
# asked for here; pip will not leave it out of a hashed lock, so it is taken out afterwards.
link: ## make ctanalysis importable from PYTHON, wherever it runs (conda users: make link PYTHON=python)
	@$(PYTHON) -m pip uninstall --quiet --disable-pip-version-check --yes rfc3987-syntax 2>/dev/null
	@$(PYTHON) -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "ctanalysis.pth").write_text(str(pathlib.Path.cwd()) + "\n" + pathlib.Path("notebooks/own_kernel.pth").read_text(encoding="utf-8"), encoding="utf-8")'
	@$(PYTHON) -c 'import json, pathlib, sys; path = pathlib.Path(sys.prefix, "share/jupyter/lab/settings/overrides.json"); path.parent.mkdir(parents=True, exist_ok=True); path.write_text(json.dumps({"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}, "@jupyterlab/completer-extension:manager": {"providerTimeout": 10000}}))'
	@$(PYTHON) -c 'import json, pathlib, sys; lab = json.loads(pathlib.Path("notebooks/jupyter_lab_config.json").read_text(encoding="utf-8")); lab["ServerApp"]["root_dir"] = str(pathlib.Path.cwd()); folder = pathlib.Path(sys.prefix, "etc/jupyter"); folder.mkdir(parents=True, exist_ok=True); (folder / "jupyter_lab_config.json").write_text(json.dumps(lab), encoding="utf-8")'

demonstration: $(READY) ## write the synthetic records of data/ again, the same bytes
	$(BIN)/python -m data.demonstration

accept: $(READY) ## take today's executed notebooks as the reference that the tests compare with, and write docs/disclosure.md, docs/dictionary.md and half of docs/glossary.md
	$(BIN)/python tests/bench/references.py
	$(BIN)/python tests/bench/utility.py
	$(BIN)/python tests/bench/insiders.py
	$(BIN)/python -m tests.docs.dictionary
	$(BIN)/python -m tests.docs.glossary

clean: ## remove what was made: reports, internal files and templates of data/, and .venv
	rm -rf reports internal templates $(VENV)

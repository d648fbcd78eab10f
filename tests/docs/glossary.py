"""Writes the second half of docs/glossary.md: the words of the shipped project, from its folder, in its languages.

The first half, the words of the library, is written by hand. make accept writes the second one;
tests/docs/test_dictionary.py fails where it is not what the folder says.
"""

import json
from pathlib import Path

from ctanalysis.evaluation import SHIPPED
from tests.docs.dictionary import row

PAGE = Path(__file__).parents[2] / "docs" / "glossary.md"
TITLE = "## The words of the shipped project"
ABOUT = (
    "Its fields and categories, from `data/datapackage.json`; `make accept` writes this half, and a test fails where "
    "it is stale. The Russian and Kyrgyz words are drafts, until a review by a native speaker is recorded."
)
LANGUAGES = {"ru": "Russian", "ky": "Kyrgyz"}


def words(package):
    """By word and its translations: where it stands, and what it is."""
    found = {}
    for table in package["resources"]:
        for field in table["schema"]["fields"]:
            place = f"`{table['name']}.{field['name']}`"
            for what in (field, *field.get("categories", [])):
                word = what.get("title") or what["label"]
                key = word, *(what["translations"].get(language, "") for language in LANGUAGES)
                places, meanings = found.setdefault(key, ([], []))
                places += [] if place in places else [place]
                meanings += [what["description"]] if what.get("description", "") not in ("", *meanings) else []
    return found


def half():
    """The half of the page that is made."""
    package = json.loads((SHIPPED / "datapackage.json").read_text(encoding="utf-8"))
    found = sorted(words(package).items(), key=lambda item: item[0][0].casefold())
    lines = [row("word", *LANGUAGES.values(), "where it stands", "what it is"), row(*["---"] * 5)]
    lines += [row(*key, ", ".join(places), " ".join(meanings)) for key, (places, meanings) in found]
    return "\n".join([TITLE, "", ABOUT, "", *lines]) + "\n"


def page():
    """The text of the page: what is written by hand, and then what is made."""
    return PAGE.read_text(encoding="utf-8").split(TITLE)[0].rstrip() + "\n\n" + half()


def main():
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

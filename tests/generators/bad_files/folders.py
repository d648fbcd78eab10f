"""What lies in a folder beside the records: lock files, links, folders, copies."""

from tests.generators.bad_files.books import book
from tests.generators.bad_files.case import AGAIN, SIX, TWELVE, Bad, changed, held, look
from tests.generators.bad_files.texts import put, several, text


def linked(folder):
    (folder.parents[1].parent / "outside.csv").write_text(text(), encoding="utf-8")
    (folder / "meetings.csv").symlink_to(folder.parents[1].parent / "outside.csv")


def linked_inside(folder):
    put(text())(folder)
    (folder / "again.csv").symlink_to(folder / "meetings.csv")


def linked_folder(folder):
    outside = folder.parents[1].parent / "elsewhere"
    outside.mkdir()
    put(text())(outside)
    folder.rmdir()
    folder.symlink_to(outside, target_is_directory=True)


def in_a_folder(folder):
    (folder / "May").mkdir()
    put(text(), "May/meetings.csv")(folder)


def beside(folder):
    put(text())(folder)
    put(text(), "../meetings of May.csv")(folder)


FOLDERS = {
    "the lock file of an open workbook": Bad(
        several(**{"meetings.xlsx": book(), "~$meetings.xlsx": b"\x05QX" + bytes(50), ".~lock.meetings.xlsx#": b"QX"})
    ),
    "what Windows and macOS leave behind": Bad(
        several(
            **{
                "meetings.csv": text(),
                "Thumbs.db": b"QX",
                "desktop.ini": b"QX",
                ".DS_Store": b"QX",
                "._meetings.csv": b"QX",
            }
        )
    ),
    "an empty folder": Bad(lambda folder: None, unread=("the folder is empty", "table 'meetings'"), rows=()),
    "a folder within the folder": Bad(
        in_a_folder, unread=("a folder within a folder", "the files themselves"), rows=()
    ),
    "a folder by the name of a file": Bad(
        lambda folder: (folder / "meetings.csv").mkdir(), unread=("a folder within a folder",), rows=()
    ),
    "a link out of the folder": Bad(linked, unread=("link to another place", "Put the file itself"), rows=()),
    "a link to a file that is read already": Bad(
        linked_inside, unread=("again.csv", "link to another place"), rows=SIX
    ),
    "a link in place of the folder": Bad(linked_folder, unread=("link to another place",), rows=()),
    "names with blanks, braces and Cyrillic letters": Bad(
        several(
            **{"встречи {март} (2) [копия].csv": text(changed((4, "men", "QX"))), "a; b %s & 'c'.xlsx": book(AGAIN)}
        ),
        told=(held("type", "F", 4, words=("встречи {март} (2) [копия].csv",)),),
        rows=TWELVE,
    ),
    "capitals in the ending": Bad(several(**{"MEETINGS.CSV": text(), "MORE.XLSX": book(AGAIN)}), rows=TWELVE),
    "the same file twice": Bad(
        several(**{"meetings (1).csv": text(), "meetings.csv": text()}),
        told=(held("unique", "A", *SIX, words=("meetings.csv", "all 6 filled cells")),),
        rows=TWELVE,
    ),
    "a good file beside one that cannot be read": Bad(
        several(**{"a.csv": text(), "b.xlsx": b"QX"}), unread=("b.xlsx", "no Excel workbook"), rows=SIX
    ),
    "two files that cannot be read": Bad(
        several(**{"a.csv": "QX", "b.xlsx": b"QX"}), unread=("a.csv", "b.xlsx"), rows=()
    ),
    "a file in no table's folder": Bad(
        beside, told=(look("unread file", words=("meetings of May.csv", "was not read")),)
    ),
    "a file without rows beside one with rows": Bad(several(**{"a.csv": text(), "b.csv": text([])})),
}

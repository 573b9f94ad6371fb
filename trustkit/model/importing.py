"""Files from elsewhere as pages. Reads; never decides what happens to them.

What a file is, in the order it is asked: a JSON document (trustkit's own, or of `jrnl --export json`); many pages in
one Markdown file of trustkit's; one page of trustkit's with its table on top; a jrnl text file; else one page of
Markdown or plain text as it stands, whose day is found in its name, in its first lines or in the file's own time. No
text is changed but for one line end at its end.
"""

import hashlib
import json
import re
from base64 import b32encode
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from trustkit.model import export, jrnl
from trustkit.model.entry import Note
from trustkit.model.frozen import frozen
from trustkit.model.pages import FORMAT, Local, Page, Unreadable, page_from, table_of
from trustkit.parsing import parse_json

ENDINGS: Final = (".md", ".markdown", ".txt", ".text", ".json", ".jrnl")
"""What the files of a folder end in that are read; the others are named as left out."""

_BLOCK: Final = re.compile(rf"^{re.escape(export.ENTRY)}(.*){re.escape(export.END)}$", re.MULTILINE)
_ESCAPED: Final = re.compile(rf"^\\(\\*{re.escape(export.ENTRY)})", re.MULTILINE)
_HEAD_LINE: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_ -]*):(?:[ \t]+(.*))?")
_DAY_IN_NAME: Final = re.compile(
    r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)(?:[T _-]+(\d{2})[-.:h]?(\d{2})(?!\d))?"
)

NO_TEXT: Final = "there is nothing in it"
NOT_UTF_8: Final = "it is not UTF-8 text"
NEWER: Final = "a newer trustkit wrote it"
NOT_JSON: Final = "it is no whole JSON document"
NOT_OURS: Final = "it is JSON of a kind that trustkit doesn't know"


@frozen
class Skipped:
    """Something that will not be brought in."""

    where: str
    """A file, or an entry in one, in words that hold nothing of the entry."""
    why: str
    """A reason that can follow a colon."""


@frozen
class Found:
    """What there is to bring in."""

    pages: tuple[Page, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    """What a person should know about how it was read, a sentence each."""

    def __add__(self, other: "Found") -> "Found":
        return Found(self.pages + other.pages, self.skipped + other.skipped, self.notes + other.notes)


def read(name: str, data: bytes, modified: datetime, local: Local) -> Found:
    """Everything in one file.

    Args:
        name: What it is called, to find a day in and to name it by.
        data: The whole of it.
        modified: When it was last changed, aware: the day of a text that says nothing of its own.
        local: See `pages.Local`.
    """
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return _left_out(name, NOT_UTF_8)
    if not text.strip():
        return _left_out(name, NO_TEXT)
    try:
        if text.lstrip()[0] in "{[" and (name.endswith(".json") or not jrnl.is_jrnl(text)):
            found = _json(name, text, local)
            if found is not None:
                return found
        if _first_line(text) == export.ONE_FILE:
            return _one_markdown(name, _line_ends(text), local)
        if (own := _own_page(name, text, local)) is not None:
            return Found((own,))
    except Unreadable as reason:
        return _left_out(name, str(reason))
    if jrnl.is_jrnl(text):
        pages, notes = jrnl.from_text(text, local)
        return Found(tuple(_from(name, page) for page in pages), notes=tuple(notes))
    return Found((_foreign(name, text, modified, local),))


def _left_out(where: str, why: str) -> Found:
    return Found(skipped=(Skipped(where, why),))


def _from(name: str, page: Page) -> Page:
    return Page(page.body, page.created, page.id, page.private, f"{name}, {page.where}")


# JSON


def _json(name: str, text: str, local: Local) -> Found | None:
    """The pages of a JSON document; None for text that only begins like one."""
    document: Any = None
    try:
        document = parse_json(text)
    except ValueError:
        if name.endswith(".json"):
            raise Unreadable(NOT_JSON) from None
        return None
    if not isinstance(document, dict) or not isinstance(document.get("entries"), list):
        if name.endswith(".json"):
            raise Unreadable(NOT_OURS)
        return None
    form = document.get("format")
    if form is None:
        read = list(jrnl.from_json(document, local))
    elif isinstance(form, int) and form > FORMAT:
        raise Unreadable(NEWER)
    else:
        read = list(_own_json(document["entries"], local))
    pages: list[Page] = []
    skipped: list[Skipped] = []
    for at, each in enumerate(read, 1):
        if isinstance(each, Page):
            pages.append(Page(each.body, each.created, each.id, each.private, f"{name}, entry {at}"))
        else:
            skipped.append(Skipped(f"{name}, entry {at}", str(each)))
    return Found(tuple(pages), tuple(skipped))


def _own_json(entries: list[Any], local: Local) -> Iterator[Page | Unreadable]:
    for table in entries:
        try:
            if not isinstance(table, dict):
                raise Unreadable("it is no entry")
            if table.get("deleted") is True:
                raise Unreadable("it was in the trash")
            yield page_from(table, local)
        except Unreadable as reason:
            yield reason


# trustkit's own Markdown


def _first_line(text: str) -> str:
    return text.split("\n", 1)[0].rstrip("\r")


def _line_ends(text: str) -> str:
    """The text as it was written, where another program gave every line of the file an end of its own."""
    return text.replace("\r\n", "\n") if text.split("\n", 1)[0].endswith("\r") else text


def _one_markdown(name: str, text: str, local: Local) -> Found:
    blocks = list(_BLOCK.finditer(text))
    pages: list[Page] = []
    skipped: list[Skipped] = []
    for at, block in enumerate(blocks, 1):
        where = f"{name}, entry {at}"
        end = blocks[at].start() if at < len(blocks) else len(text)
        rest = text[block.end() + 1 : end].removesuffix("\n").removesuffix("\n")
        _, _, rest = rest.partition("\n\n") if rest.startswith("## ") else ("", "", rest)
        try:
            table = _table(block[1])
            if table.get("kind") == "note":
                table["text"] = _ESCAPED.sub(r"\1", rest)
            pages.append(page_from(table, local, where))
        except Unreadable as reason:
            skipped.append(Skipped(where, str(reason)))
    return Found(tuple(pages), tuple(skipped))


def _own_page(name: str, text: str, local: Local) -> Page | None:
    """A page with its table on top; None for a file that has none, or one of another program's. Raises Unreadable."""
    whole = _line_ends(text)
    if not whole.startswith(f"{export.FENCE}\n{export.MARK}: "):
        return None
    head, fence, rest = whole.removeprefix(f"{export.FENCE}\n").partition(f"\n{export.FENCE}\n")
    if not fence:
        raise Unreadable("its first part has no end")
    table: dict[str, Any] = {}
    for line in head.split("\n"):
        key, _, value = line.partition(":")
        try:
            table[key] = parse_json(value)
        except ValueError:
            raise Unreadable("a line of its first part can't be read") from None
    form = table.pop(export.MARK)
    if not isinstance(form, int) or form > FORMAT:
        raise Unreadable(NEWER)
    if table.get("kind") == "note":
        table["text"] = rest.removeprefix("\n").removesuffix("\n")
    return page_from(table, local, name)


def _table(text: str) -> dict[str, Any]:
    try:
        table = parse_json(text)
    except ValueError:
        table = None
    if not isinstance(table, dict):
        raise Unreadable("what it says of itself can't be read")
    return table


# Texts of other programs


def _foreign(name: str, text: str, modified: datetime, local: Local) -> Page:
    head, body = _head(text)
    said = {key: value for key, value in head.items() if key in ("title", "date", "created", "tags")}
    when = None
    for key in ("created", "date"):
        when = when or (jrnl.read_moment(str(said[key])) if key in said else None)
    when = when or _day_in(name)
    tags = said.get("tags", ())
    understood = set(head) <= {"title", "date", "created", "tags"} and (
        when is not None or not said.keys() & {"date", "created"}
    )
    kept = body if head and understood else text
    if kept.endswith("\n"):
        kept = kept.removesuffix("\n").removesuffix("\r")
    title = str(said.get("title", "")) if understood else ""
    return Page(
        Note(kept, title, tuple(tags) if isinstance(tags, list) else ()),
        local(when) if when else modified,
        where=name,
    )


def _head(text: str) -> tuple[dict[str, str | list[str]], str]:
    """The lines between two fences at the top, as far as they are plain, and the text below; else nothing."""
    lines = text.split("\n")
    if lines[0].rstrip() != export.FENCE:
        return {}, text
    head: dict[str, str | list[str]] = {}
    last = ""
    for at, line in enumerate(map(str.rstrip, lines[1:40]), 1):
        if line == export.FENCE:
            body = "\n".join(lines[at + 1 :])
            return head, body.removeprefix("\r").removeprefix("\n")
        item = head.get(last)
        if line.lstrip().startswith("- ") and isinstance(item, list):
            item.append(_unquoted(line.lstrip()[2:]))
        elif found := _HEAD_LINE.fullmatch(line):
            last, value = found[1].casefold(), (found[2] or "").strip()
            if value.startswith("[") and value.endswith("]"):
                head[last] = [_unquoted(part) for part in value[1:-1].split(",") if part.strip()]
            else:
                head[last] = _unquoted(value) if value else []
        else:
            return {}, text
    return {}, text


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _day_in(name: str) -> datetime | None:
    found = _DAY_IN_NAME.search(name.rpartition("/")[2])
    if found is None:
        return None
    year, month, day, hour, minute = (int(part or 0) for part in found.groups())
    try:
        moment = datetime(year, month, day, hour, minute)
    except ValueError:
        return None
    return moment if 1 < year < 9999 else None


# What a page is called in the journal


def id_for(page: Page, attempt: int = 0) -> str:
    """The id that a page takes in a journal: its own, or one made of its words and its moment.

    So the same page, brought in twice, is known again. `attempt` gives others, for when one is taken.
    """
    if page.id and not attempt:
        return page.id
    table = table_of(page)
    for name in ("id", "private", "tags"):
        table.pop(name, None)
    said = json.dumps([attempt, table], sort_keys=True)
    return b32encode(hashlib.sha256(said.encode()).digest()).decode("ascii").lower()[:26]

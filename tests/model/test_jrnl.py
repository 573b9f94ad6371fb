"""Pages out of jrnl's journals, and out of texts of other programs: every word, on the day it was written."""

import json
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustkit.model import jrnl
from trustkit.model.entry import Note
from trustkit.model.importing import Found, id_for, read
from trustkit.model.pages import Page

HERE = timezone(timedelta(hours=1))
CHANGED = datetime(2026, 11, 22, 2, 10, tzinfo=HERE)


def local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=HERE)


def found(text: str, name: str = "journal.txt") -> Found:
    return read(name, text.encode(), CHANGED, local)


def pages(text: str, name: str = "journal.txt") -> list[Page]:
    assert found(text, name).skipped == ()
    return list(found(text, name).pages)


def texts(text: str, name: str = "journal.txt") -> list[str]:
    return [page.body.text for page in pages(text, name) if isinstance(page.body, Note)]


def test_each_entry_of_the_text_file_is_a_page_with_its_own_moment() -> None:
    one, two = pages(
        "[2026-03-05 02:10] To the sea.\nA long day. @work @sea\n\nMore.\n\n[2026-03-06 11:00:05 PM] Home. *\n"
    )

    assert one.body == Note("To the sea.\nA long day. @work @sea\n\nMore.", tags=("work", "sea"))
    assert one.created == datetime(2026, 3, 5, 2, 10, tzinfo=HERE)
    assert two.body == Note("Home.", tags=("starred",))
    assert two.created == datetime(2026, 3, 6, 23, 0, 5, tzinfo=HERE)


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2026-03-05 02:10", datetime(2026, 3, 5, 2, 10)),
        ("2026-03-05T02:10:11", datetime(2026, 3, 5, 2, 10, 11)),
        ("2026-03-05 02:10:11 AM", datetime(2026, 3, 5, 2, 10, 11)),
        ("2026-03-05 12:10 am", datetime(2026, 3, 5, 0, 10)),
        ("2026/03/05", datetime(2026, 3, 5)),
        ("05.03.2026 14:30", datetime(2026, 3, 5, 14, 30)),
        ("31/12/2026 14:30", datetime(2026, 12, 31, 14, 30)),
        ("Thu, 5 Mar 2026 14:30", datetime(2026, 3, 5, 14, 30)),
        ("March 5, 2026 at 2:30 pm", datetime(2026, 3, 5, 14, 30)),
        ("2026-13-05", None),
        ("2026-03-05 25:00", None),
        ("2026-03-05 ", datetime(2026, 3, 5)),
        ("see below", None),
        ("x] y", None),
        ("9999-12-31", None),
    ],
)
def test_a_moment_is_read_however_it_was_written(said: str, moment: datetime | None) -> None:
    assert jrnl.read_moment(said) == moment


def test_a_journal_whose_date_format_was_changed_loses_no_entry() -> None:
    """jrnl#490: entries written before `timeformat` changed were swallowed by the one before them."""
    text = "[2020-01-05 10:00] one\n\n[05.01.2021 11:00] two\n\n[2022-01-05 09:00:00 PM] three\n\n[Jan 5, 2023] four\n"

    assert texts(text) == ["one", "two", "three", "four"]
    assert [page.created.year for page in pages(text)] == [2020, 2021, 2022, 2023]


def test_pasted_date_lines_stay_in_the_text_they_were_pasted_into() -> None:
    """jrnl#625: a line that looks like a date split an entry in two."""
    text = "[2026-03-05 02:10] The log says\n[2020-01-01 10:00] started\n[2020-01-01 10:05] failed\nand [2020] [x].\n"

    assert texts(text) == ["The log says\n[2020-01-01 10:00] started\n[2020-01-01 10:05] failed\nand [2020] [x]."]
    assert "stay in the text" in found(text).notes[0]


def test_whether_days_or_months_come_first_is_seen_in_the_whole_file() -> None:
    month_first = "[03/04/2026 10:00] one\n\n[03/25/2026 10:00] two\n"
    day_first = "[03/04/2026 10:00] one\n\n[25/03/2026 10:00] two\n"

    assert pages(month_first)[0].created.date() == date(2026, 3, 4)
    assert pages(day_first)[0].created.date() == date(2026, 4, 3)
    assert found(month_first).notes == found(day_first).notes == ()
    assert "day first" in found("[03/04/2026 10:00] one\n").notes[0]


def test_backslashes_brackets_and_line_ends_of_other_systems_survive() -> None:
    body = "C:\\new\\table [brackets] \\[x\\]\r\n---\r\ntitle: no\r\n\\"

    assert texts(f"[2026-03-05 02:10] {body}\r\n") == [body]


JSON = {
    "tags": {"@work": 1},
    "entries": [
        {"title": "To the sea.", "body": "A long day. @work\n\nMore.", "date": "2026-03-05", "time": "02:10",
         "tags": ["@work"], "starred": True},
        {"title": "No day.", "body": "", "date": "soon", "time": "", "tags": [], "starred": False},
        {"title": "", "body": "", "date": "2026-03-05", "time": "02:10", "tags": [], "starred": False},
        "no entry",
    ],
}  # fmt: skip


def test_what_jrnl_exports_as_json_is_read_and_what_cannot_be_is_named() -> None:
    read_ = found(json.dumps(JSON), "export.json")

    assert read_.pages[0].body == Note("To the sea.\nA long day. @work\n\nMore.", tags=("work", "starred"))
    assert [(skipped.where, skipped.why) for skipped in read_.skipped] == [
        ("export.json, entry 2", "it does not say when it was written"),
        ("export.json, entry 3", "there is nothing in it"),
        ("export.json, entry 4", "it is no entry"),
    ]


def test_text_and_json_of_the_same_entry_are_the_same_page() -> None:
    (out_of_text,) = pages("[2026-03-05 02:10] To the sea. *\nA long day. @work\n\nMore.\n")
    out_of_json = found(json.dumps(JSON), "export.json").pages[0]

    assert id_for(out_of_text) == id_for(out_of_json)


BODIES = st.lists(
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\n\r"), min_size=1).filter(str.strip),
    min_size=1,
    max_size=5,
).map("\n".join)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(lambda m: m.replace(second=0, microsecond=0))


@given(
    st.lists(
        st.tuples(MOMENTS, BODIES.filter(lambda body: not body.split("\n")[0].endswith("*"))), min_size=1, max_size=5
    )
)
def test_no_word_of_a_jrnl_journal_is_lost(entries: list[tuple[datetime, str]]) -> None:
    written = "\n".join(f"[{moment:%Y-%m-%d %H:%M}] {body}\n" for moment, body in entries)

    assert [(page.created.replace(tzinfo=None), page.body.text) for page in pages(written)] == entries  # type: ignore[union-attr]


# Texts of other programs


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("2026-03-05.md", datetime(2026, 3, 5, tzinfo=HERE)),
        ("notes/20260305 walk.txt", datetime(2026, 3, 5, tzinfo=HERE)),
        ("2026-03-05 14-30 walk.md", datetime(2026, 3, 5, 14, 30, tzinfo=HERE)),
        ("walk.md", CHANGED),
        ("2026-13-05.md", CHANGED),
    ],
)
def test_a_text_s_day_is_found_in_its_name_or_is_the_file_s_own(name: str, moment: datetime) -> None:
    assert pages("A walk.", name)[0].created == moment


def test_a_head_that_is_wholly_understood_gives_title_day_and_tags() -> None:
    (page,) = pages('---\ntitle: "A walk"\ndate: 2026-03-05 14:30\ntags: [sea, "at home"]\n---\n\nText.\n', "walk.md")

    assert page.body == Note("Text.", "A walk", ("sea", "at home"))
    assert page.created == datetime(2026, 3, 5, 14, 30, tzinfo=HERE)
    assert pages("---\ntags:\n  - sea\n  - night\n---\nText.", "a.md")[0].body == Note("Text.", tags=("sea", "night"))


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: x\nmood: fine\n---\nText.",
        "---\nnot a head\n---\nText.",
        "---\ntitle: x\nno end",
        "---\n\n---\ntext",
        "title: x\n\ntext",
        "---\ndate: soon\n---\ntext",
        "# A heading\n\n<!-- entry {} -->",
        "{ not json",
        "[brackets] first",
        "a\r\nb\r\n\r\nc",
    ],
)
def test_what_only_looks_like_a_head_stays_in_the_text(text: str) -> None:
    assert texts(text, "walk.md") == [text]


def test_what_is_not_text_is_left_out_with_its_reason() -> None:
    assert read("a.txt", b"caf\xe9", CHANGED, local).skipped[0].why == "it is not UTF-8 text"
    assert read("a.txt", b" \n", CHANGED, local).skipped[0].why == "there is nothing in it"
    assert found("[1]", "a.json").skipped[0].why == "it is JSON of a kind that trustkit doesn't know"
    assert found("{", "a.json").skipped[0].why == "it is no whole JSON document"

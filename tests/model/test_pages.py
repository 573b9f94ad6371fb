"""Export, then import, is identity: in JSON, in a Markdown file a page, and in one Markdown file for all."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trustkit.model import export
from trustkit.model.entry import Answers, Choice, Entry, Mark, Note, OwnExercise, Practice, Record
from trustkit.model.importing import Found, id_for, read
from trustkit.model.pages import Page, Unreadable, dumped, page_from, page_of, table_of

THEN = datetime(2026, 11, 22, 2, 10, tzinfo=timezone(timedelta(hours=1)))
ID = "abcdefghijklmnopqrstuvwxyz"

TEXT = st.text(st.characters(exclude_categories=("Cs",)))
LINES = st.lists(
    st.one_of(
        TEXT,
        st.sampled_from(
            [
                "---", "---\ntrustkit: 1", "trustkit: 1", "<!-- trustkit journal 1 -->", "<!-- entry {} -->",
                "\\<!-- entry ", "\\\\<!-- entry x", "[2020-01-01 10:00] pasted", "## heading", "\\", "\\n",
                "[brackets]", "2020-01-01", "title: x",
                "-->", "\r", "", " ", "\ufeff", "{", "# one", "\x00\x1b[2J", "\u2028",
            ]
        ),
    ),
    max_size=8,
)  # fmt: skip
WRITTEN = st.builds(lambda lines, end: end.join(lines), LINES, st.sampled_from(["\n", "\r\n", "\n\n", "\r"]))
DISTRESS = st.none() | st.just("numb") | st.integers(0, 10)
MOMENTS = st.builds(
    lambda moment, minutes: moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes))),
    st.datetimes(datetime(1900, 1, 2), datetime(2199, 1, 1)),
    st.integers(-720, 840),
)
IDS = st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=26, max_size=26)
NUMBERS = st.integers(-(2**62), 2**62)
BODIES = st.one_of(
    st.builds(
        Note, WRITTEN, TEXT, st.lists(TEXT).map(tuple), st.lists(TEXT).map(tuple), DISTRESS, st.none() | st.dates()
    ),
    st.builds(
        Answers,
        TEXT,
        NUMBERS,
        st.dictionaries(TEXT, TEXT | NUMBERS, max_size=3),
        st.lists(TEXT, max_size=3).map(tuple),
        WRITTEN,
        st.lists(st.dictionaries(TEXT, TEXT, max_size=3), max_size=3).map(tuple),
        TEXT,
    ),
    st.builds(Record, TEXT, NUMBERS, st.dictionaries(TEXT, TEXT | NUMBERS | st.booleans() | st.dates(), max_size=4)),
    st.builds(Practice, TEXT, NUMBERS, MOMENTS, MOMENTS, DISTRESS, DISTRESS, st.booleans(), st.booleans()),
    st.builds(Mark, TEXT, TEXT, st.sampled_from(["done", "later", "skip", ""])),
    st.builds(Choice, TEXT, TEXT | NUMBERS | st.booleans() | st.lists(TEXT).map(tuple)),
    st.builds(OwnExercise, WRITTEN),
)
PAGES = st.builds(Page, BODIES, MOMENTS, IDS, st.booleans())


def local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=THEN.tzinfo)


def bare(found: Found) -> list[Page]:
    assert found.skipped == ()
    return [Page(page.body, page.created, page.id, page.private) for page in found.pages]


def back(name: str, text: str) -> list[Page]:
    return bare(read(name, text.encode(), THEN, local))


@given(st.lists(PAGES, max_size=4))
def test_json_is_read_back_exactly(pages: list[Page]) -> None:
    written = export.as_json(pages)

    assert written.isascii()
    assert back("journal.json", written) == pages
    assert back("export", written) == pages


@given(PAGES)
def test_a_page_in_a_markdown_file_is_read_back_exactly(page: Page) -> None:
    assert back("a.md", export.as_markdown(page)) == [page]


@given(st.lists(PAGES, max_size=4))
@example([Page(Note("x\n\n<!-- entry {} -->\n## y\n\nz\n\n"), THEN, ID), Page(Note(""), THEN, ID)])
def test_many_pages_in_one_markdown_file_are_read_back_exactly(pages: list[Page]) -> None:
    assert back("journal.md", export.as_one_markdown(pages)) == pages


@given(PAGES)
def test_the_exactness_covers_the_types_of_values_too(page: Page) -> None:
    (again,) = back("a.json", export.as_json([page]))

    for one, other in ((page.body, again.body),):
        if isinstance(one, Record) and isinstance(other, Record):
            assert list(map(type, one.values.values())) == list(map(type, other.values.values()))


def test_a_markdown_page_reads_as_other_programs_have_it() -> None:
    page = Page(Note("First.\n\nSecond.", "At sea", ("sea", "night"), distress=6), THEN, ID)

    assert export.as_markdown(page) == (
        "---\n"
        "trustkit: 1\n"
        f'id: "{ID}"\n'
        'kind: "note"\n'
        'created: "2026-11-22T02:10:00+01:00"\n'
        'title: "At sea"\n'
        'tags: ["sea", "night"]\n'
        "distress: 6\n"
        "---\n"
        "\n"
        "First.\n\nSecond.\n"
    )


def test_a_file_that_another_program_gave_other_line_ends_is_still_read() -> None:
    page = Page(Note("one\ntwo"), THEN, ID)

    for written in (export.as_markdown(page), export.as_one_markdown([page])):
        assert back("a.md", written.replace("\n", "\r\n")) == [page]


def test_an_editor_that_drops_the_last_line_end_costs_nothing() -> None:
    pages = [Page(Note("one\ntwo"), THEN, ID)]

    assert back("a.md", export.as_markdown(pages[0]).rstrip("\n")) == pages
    assert back("a.md", export.as_one_markdown(pages).rstrip("\n")) == pages


def test_answers_are_written_as_people_read_them_and_read_back_from_their_table() -> None:
    page = Page(Answers("three-lines", 1, {"came": "a letter"}, ("tired",), "A sentence."), THEN, ID)

    written = export.as_markdown(page)

    assert "Came\na letter" in written
    assert back("a.md", written) == [page]


def test_plain_text_is_for_reading_and_holds_nothing_that_a_terminal_obeys() -> None:
    page = Page(Note("left \x1b[2J\x9b\u202eright", "A title", ("sea",), ("calm",), 6, date(2026, 11, 1)), THEN, ID)

    assert export.as_text([page, page]).split("\n")[:8] == [
        "22 November 2026, 02:10 · A title",
        "about 2026-11-01",
        "tags: sea",
        "feelings: calm",
        "distress: 6",
        "",
        "left [2Jright",
        "",
    ]


def test_a_file_s_name_holds_no_word_of_the_page() -> None:
    assert export.file_name(Page(Note("the harbour", "The harbour"), THEN, ID)) == "2026-11-22-abcdefgh.md"


def test_what_is_in_the_trash_or_of_a_newer_format_is_no_page() -> None:
    assert page_of(Entry(ID, "b" * 10, "note", THEN, THEN, None, deleted=True)) is None


@pytest.mark.parametrize(
    "spoilt",
    [
        {"kind": "poem"}, {"kind": 3}, {"text": 3}, {"tags": "x"}, {"tags": [1]}, {"distress": 11}, {"distress": True},
        {"about_day": "soon"}, {"created": "soon"}, {"created": None}, {"created": "9999-12-31T23:00:00+00:00"},
        {"private": "yes"}, {"text": "\ud800"},
    ],
)  # fmt: skip
def test_a_table_of_the_wrong_shape_is_refused_without_its_words(spoilt: dict[str, object]) -> None:
    table = table_of(Page(Note("a secret"), THEN, ID)) | spoilt

    with pytest.raises(Unreadable) as refused:
        page_from(table, local)
    assert "secret" not in str(refused.value)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_any_json_is_pages_or_a_reason_and_never_a_failure(value: object) -> None:
    for document in (value, {"format": 1, "entries": [value]}, {"entries": [value]}, {"format": 1, "entries": value}):
        read("a.json", json.dumps(document).encode(), THEN, local)
    for kind in ("note", "answer", "record", "practice", "mark", "choice", "exercise"):
        if isinstance(value, dict):
            read("a.json", json.dumps({"format": 1, "entries": [{"kind": kind, **value}]}).encode(), THEN, local)


@given(st.binary() | WRITTEN.map(str.encode))
def test_any_bytes_are_pages_or_a_reason_and_never_a_failure(data: bytes) -> None:
    for name in ("a.md", "a.json", "a.txt"):
        found = read(name, data, THEN, local)
        assert (
            bool(found.pages)
            or bool(found.skipped)
            or data.decode(errors="ignore").lstrip("\ufeff").startswith(export.ONE_FILE)
        )


def test_a_newer_export_is_told_and_left_alone() -> None:
    newer = export.as_json([]).replace('"format": 1', '"format": 2')

    assert read("a.json", newer.encode(), THEN, local).skipped[0].why == "a newer trustkit wrote it"


@given(PAGES)
def test_the_same_page_has_the_same_id_and_another_attempt_another(page: Page) -> None:
    elsewhere = Page(page.body, page.created)

    assert id_for(page) == page.id
    assert id_for(elsewhere) == id_for(elsewhere)
    assert len({id_for(elsewhere, attempt) for attempt in range(4)}) == 4
    assert page_from(table_of(Page(page.body, page.created, id_for(elsewhere))), local).id == id_for(elsewhere)


def test_what_a_screen_would_not_show_is_escaped() -> None:
    assert dumped("a\x1b\x9b\u202e\u2028é") == '"a\\u001b\\u009b\\u202e\\u2028é"'
    assert json.loads(dumped("a\x1b\x9b\u202e\u2028é")) == "a\x1b\x9b\u202e\u2028é"


def test_times_keep_the_offset_they_were_written_with() -> None:
    page = Page(Note("x"), THEN.astimezone(UTC), ID)

    assert back("a.md", export.as_markdown(page))[0].created.utcoffset() == timedelta(0)

"""The quick reader gives what the standard library's gives, exactly, or nothing."""

import tomllib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustkit.model.entry import Answers, Choice, Entry, Mark, Note, Practice, Record
from trustkit.vault import codec, quick

WHEN = datetime(2026, 11, 22, 2, 10, 9, tzinfo=timezone(timedelta(hours=1)))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
NUMBERS = st.integers(-(10**17), 10**17)
KEYS = st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True)
VALUES = TEXTS | NUMBERS | st.booleans() | st.dates()
BODIES = st.one_of(
    st.builds(
        Note, TEXTS, TEXTS, st.lists(TEXTS, max_size=3).map(tuple), st.just(()),
        st.none() | st.just("numb") | st.integers(0, 10), st.none() | st.dates(),
    ),
    st.builds(Answers, KEYS, st.integers(1, 10**17), st.dictionaries(KEYS, TEXTS | NUMBERS), st.just(()), TEXTS),
    st.builds(Record, KEYS, st.integers(1, 10**17), st.dictionaries(KEYS, VALUES)),
    st.builds(Choice, TEXTS, TEXTS | st.booleans() | NUMBERS),
    st.builds(Mark, TEXTS, TEXTS, TEXTS),
)  # fmt: skip
LINES = st.sampled_from(
    [
        *('a = 1', 'b = "x"', "c = []", "d = true", 'e = "\\u0007\\t\\n\\""', "[t]", "[[t]]", "", "  "),
        "f = 2026-11-22",
        *("g = 2026-11-22T02:10:09+01:00", "g = 2026-02-30", "h = 0x1f", "i = 1_000", "j = -0", "k = +1", "l = 1.5"),
        *("m = 'x'", 'n = """x"""', 'o = ["a", "b"]', 'p = [\n    "a",\n    "b",\n]', "# no", "q.r = 1", '"s" = 1'),
        *('u = "\\u00e9"', 'v = "\\/"', 'w = "\\ud800"', 'x = "\\x41"', 'y = "a\tb"', 'z = "a\x7fb"',),
        *("a1 = 007", "a2 = {}"),
        *("a3 = 2026-11-22T24:00:00Z", "a4 = 2026-11-22t02:10:09z", "a5 = 2026-11-22T02:10:09.5Z", "a6 = 02:10:09"),
        *('a7 = "x" # c', " a8 = 1", "a9 =1", "b1 = \ufeff", "b2 = \u0661", 'b3 = "\u2028"',),
        *("b4 = 1\r", "b5 = -5", "t = 1"),
        *("b6 = 99999999999999999999", "b7 = 2026-11-22T02:10:09-00:00", 'b8 = "\\u001F"', "b9 = [\n]", "true = false"),
    ]
)  # fmt: skip


def as_anyone(text: str) -> object:
    """What the standard library reads; None where it refuses."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError):
        return None


def told(value: object) -> str:
    """With order, types and time zones."""
    return repr(value)


@given(BODIES, st.booleans(), st.lists(st.just("k3j2h7q5xa"), max_size=2).map(tuple))
def test_it_reads_whatever_trustkit_writes_plainly_and_says_the_same(body, private, parents) -> None:
    entry = Entry("a" * 26, "b" * 10, body.kind, WHEN, WHEN, body, parents, private=private)
    for data in (codec.encode(entry), codec.pad(codec.encode(entry))):
        text = data.decode()
        assert told(quick.read(text)) == told(tomllib.loads(text))
        assert codec.decode(data) == entry


@settings(max_examples=400)
@given(st.lists(LINES, max_size=7), st.sampled_from(["\n", "", "   \n", "\n\n", "\r\n"]))
def test_it_never_says_anything_that_the_other_reader_does_not(lines, end) -> None:
    text = "\n".join(lines) + end
    found = quick.read(text)
    assert found is None or told(found) == told(as_anyone(text))


@given(BODIES, st.integers(0), TEXTS, st.integers(0, 3))
def test_text_that_was_changed_anywhere_is_read_alike_or_not_at_all(body, where, put, cut) -> None:
    text = codec.encode(Entry("a" * 26, "b" * 10, body.kind, WHEN, WHEN, body)).decode()
    at = where % (len(text) + 1)
    changed = text[:at] + put + text[at + cut :]
    found = quick.read(changed)
    assert found is None or told(found) == told(as_anyone(changed))


@pytest.mark.parametrize(
    "body",
    [
        Note('one line\nand "another"\t\\ \x01\x7f\u2028é', "T", ("a", "b"), ("sad",), 7, date(2026, 1, 2)),
        Answers("letter", 3, {"to": "you"}, ("one",), "so", (), "guide/step"),
        Record("log", 1, {"kept": True, "on": date(2026, 1, 2)}),
        Practice("breath", 1, WHEN, WHEN.astimezone(UTC), 7, "numb", True, True),
        Mark("guide", "step", "done"),
        Choice("roads", ("a", "b")),
    ],
    ids=lambda body: body.kind,
)
def test_the_usual_kinds_are_read_quickly(body) -> None:
    text = codec.encode(Entry("a" * 26, "b" * 10, body.kind, WHEN, WHEN, body)).decode()
    assert quick.read(text) is not None


def test_what_is_saved_was_read_back_by_the_standard_reader(monkeypatch) -> None:
    monkeypatch.setattr(quick, "read", None)
    codec.encode(Entry("a" * 26, "b" * 10, "note", WHEN, WHEN, Note("x")))

"""An entry as TOML and back: text in equals text out, and nothing that is read raises anything but Malformed."""

import tomllib
import traceback
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustkit.errors import WriteError
from trustkit.model.entry import (
    Answers,
    Body,
    Choice,
    Draft,
    Entry,
    Mark,
    Note,
    OwnExercise,
    Practice,
    Record,
)
from trustkit.vault import codec

ID = "abcdefghijklmnopqrstuvwxyz"
REV = "abcdefghij"
THEN = datetime(2026, 11, 22, 2, 10, tzinfo=timezone(timedelta(hours=1)))

BODIES: list[Body] = [
    Note(text="a page"),
    Note("a\r\npage\n", "Title", ("one", "two"), ("sad",), 6, date(2026, 11, 20)),
    Note(text="", distress="numb"),
    Answers("trust-letter", 2, {"what": "this", "much": 7}, ("a", "b"), "I will.", ({"who": "me"},), "safe-first/one"),
    Answers("signs", 1),
    Record("promise-log", 1, {"promise": "call", "kept": True, "times": 3, "by": date(2026, 12, 1)}),
    Practice("breath-box", 1, THEN, THEN + timedelta(minutes=5), 7, "numb", stopped=True, worse=True),
    Practice("breath-box", 1, THEN, THEN),
    Mark("safe-first", "one", "done"),
    Choice("roads", ("hurt-lately", "stay")),
    Choice("no holds", True),
    Choice("region", "gb"),
    Choice("count", 3),
    OwnExercise('# mine\nformat = 1\ntitle = "A walk"\n'),
]


def entry(body: Body | None, **more: object) -> Entry:
    kind = body.kind if body is not None else "note"
    return Entry(ID, REV, kind, THEN, THEN, body, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.kind)
def test_every_kind_reads_back_as_it_was_written(body: Body) -> None:
    written = entry(body, parents=("bbbbbbbbbb",), private=True, extra={"later": [1, {"more": "x"}]})
    assert codec.decode(codec.encode(written)) == written


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.kind)
def test_every_kind_reads_back_from_a_draft(body: Body) -> None:
    draft = Draft(ID, body, THEN, "aaaaaaaaaa", "bbbbbbbbbb", (3, 14), private=True)
    assert codec.decode_draft(codec.encode_draft(draft)) == draft


TEXT = st.text(st.characters(exclude_categories=("Cs",)))


@given(text=TEXT, title=TEXT, tags=st.lists(TEXT), keys=st.dictionaries(TEXT, TEXT | st.integers(-(2**63), 2**63 - 1)))
def test_any_text_that_is_accepted_comes_back_exactly(
    text: str, title: str, tags: list[str], keys: dict[str, str | int]
) -> None:
    for body in (Note(text, title, tuple(tags)), Answers("x", 1, keys, tuple(tags), text), OwnExercise(text)):
        data = codec.encode(entry(body))
        assert codec.decode(data).body == body
        assert codec.decode(codec.pad(data)).body == body


def test_a_tombstone_is_its_head_and_nothing_else() -> None:
    data = codec.encode(entry(None, deleted=True, parents=(REV[::-1],)))
    assert set(tomllib.loads(data.decode())) == {
        "format", "id", "rev", "parents", "kind", "created", "saved", "deleted",
    }  # fmt: skip


def test_times_are_written_to_the_second_with_their_offset() -> None:
    odd = THEN.replace(microsecond=999_999)
    data = codec.encode(Entry(ID, REV, "note", odd, odd, Note("x")))
    assert b"created = 2026-11-22T02:10:00+01:00\n" in data


def test_an_offset_that_no_clock_shows_is_rounded_to_the_minute() -> None:
    odd = timezone(timedelta(hours=1, minutes=24, seconds=40))
    moment = codec.whole_seconds(datetime(1890, 1, 1, 12, tzinfo=odd))
    assert moment.utcoffset() == timedelta(hours=1, minutes=25)
    assert moment == datetime(1890, 1, 1, 12, tzinfo=odd)


def test_a_time_without_an_offset_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="offset"):
        codec.whole_seconds(datetime(2026, 1, 1))


@pytest.mark.parametrize("body", [Note("secret \ud800"), Note("x", tags=("\udfff",)), Answers("x", 1, {"\udc00": "y"})])
def test_half_a_character_is_refused_in_two_sentences(body: Body) -> None:
    with pytest.raises(WriteError) as caught:
        codec.encode(entry(body))
    assert "half of a character" in caught.value.happened
    assert caught.value.do_next.endswith(".")


def test_no_refusal_carries_the_words_it_refused() -> None:
    with pytest.raises(WriteError) as caught:
        codec.encode(entry(Note("secret \ud800")))
    chain = caught.value.__cause__, caught.value.__context__
    assert chain == (None, None)
    data = ('format = 1\nsecret = "' + "yranac"[::-1]).encode()
    with pytest.raises(codec.Malformed) as broken:
        codec.decode(data)
    assert "canary" not in "".join(traceback.format_exception(broken.value))
    assert (broken.value.__cause__, broken.value.__context__) == (None, None)


def test_what_would_not_read_back_exactly_is_refused() -> None:
    with pytest.raises(WriteError):
        codec.encode(entry(Note("x", distress=11)))


def test_more_than_eight_megabytes_are_refused() -> None:
    with pytest.raises(WriteError, match="8 MB"):
        codec.encode(entry(Note("x" * codec.MAX_PLAIN)))


@pytest.mark.parametrize("length", [0, 1, 1022, 1023, 1024, 1025, 2047, 2048, 5000])
def test_padding_fills_up_to_a_power_of_two(length: int) -> None:
    padded = codec.pad(b"#" * length)
    assert len(padded) in (1024, 2048, 4096, 8192)
    assert len(padded) // 2 < max(length, 1024)
    assert padded.startswith(b"#" * length)


def test_keys_of_a_later_version_are_kept() -> None:
    data = codec.encode(entry(Note("x"))) + b'mood = "blue"\n[later]\nwhen = 2026-01-01\n'
    read = codec.decode(data)
    assert read.extra == {"mood": "blue", "later": {"when": date(2026, 1, 1)}}
    assert codec.decode(codec.encode(read)) == read


def test_a_newer_format_is_read_as_far_as_possible_and_marked_read_only() -> None:
    data = codec.encode(entry(Note("x", "T"))).replace(b"format = 1", b"format = 2")
    read = codec.decode(data)
    assert read.read_only
    assert read.body is None
    assert read.extra == {"title": "T", "text": "x"}


def test_a_table_under_content_is_read_as_an_exercise_too() -> None:
    data = codec.encode(entry(OwnExercise("x"))).replace(b'content = "x"', b'[content]\ntitle = "A walk"')
    assert codec.decode(data).body == OwnExercise('title = "A walk"\n')


def test_a_byte_order_mark_from_a_text_editor_does_not_matter() -> None:
    assert codec.decode(b"\xef\xbb\xbf" + codec.encode(entry(Note("x")))).body == Note("x")


HEAD = f'format = 1\nid = "{ID}"\nrev = "{REV}"\ncreated = 2026-11-22T02:10:00Z\nsaved = 2026-11-22T02:10:00Z\n'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00",
        "not toml",
        "a = [" * 5000,
        HEAD,
        HEAD + 'kind = "poem"\ntext = "x"',
        HEAD + 'kind = "note"\ntext = 3',
        HEAD + 'kind = "note"\ntext = "x"\ndistress = 11',
        HEAD + 'kind = "note"\ntext = "x"\ndistress = true',
        HEAD + 'kind = "note"\ntext = "x"\ntags = "one"',
        HEAD + 'kind = "note"\ntext = "x"\ntags = [1]',
        HEAD + 'kind = "note"\ntext = "x"\nabout_day = 2026-11-22T00:00:00Z',
        HEAD + 'kind = "note"\ntext = "x"\ndeleted = "yes"',
        HEAD + 'kind = "note"\ntext = "x"\nparents = ["short"]',
        HEAD + 'kind = "answer"\nexercise = "x"\nrevision = 1\nrows = [1]',
        HEAD + 'kind = "answer"\nexercise = "x"\nrevision = 1\nanswers = 1',
        HEAD + 'kind = "record"\nexercise = "x"\nrevision = 1\nvalues = { a = 1.5 }',
        HEAD + 'kind = "choice"\nname = "x"\nvalue = 1.5',
        HEAD + 'kind = "mark"\nguide = "x"',
        HEAD.replace("format = 1", "format = 0") + 'kind = "note"\ntext = "x"',
        HEAD.replace("format = 1", "format = true") + 'kind = "note"\ntext = "x"',
        HEAD.replace("T02:10:00Z", "T02:10:00") + 'kind = "note"\ntext = "x"',
        HEAD.replace("created = 2026", "created = 0001") + 'kind = "note"\ntext = "x"',
        HEAD.replace(ID, "../../../../etc/passwd") + 'kind = "note"\ntext = "x"',
    ],
)
def test_anything_of_the_wrong_shape_is_malformed_and_nothing_worse(text: str) -> None:
    with pytest.raises(codec.Malformed):
        codec.decode(text.encode())


@given(st.binary(max_size=400))
def test_random_bytes_are_malformed_and_nothing_worse(data: bytes) -> None:
    with pytest.raises(codec.Malformed):
        codec.decode(data)


def test_utc_is_written_as_an_offset_too() -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    assert codec.decode(codec.encode(Entry(ID, REV, "note", moment, moment, Note("x")))).created == moment

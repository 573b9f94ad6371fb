"""TOML and JSON from elsewhere: bounded by its structure, never by what a person wrote in it."""

import tomllib
from contextlib import suppress
from datetime import UTC, datetime
from tomllib import _parser  # type: ignore[attr-defined]

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from trustkit import parsing
from trustkit.model.entry import Draft, Entry, Note
from trustkit.parsing import TooComplex, parse_json, parse_toml
from trustkit.vault import codec

NOW = datetime(2026, 11, 22, 2, 14, 9, tzinfo=UTC)
PIECES = ["a", ".", '"', "'", '"""', "'''", "=", "\n", "\r\n", "[", "]", "{", "}", ",", "#", "\\", " ", "1"]
WORDS = st.one_of(
    st.text(),
    st.lists(st.sampled_from(["a.", "[", "{", "]", '"', '"""', "'''", "'", "\\", "#", "\n", "=", "\r\n", " "])).map(
        "".join
    ),
    st.sampled_from(["a." * 5000, "[" * 5000, "{a=" * 5000, '"' * 50, "'" * 50, "\\" * 51, ",\n" * 500]),
)


@given(text=WORDS, title=WORDS, tag=WORDS)
def test_whatever_a_person_wrote_comes_back(text: str, title: str, tag: str) -> None:
    """Dots, brackets and quotes of a text are no structure, in an entry as in a draft."""
    note = Note(text, title, (tag,))
    entry = Entry("a" * 26, "b" * 10, "note", NOW, NOW, note)
    assert codec.decode(codec.encode(entry)).body == note
    draft = Draft("a" * 26, note, NOW)
    found = codec.decode_draft(codec.encode_draft(draft))
    assert found is not None
    assert found.body == note


@given(words=st.lists(WORDS, max_size=4), multiline=st.booleans(), comment=st.sampled_from(["", "[[a.b", "'''", '"""']))
def test_no_string_and_no_comment_counts_however_it_is_quoted(words, multiline, comment) -> None:
    table = {"list": words, "table": {f"k{at}": word for at, word in enumerate(words)}}
    text = tomli_w.dumps(table, multiline_strings=multiline)
    literal = "".join(f"l{at} = '''{word}'''\n" for at, word in enumerate(words) if _is_literal(word))
    text = f"# {comment} {'a.' * 500}\n{literal}{text}"
    assert parse_toml(text) == tomllib.loads(text)


def _is_literal(word: str) -> bool:
    return "'" not in word and word.isprintable()


SOUP = st.lists(st.sampled_from([*PIECES, "a.a", "=1\n", '="', "b = '", "b = ["])).map("".join)


@settings(max_examples=400)
@given(text=SOUP)
def test_nothing_that_python_reads_as_structure_goes_uncounted(text: str) -> None:
    """Whether valid or not: what `tomllib` comes to before it gives up is in the structure that is measured."""
    keys, values = [0], [0]
    depth = 0
    read_key, read_value = _parser.parse_key, _parser.parse_value

    def parse_key(src, pos):
        pos, key = read_key(src, pos)
        keys.append(len(key) - 1)
        return pos, key

    def parse_value(src, pos, parse_float):
        nonlocal depth
        depth += src[pos : pos + 1] in ("[", "{")
        values.append(depth)
        try:
            return read_value(src, pos, parse_float)
        finally:
            depth -= src[pos : pos + 1] in ("[", "{")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_parser, "parse_key", parse_key)
        patch.setattr(_parser, "parse_value", parse_value)
        with suppress(ValueError):
            tomllib.loads(text)
    structure = parsing._structure(text)
    for bound, most in (("dots", max(keys)), ("brackets", max(values))):
        if most:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(parsing, "DEPTH", most - 1)
                assert parsing._excess(structure) == "nested too deep", bound


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = '''\n\n'''\n" + "a." * 40 + "a = 1", 5),
        ("a = [\n" * 1 + "[\n" * 40, 33),
        ("\n" * 7 + "[" + "a." * 40 + "a]", 8),
        ("a = {" * 40, 1),
    ],
)
def test_where_it_goes_too_deep_is_said_to_the_line(text: str, line: int) -> None:
    with pytest.raises(TooComplex, match="nested too deep") as caught:
        parse_toml(text)
    assert caught.value.line == line


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "9" * 10_000, "", "{"])
def test_json_that_cannot_be_read_is_one_kind_of_error(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - which one it is makes no difference to anybody
        parse_json(text)


@pytest.mark.parametrize("depth", [1, 3, 30])
def test_what_is_within_the_bounds_is_read(depth: int) -> None:
    assert parse_toml("a." * depth + "a = 1")
    assert parse_toml("a = " + "[" * depth + "]" * depth)
    assert parse_toml("a = [\n" + "  [1.5, 2.5, 1e5],\n" * 3000 + "]")

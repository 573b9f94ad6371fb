"""Broken TOML is explained to somebody who has never heard of it."""

import pytest

from trustkit.library.syntax import BrokenError, decode, parse


@pytest.mark.parametrize(
    ("text", "line", "cause"),
    [
        ("title = “A title”", 2, "straight quotes"),
        ("title = ‘A title’", 2, "straight quotes"),
        ("“title” = 'A title'", 2, "no quotes round the key"),
        ('title = "A title', 2, "closing quote on the same line"),
        ("title = A title", 2, "quotes around text"),
        ('title = "A "quoted" title"', 2, "'single quotes' outside"),
        ('title = "C:\\Users"', 2, "no backslash"),
        ('title = "50\\% of it"', 2, "no backslash"),
        ('a = 1\ntext = """\nHello\n', 3, "three closing quotes"),
        ("a = 1\ntext = '''\nHello\n", 3, "three closing quotes"),
        ('text = """one"""\nother = """\ntwo\n""\n', 3, "three closing quotes"),
        ('text = """\nsay "hi"""\nmore\n"""', 4, "closed too early"),
        ("title", 2, "key = value"),
        ('title: "x"', 2, "key = value"),
        ("title =", 2, "a value after ="),
        ("own = True", 2, "small letters"),
        ("own = yes", 2, "small letters"),
        ("updated = 21.11.2026", 2, "a date as in"),
        ("updated = 2026-13-45", 2, "a date as in"),
        ("phone = 0800 123", 2, "stands in quotes"),
        ("a = 1\na = 2", 3, "each key once"),
        ("[t]\n[t]", 3, "each [table] once"),
        ("[step]\n[[step]]", 3, "[[like-this]]"),
        ("[step", 2, "in brackets"),
        ("list = ['a' 'b']", 2, "commas between the items"),
        ("list = ['a', 'b'\nnext = 1", 3, "on the line above"),
        ("a = 1 b = 2", 2, "one key = value on each line"),
    ],
)
def test_the_line_and_the_likely_cause_are_told(text: str, line: int, cause: str) -> None:
    with pytest.raises(BrokenError) as caught:
        parse(f"format = 1\n{text}")
    finding = caught.value.finding
    assert finding.code == "E01"
    assert finding.line == line
    assert f"line {line}, column " in finding.what
    assert finding.found == f"format = 1\n{text}".split("\n")[line - 1].strip()
    assert cause in finding.expected


def test_text_in_another_encoding_is_named_by_its_line() -> None:
    with pytest.raises(BrokenError) as caught:
        decode("one\ntwo\nol\u00e9\n".encode("latin-1"))
    assert caught.value.finding.line == 3
    with pytest.raises(BrokenError):
        decode("format = 1".encode("utf-16"))


@pytest.mark.parametrize("number", ["2", "0", "1.0", "true", '"1"', "[1]"])
def test_another_format_is_refused_by_name(number: str) -> None:
    with pytest.raises(BrokenError) as caught:
        parse(f"format = {number}")
    assert caught.value.finding.code == "E03"
    assert "reads format 1" in caught.value.finding.expected

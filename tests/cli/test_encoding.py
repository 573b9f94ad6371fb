"""Where an encoding lacks a sign, its likeness in ASCII stands there; and no word is broken in a narrow window."""

import io
from collections.abc import Callable

import pytest
from pty_terminal import Terminal

from trustkit.cli import asking, say
from trustkit.cli.encoding import likeness, readable, register
from trustkit.text_width import cells, wrap

from .conftest import Ran


@pytest.mark.parametrize(
    ("text", "ascii"),
    [
        ("10 · numb – or “well”…", '10 - numb - or "well"...'),
        ("• it’s ‘so’ — ok", "* it's 'so' - ok"),
        ("✓ done ○ not yet › ‹ → ← ↑ ↓", "+ done o not yet > < > < ^ v"),
        ("Türkiye, São Tomé, Ærø, Łódź, straße", "Turkiye, Sao Tome, AEro, Lodz, strasse"),
        ("│ ┌─┐ █▌▂", "| +-+ #|#"),
        ("e\u0301 \u00a0x\u2066y\u2069", "e  xy"),
        ("שלום 安", "???? ?"),
    ],
)
def test_each_sign_has_a_likeness_that_can_be_read(text: str, ascii: str) -> None:
    assert readable("ascii", text) == ascii


def test_on_the_screen_every_cell_stays_in_its_place() -> None:
    text = "· – … “x” │ 安 é æ € ✓ e\u0301 ש ▌"
    register(one_for_one=True)
    try:
        assert len(text.encode("ascii", "trustkit.readable")) == cells(text)
    finally:
        register()


def test_an_encoding_keeps_what_it_has() -> None:
    assert readable("latin-1", "é · ß – …") == "é · ß - ..."
    assert likeness("é") == "e"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("words", [("read",), ("support",), ("practice", "list"), ("read", "calm-body"), ("ground",)])
def test_no_verb_prints_a_question_mark_in_place_of_a_sign(
    process: Callable[..., Ran], words: tuple[str, ...], encoding: str
) -> None:
    whole = process(*words, environment={"PYTHONIOENCODING": "utf-8"})
    ran = process(*words, environment={"PYTHONIOENCODING": f"{encoding}:strict"})
    assert ran.code == whole.code == 0
    assert ran.out.count("?") == whole.out.count("?")


def test_the_screen_shows_signs_in_ascii_too() -> None:
    with Terminal("--ghost", size=(80, 24), environment={"PYTHONIOENCODING": "ascii"}) as t:
        t.see("0-9 - x is 10 - n numb")
        t.press("g")
        t.see("minutes to read")
        t.press("^q")
        assert t.wait() == 0
    assert bytes(t.raw).isascii()


@pytest.mark.parametrize("width", [20, 40, 60, 80])
def test_no_word_is_broken_that_fits_a_line_whatever_stands_before_it(width: int) -> None:
    text = "a longer breath out, one line for each part of it"
    for first in ("", "- ", "  trustkit breathe --plain      ", "x" * (width - 3) + " "):
        lines = wrap(text, width, first=first, rest="    ")
        assert [word for word in " ".join(lines).split() if word not in first.split()] == text.split()
        assert all(cells(line) <= width for line in lines if not line.startswith(first.rstrip() or " "))


@pytest.mark.parametrize("size", [(40, 30), (20, 60)])
def test_the_plain_start_breaks_no_word(size: tuple[int, int]) -> None:
    with Terminal(size=size, environment={"TERM": "dumb"}) as t:
        assert t.wait() == 0
        words = set(t.text.split())
        if size[0] == 40:
            assert {"trustkit", "breathe", "--plain", "one", "after", "another", "everything", "else"} <= words
        assert {"everything", "else", "choose", "where", "practise"} <= words


def test_a_question_in_a_narrow_window_stands_on_two_lines_and_the_answer_behind_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(say, "width", lambda: 40)
    assert say.question("A number, or Enter to read it on your own: ") == "A number, or Enter to read it on your\nown: "
    assert say.question("Look for: ") == "Look for: "


def test_after_an_answer_from_a_pipe_the_next_sentence_has_a_line_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("trustkit.cli.say.prompt", asked.append)
    monkeypatch.setattr("trustkit.cli.say.about", asked.append)
    monkeypatch.setattr("sys.stdin", io.StringIO("plum\n"))

    assert asking.line("Look for: ") == "plum"
    assert asked == ["Look for: ", ""]

"""An editor of the reader's own: what it puts in by itself is no part of a page, and an open window is waited for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from trustkit.companion import outside_editor
from trustkit.companion.outside_editor import IN_A_WINDOW, NOT_YET, edit, is_in_use


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside_editor, "place", lambda: tmp_path)


def editor(tmp_path: Path, then: str) -> list[str]:
    """A program that does something with its last argument, called `page`."""
    script = tmp_path / "editor.py"
    script.write_text(f"import sys\npage = sys.argv[-1]\n{then}\n", encoding="utf-8")
    return [sys.executable, str(script)]


@pytest.mark.parametrize(
    ("text", "left", "kept"),
    [
        ("first", b"\xef\xbb\xbffirst\r\nsecond\r\n", "first\nsecond"),
        ("first\nsecond", b"\xef\xbb\xbffirst\r\nsecond\r\n", "first\nsecond"),
        ("first\nsecond\n", b"first\r\nsecond\r\nthird\r\n", "first\nsecond\nthird\n"),
        ("first\r\nsecond\nthird", b"first\r\nsecond\r\nTHIRD\r\n", "first\r\nsecond\nTHIRD"),
        ("first\r\nsecond\r\n", b"first\nSECOND\n", "first\r\nSECOND\r\n"),
        ("\ufefffirst", "\ufefffirst!\n".encode(), "\ufefffirst!"),
        ("first", "\ufeffsecond é\r\n".encode("utf-16-le"), "second é"),
        ("first", "\ufeffsecond\n".encode("utf-16-be"), "second"),
        ("one\u2028two", "one\u2028TWO\n".encode(), "one\u2028TWO"),
        ("first", b"one\rtwo\r", "one\ntwo"),
        ("first", b"no end", "no end"),
    ],
)
def test_what_an_editor_puts_in_by_itself_is_no_part_of_the_page(
    text: str, left: bytes, kept: str, tmp_path: Path
) -> None:
    edited = edit(text, editor(tmp_path, f"open(page, 'wb').write({left!r})"))

    assert (edited.text, edited.finished, edited.guessed) == (kept, True, False)


def test_an_editor_that_comes_back_at_once_is_asked_about_and_its_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def ask(question: str) -> str:
        asked.append(question)
        [page] = tmp_path.glob("trustkit-edit-*/page.txt")
        if len(asked) == 2:
            page.write_text("written in a window\n", encoding="utf-8")
        return "\n"

    monkeypatch.setattr(outside_editor, "_ask", ask)

    assert edit("first", editor(tmp_path, "")).text == "written in a window"
    assert asked == [IN_A_WINDOW, NOT_YET]
    assert not list(tmp_path.glob("trustkit-edit-*"))


@pytest.mark.parametrize("answer", ["n\n", "N\n", "no\n", None])
def test_it_is_left_as_it_was_when_a_person_says_so(
    answer: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside_editor, "_ask", lambda _question: answer)

    assert edit("first", editor(tmp_path, "")).text == "first"


def test_one_that_changed_the_page_and_is_gone_asks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside_editor, "_ask", lambda _question: pytest.fail("it asked"))

    assert edit("first", editor(tmp_path, "open(page, 'w').write('second')")).text == "second"
    assert not edit("first", editor(tmp_path, "sys.exit(3)")).finished


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux says what a program has open")
@pytest.mark.parametrize("how", ["by name", "by handle"])
def test_a_window_that_still_has_the_page_is_noticed(how: str, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("words", encoding="utf-8")
    wait = "import sys; print(flush=True); sys.stdin.read()"
    code, arguments = (wait, [page]) if how == "by name" else (f"f = open({str(page)!r}); {wait}", [])
    assert not is_in_use(page)

    with subprocess.Popen(
        [sys.executable, "-c", code, *map(os.fspath, arguments)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as window:
        assert window.stdout is not None
        window.stdout.readline()
        assert is_in_use(page)
        window.communicate()
    assert not is_in_use(page)

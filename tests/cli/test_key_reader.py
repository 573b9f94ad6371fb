"""Text typed on a terminal key by key: what a person types is taken whole, what the terminal says by itself is not."""

import os
import signal

import pytest

from trustkit.cli import key_reader
from trustkit.cli.key_reader import KeyReader
from trustkit.companion.stopping import Stopped


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(key_reader, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def reader(clock: list[float]):
    made = KeyReader()
    made._echo = os.open(os.devnull, os.O_WRONLY)
    yield made
    os.close(made._echo)


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("a🇩🇪\x7fb", "ab"),
        ("a👨‍👩‍👧‍👦\x7fb", "ab"),
        ("a👍🏽\x7fb", "ab"),
        ("ae\u0301\x7fb", "ab"),
        ("a❤\ufe0f\x7fb", "ab"),
        ("a1\ufe0f\u20e3\x7fb", "ab"),
        ("a🇩🇪🇫🇷\x7fb", "a🇩🇪b"),
        ("a漢字\x7fb", "a漢b"),
        ("one two\x17b", "one b"),
        ("one 👍🏽👍🏽\x15b", "b"),
        ("\x7f\x7fa", "a"),
        ("میخواهم\u200c\u3000\u00a0x", "میخواهم\u200c\u3000\u00a0x"),
        ("a\x1b[Ab\x1bOPc\x1b[1;5Dd", "abcd"),
        ("a\x1b]11;rgb:0000/0000/0000\x07b", "ab"),
        ("a\x1b]11;rgb:0000/0000/0000\x1b\\b", "ab"),
        ("a\x1bP>|XTerm(354)\x1b\\b", "ab"),
        ("a\x1b_Gi=1;OK\x1b\\b", "ab"),
        ("a\x1b[?64;1;2cb\x1b[>1;2;0cc", "abc"),
        ("a\x1b[200~b c\x1b[201~d", "ab cd"),
        ("a\x1b[Ib\x1b[Oc", "abc"),
        ("a\x1b[12\rb", "a\nb"),
        ("a\x1b\rb", "a\nb"),
    ],
)
def test_what_is_typed_is_what_is_taken(keys: str, text: str, reader: KeyReader) -> None:
    for byte in keys.encode():
        reader._take(bytes([byte]))

    assert reader.so_far() == text


@pytest.mark.parametrize("begun", ["", "\x1b", "\x1b[", "\x1b[?64;1", "\x1bO", "\x1bP>|XTerm", "\x1b_G", "\x1b]"])
def test_ctrl_g_hides_in_the_middle_of_any_sequence(begun: str, reader: KeyReader) -> None:
    reader._take(b"words" + begun.encode())

    with pytest.raises(Stopped) as stopped:
        reader._take(b"\x07")

    assert stopped.value.number == signal.SIGINT
    assert reader.so_far() == "words"


@pytest.mark.parametrize("begun", ["\x1b", "\x1b[", "\x1b[?64;1", "\x1b]11;rgb:00", "\x1bP>|XTerm"])
def test_a_sequence_without_an_end_takes_half_a_second_of_typing_at_most(
    begun: str, reader: KeyReader, clock: list[float]
) -> None:
    reader._take(begun.encode())
    clock[0] += 0.6

    reader._take(b"go on")
    assert reader.so_far() == "go on"

    reader._take(begun.encode())
    clock[0] += 0.6
    with pytest.raises(Stopped):
        reader._take(b"\x07")

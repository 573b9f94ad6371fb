"""What comes in from the terminal: keys that protect work in every state, and only a person's typing is typing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message

from trustkit.tui.commands import protective_keys
from trustkit.tui.terminal_input import LATE, PATIENCE, TerminalParser

LONG_TEXT = "a line of what was pasted, and on it goes\r" * 3


class Input:
    """A parser with a clock of its own, and a note of what it made."""

    def __init__(self, **moved: str) -> None:
        self.now = 0.0
        keys = protective_keys(moved)
        self._parser = TerminalParser(keys.__contains__, clock=lambda: self.now)
        self.made: list[str] = []

    def read(self, text: str) -> None:
        """Something is read now."""
        self._note(self._parser.feed(text))
        self._note(self._parser.tick())

    def pause(self, seconds: float) -> None:
        """Time goes by, and the input thread looks at its clock as it does."""
        for _ in range(round(seconds / 0.1)):
            self.now += 0.1
            self._note(self._parser.tick())

    def _note(self, messages: "list[Message] | object") -> None:
        for message in messages:  # type: ignore[attr-defined]
            match message:
                case events.Key():
                    self.made.append(message.key)
                case events.Paste():
                    self.made.append(f"paste {message.text!r}")
                case _:
                    self.made.append(type(message).__name__)


def made_of(*steps: str | float, **moved: str) -> list[str]:
    """The keys, pastes and other messages that come of reads and of pauses in seconds."""
    terminal = Input(**moved)
    for step in steps:
        if isinstance(step, str):
            terminal.read(step)
        else:
            terminal.pause(step)
    return terminal.made


HIDE, LOCK, LEAVE, F8 = "\x07", "\x0c", "\x11", "\x1b[19~"
BEGIN, END = "\x1b[200~", "\x1b[201~"


@pytest.mark.parametrize(
    ("steps", "made"),
    [
        pytest.param([BEGIN + "one\rtwo" + END], ["paste 'one\\rtwo'"], id="a whole paste"),
        pytest.param([BEGIN + "one", 0.1, "two" + END], ["paste 'onetwo'"], id="in two reads"),
        pytest.param([BEGIN + "words\x1b", 0.1, "[201~"], ["paste 'words'"], id="its end split"),
        pytest.param([BEGIN + "words\x1b", 0.5, "[201~", "x"], ["paste 'words'", "x"], id="its end split and late"),
        pytest.param(
            [BEGIN + "words\x1b[20", 0.5, "1~", "x"], ["paste 'words'", "x"], id="its end split late further on"
        ),
        pytest.param([BEGIN + "words", 0.5, END, "x"], ["paste 'words'", "x"], id="its end late"),
        pytest.param([BEGIN + "words", 0.5, "x", "y"], ["paste 'words'", "x", "y"], id="no end"),
        pytest.param([BEGIN, 0.5, "x"], ["x"], id="nothing but a beginning"),
        pytest.param(
            [BEGIN + "words", "x", 0.1, "y", 0.5, "z"], ["paste 'wordsxy'", "z"], id="typed into one without end"
        ),
        pytest.param([BEGIN + "words", *("x", 0.1) * 5], ["paste 'wordsxxxx'", "x"], id="typed without a pause"),
        pytest.param([BEGIN + "words\x1b", 0.5, "x"], ["paste 'words'", "x"], id="esc, and no end"),
        pytest.param([BEGIN + "one" + BEGIN + "two" + END], ["paste 'one'", "paste 'two'"], id="another begins"),
        pytest.param(
            [BEGIN + "one", 0.5, LONG_TEXT, "tail" + END, "x"],
            ["paste 'one'", f"paste {LONG_TEXT!r}", "paste 'tail'", "x"],
            id="the rest after a stall is no typing",
        ),
        pytest.param([BEGIN + "a\x1b[31mred\x1bX" + END], ["paste 'a\\x1b[31mred\\x1bX'"], id="colours in it"),
        pytest.param([BEGIN + "a\x0cb\tc\x00" + END], ["paste 'a\\x0cb\\tc'"], id="a form feed, a tab, a NUL"),
        pytest.param([END, "x"], ["x"], id="an end alone"),
        pytest.param(["\x1b", 0.2, "[201~", "x"], ["escape", "x"], id="an end alone, and split late"),
        pytest.param([BEGIN + "日本\u3000語\u200d" + END], ["paste '日本\\u3000語\\u200d'"], id="other scripts"),
    ],
)
def test_a_paste_arrives_whole_and_never_holds_on_to_what_is_typed(steps: list[str | float], made: list[str]) -> None:
    assert made_of(*steps) == made


STATES = {
    "nothing": [],
    "a paste": [BEGIN + "words"],
    "a paste's end, half": [BEGIN + "words\x1b"],
    "a paste's end, nearly": [BEGIN + "words\x1b[201"],
    "a paste that streams": [BEGIN + "words", "words", "words"],
    "esc": ["\x1b"],
    "a CSI": ["\x1b["],
    "a CSI's numbers": ["\x1b[?64;1"],
    "a mouse report": ["\x1b[<0;10"],
    "an old mouse report": ["\x1b[M "],
    "an OSC": ["\x1b]11;rgb:00"],
    "a DCS": ["\x1bP>|XTerm(3"],
    "an APC": ["\x1b_Gi=1"],
    "an SS3": ["\x1bO"],
    "a paste without an end": [BEGIN + "words", 0.5],
}


@pytest.mark.parametrize("steps", STATES.values(), ids=STATES)
@pytest.mark.parametrize(
    ("key", "name"),
    [
        (HIDE, "ctrl+g"), (LOCK, "ctrl+l"), (LEAVE, "ctrl+q"), (F8, "f8"),
        ("\x1b[103;5u", "ctrl+g"), ("\x1b[27;5;103~", "ctrl+g"), ("\x1b[103;5:1u", "ctrl+g"),
    ],
    ids=["^g", "^l", "^q", "f8", "kitty's ^g", "xterm's ^g", "kitty's ^g pressed"],
)  # fmt: skip
def test_a_key_that_protects_acts_at_once_in_every_state(steps: list[str | float], key: str, name: str) -> None:
    terminal = Input()
    for step in [*steps, 0.2]:
        terminal.read(step) if isinstance(step, str) else terminal.pause(step)

    terminal.read(key)

    assert terminal.made[-1] == name
    assert terminal.made[0].startswith("paste 'words") or "words" not in "".join(map(str, steps))


@pytest.mark.parametrize("stream", ["y\r" * 50 + HIDE + "y\r" * 50, "y\r" * 50 + F8 + "y\r" * 50])
def test_it_acts_in_the_middle_of_what_streams_in_and_nothing_after_it_is_taken_for_typing(stream: str) -> None:
    made = made_of(BEGIN + stream, "y\r" * 50, "more" + END, "x")

    assert made == [f"paste {'y' + chr(13)!r}".replace("y\\r", "y\\r" * 50), made[1], "x"]
    assert made[1] in ("ctrl+g", "f8")


def test_keys_that_a_reader_moved_protect_as_well() -> None:
    assert made_of(BEGIN + "words", 0.2, "\x0b", hide="ctrl+k") == ["paste 'words'", "ctrl+k"]
    assert made_of(BEGIN + "words", 0.2, HIDE, 0.5, hide="f9") == ["paste 'words\\x07'"]


REPLIES = {
    "OSC 10, by BEL": "\x1b]10;rgb:dddd/dddd/dddd\x07",
    "OSC 11, by ST": "\x1b]11;rgb:0000/0000/0000\x1b\\",
    "OSC 4": "\x1b]4;1;rgb:cdcd/0000/0000\x1b\\",
    "OSC 52": "\x1b]52;c;aGVsbG8=\x07",
    "DA1": "\x1b[?64;1;2;6;9;15;18;21;22c",
    "DA2": "\x1b[>41;354;0c",
    "DA3": "\x1bP!|00000000\x1b\\",
    "XTVERSION": "\x1bP>|XTerm(354)\x1b\\",
    "XTGETTCAP": "\x1bP1+r544e=787465726d\x1b\\",
    "DECRQSS": "\x1bP1$r0m\x1b\\",
    "kitty graphics": "\x1b_Gi=31;OK\x1b\\",
    "kitty flags": "\x1b[?25u",
    "kitty release": "\x1b[97;1:3u",
    "kitty arrow release": "\x1b[1;1:3A",
    "light or dark": "\x1b[?997;1n",
    "status": "\x1b[0n",
    "window size": "\x1b[8;24;80t",
    "title": "\x1b]2;title\x1b\\",
    "mode report": "\x1b[?1234;0$y",
    "ANSI mode report": "\x1b[4;2$y",
    "secondary cursor report": "\x1b[?1;1R",
    "urxvt mouse": "\x1b[32;10;10M",
    "far too large": "\x1b[99999999999999;5u",
}


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
def test_what_a_terminal_says_by_itself_is_not_typing_however_it_is_split(reply: str) -> None:
    for at in range(len(reply)):
        made = made_of(*[one for one in (reply[:at], reply[at:]) if one], "x")
        assert made == ["x"], at
        made = made_of(*[step for step in (reply[:at], 0.05, reply[at:]) if step], 1.0, "x")
        assert made == ["x"], at
    assert made_of(*reply, "x") == ["x"]


@pytest.mark.parametrize(
    ("report", "made"),
    [
        ("\x1b[I", ["AppFocus"]),
        ("\x1b[O", ["AppBlur"]),
        ("\x1b[<35;10;5M", ["MouseMove"]),
        ("\x1b[<0;10;5M\x1b[<0;10;5m", ["MouseDown", "MouseUp"]),
        ("\x1b[?2026;2$y", ["TerminalSupportsSynchronizedOutput"]),
        ("\x1b[5;7R", ["CursorPosition"]),
        ("\x1b[97;1:1u", ["a"]),
        ("\x1b[97:65;2:2;65u", ["A"]),
        ("\x1b[1;5:1A", ["ctrl+up"]),
        ("\x1ba", ["alt+a"]),
        ("\x1b\x11", ["escape", "ctrl+q"]),
        ("\x1b\x1b[A", ["escape", "up"]),
        ("\x1b[A\x1b[B\x1bOP", ["up", "down", "f1"]),
    ],
)
def test_reports_that_mean_something_are_told_in_pieces_too(report: str, made: list[str]) -> None:
    assert made_of(report) == made
    assert made_of(*report) == made


@pytest.mark.parametrize("beginning", ["\x1b[?64;1", "\x1b]11;rgb:00", "\x1bP>|XTerm", "\x1b[<0;10"])
def test_a_report_without_an_end_takes_no_more_than_half_a_second_of_typing(beginning: str) -> None:
    assert made_of(beginning, 0.5, "g", "o") == ["g", "o"]


def test_a_sequence_that_came_too_late_is_typing() -> None:
    assert made_of("\x1b", LATE + 1, "[A") == ["escape", "left_square_bracket", "A"]
    assert PATIENCE < 0.5


@pytest.mark.parametrize("sequence", sorted(ANSI_SEQUENCES_KEYS.keys() - {"\x1b\x1b", "\x9b"}), ids=repr)
def test_every_key_that_textual_knows_is_the_same_key_here(sequence: str) -> None:
    theirs = [one.key for one in XTermParser().feed(sequence) if isinstance(one, events.Key)]
    if sequence == "\x1b":
        theirs = ["escape"]

    ours = [one for one in made_of(sequence, 0.2) if one != "CursorPosition"]  # theirs makes that of shift+f3, too
    assert ours == [key for key in theirs if key != Keys.Ignore]


@given(
    st.lists(
        st.sampled_from(
            [*REPLIES.values(), BEGIN + "some words" + END, "a", "é", "日", "\r", "\x07", "\x1b[A", "\x1bOP"]
        )
    ),
    st.data(),
)
def test_where_the_reads_fall_changes_nothing(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)))))

    split = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]

    assert made_of(*[one for one in split if one]) == made_of(text)


@given(st.text(st.sampled_from("\x1b[]PO_G0123;?<>~mMuRc\x07\x0c\\ x200~201~"), max_size=60))
def test_nothing_that_comes_in_breaks_it_or_holds_it_up(noise: str) -> None:
    terminal = Input()
    for start in range(0, len(noise), 7):
        terminal.read(noise[start : start + 7])
    terminal.pause(0.5)

    terminal.read(HIDE)

    assert terminal.made[-1] == "ctrl+g"

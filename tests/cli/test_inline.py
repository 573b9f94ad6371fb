"""A breath in the ordinary terminal: drawn in a few lines, put away without a trace, or read out line by line."""

import io
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyte
import pytest

from trustkit.cli.inline import run_inline
from trustkit.cli.inline_drawing import LINES
from trustkit.model.breath import LAPSE
from trustkit.model.exercise import Breathing, Phase
from trustkit.text_width import cells

ROOT = Path(__file__).parents[2]
LONG_OUT = Breathing(2, (Phase("in", 4, "Breathe in"), Phase("out", 6, "Let it go slowly")))
TITLE = "A longer breath out"
CAUTION = "Small and gentle. Dizzy or more uneasy? Go back to your usual breath and look round the room instead."
BEFORE = "what stood here before"
COLOUR = {"TERM": "xterm-256color"}


class Out(io.StringIO):
    """A terminal to draw on, or to read lines from."""

    def __init__(self, size: tuple[int, int], encoding: str = "utf-8", terminal: bool = True) -> None:
        super().__init__()
        self.screen = pyte.Screen(*size)
        self.stream = pyte.Stream(self.screen)
        self.stream.feed(f"{BEFORE}\r\n")
        self._encoding, self._terminal = encoding, terminal

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding

    def isatty(self) -> bool:
        return self._terminal

    def write(self, text: str) -> int:
        self.stream.feed(text)
        return super().write(text)

    @property
    def rows(self) -> list[str]:
        return [row.rstrip() for row in self.screen.display]


class Play:
    """A practice played in a time of its own. `at` says what happens when so many seconds have passed."""

    def __init__(self, size: tuple[int, int] = (80, 24), **how: Any) -> None:
        self.size = size
        self.out = Out(size, how.pop("encoding", "utf-8"), how.pop("terminal", True))
        self.how = {"environment": COLOUR, "lead": 0.0, "title": TITLE, "caution": CAUTION, **how}
        self.seconds = 0.0
        self.slept: list[float] = []
        self.typed = ""
        self.events: list[tuple[float, Callable[[], object]]] = []
        self.finished: bool | None = None

    def at(self, seconds: float, event: Callable[[], object]) -> "Play":
        self.events.append((seconds, event))
        self.events.sort(key=lambda pair: pair[0])
        return self

    def press_at(self, seconds: float, key: str) -> "Play":
        return self.at(seconds, lambda: setattr(self, "typed", self.typed + key))

    def screen_at(self, *moments: float) -> list[list[str]]:
        """Play it; the rows on screen at each of these moments."""
        seen: list[list[str]] = []
        for moment in moments:
            self.at(moment, lambda: seen.append(self.out.rows))
        self.run()
        return seen

    def run(self, pattern: Breathing = LONG_OUT) -> "Play":
        self.finished = run_inline(
            pattern,
            out=self.out,
            clock=lambda: self.seconds,
            sleep=self._sleep,
            keys=self._keys,
            size=lambda: self.size,
            **self.how,
        )
        return self

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        until = self.seconds + seconds
        while self.events and self.events[0][0] <= until + 1e-9:
            moment, event = self.events.pop(0)
            self.seconds = max(self.seconds, moment)
            event()
            if self.typed:
                return  # a key ends the wait
        self.seconds = max(self.seconds, until)

    def _keys(self) -> str:
        typed, self.typed = self.typed, ""
        return typed


def block(rows: list[str]) -> list[str]:
    """What is drawn beneath what stood there before."""
    assert rows[0] == BEFORE
    below = rows[1:]
    while below and not below[-1]:
        below.pop()
    return below


# -- drawn ------------------------------------------------------------------------------------------


def test_the_breath_is_drawn_in_six_lines_with_its_caution_always_in_sight() -> None:
    for rows in Play().screen_at(0.5, 4.0, 12.0):
        drawn = block(rows)
        assert len(drawn) <= LINES
        assert " ".join(CAUTION.split()) in " ".join(" ".join(row[14:] for row in drawn).split())


def test_words_and_count_stand_beside_the_figure() -> None:
    early, late = Play().screen_at(2.5, 17.5)
    assert any("Breathe in   2" in row for row in early)
    assert any("Round 1 of 2 · 0:18 left" in row for row in early)
    assert any("Let it go slowly   3" in row for row in late)
    assert any("Round 2 of 2 · 0:03 left" in row for row in late)


AT_80_BY_24 = """\
   ·▁▂▂▂▁·     A longer breath out
  ▁▆█████▆▁    Let it go slowly   5
 ·█████████·   Round 1 of 2 · 0:15 left
 ·█████████·   Small and gentle. Dizzy or more uneasy? Go back to your usual
  ▇▂█████▂▇    breath and look round the room instead.
   ·▇▆▆▆▇·     space pauses · q stops · ^g hides"""


def test_the_picture_at_80_by_24() -> None:
    (rows,) = Play().screen_at(5.63)
    assert "\n".join(block(rows)) == AT_80_BY_24


def test_the_orb_grows_and_shrinks() -> None:
    def size(rows: list[str]) -> int:
        return sum(glyph not in " ·" for row in block(rows) for glyph in row[:13])

    empty, half, full, shrunk = (size(rows) for rows in Play().screen_at(0.1, 2.0, 4.0, 7.0))
    assert empty < half < full
    assert shrunk == half


@pytest.mark.parametrize("size", [(80, 24), (40, 15), (30, 6), (20, 5), (5, 2), (2, 1), (200, 60)])
@pytest.mark.parametrize("figure", ["orb", "bar", "words"])
def test_nothing_is_wider_or_taller_than_the_window(size: tuple[int, int], figure: str) -> None:
    play = Play(size, figure=figure)
    play.out.screen.reset()
    play.run()
    assert play.finished is True
    assert play.out.rows == [""] * size[1]


def test_a_narrow_window_has_a_bar_and_keeps_the_caution_whole() -> None:
    (rows,) = Play((40, 15)).screen_at(2.02)
    drawn = block(rows)
    assert drawn[0] == "█" * 19 + "▌" + "─" * 19
    assert "Breathe in   2" in drawn[1]
    assert " ".join(drawn).endswith(CAUTION)


def test_still_means_that_only_words_change_once_a_second_at_most() -> None:
    play = Play(still=True).run()
    assert all(seconds == pytest.approx(1.0) for seconds in play.slept)
    early, late = Play(still=True).screen_at(0.5, 3.5)
    assert [row[:13] for row in early] == [row[:13] for row in late]
    assert early != late


def test_the_system_can_ask_for_stillness() -> None:
    play = Play(environment={**COLOUR, "TEXTUAL_ANIMATIONS": "none"}).run()
    assert all(seconds == pytest.approx(1.0) for seconds in play.slept)


def test_frames_come_twenty_times_a_second_and_send_only_what_changed() -> None:
    play = Play().run()
    assert max(play.slept) <= 1 / 20 + 1e-6
    assert len(play.out.getvalue()) / 20 < 6000


def test_each_frame_is_shown_at_once() -> None:
    sent = Play().run().out.getvalue()
    assert sent.count("\x1b[?2026h") == sent.count("\x1b[?2026l") > 100


def test_phases_begin_when_the_clock_says_so() -> None:
    just_before, just_after = Play().screen_at(13.98, 14.001)
    assert any("Breathe in   1" in row for row in just_before)
    assert any("Let it go slowly   6" in row for row in just_after)


def test_there_is_a_quiet_lead() -> None:
    (rows,) = Play(lead=3.0).screen_at(0.5)
    assert any("When you like …   3" in row for row in rows)


def test_without_colour_the_shape_is_the_same() -> None:
    plain = Play(environment={**COLOUR, "NO_COLOR": "1"})
    (rows,) = plain.screen_at(2.0)
    (coloured,) = Play().screen_at(2.0)
    assert rows == coloured
    assert "38;5" not in plain.out.getvalue()
    assert "\x1b[36m" not in plain.out.getvalue()


@pytest.mark.parametrize("how", [{"ascii": True}, {"encoding": "ascii"}, {"environment": {"TERM": "linux"}}])
def test_a_terminal_without_the_characters_gets_ascii(how: dict[str, Any]) -> None:
    for figure in ("orb", "bar"):
        play = Play(figure=figure, lead=3.0, **how).run()
        assert play.out.getvalue().isascii()


def test_text_that_could_command_the_terminal_is_only_text() -> None:
    pattern = Breathing(1, (Phase("in", 4, "\x1b[2JIn"), Phase("out", 4, "Out")))
    play = Play(title="\x1b]0;owned\x07Title", caution="\x1b[?1049hCaution").run(pattern)
    sent = play.out.getvalue()
    assert "\x1b[2J" not in sent
    assert "\x1b]0" not in sent
    assert "\x1b[?1049h" not in sent


# -- held and stopped -------------------------------------------------------------------------------


def test_space_holds_the_breath_and_lets_it_go_on() -> None:
    play = Play().press_at(2.5, " ").press_at(62.5, " ")
    held, gone_on = play.screen_at(30.0, 64.1)
    assert any("Paused" in row for row in held)
    assert any("Breathe as you like. 0:18 left" in row for row in held)
    assert any("Let it go slowly   6" in row for row in gone_on)
    assert play.finished is True
    assert play.seconds == pytest.approx(80.0)


@pytest.mark.parametrize("key", ["q", "Q", "\x1b"])
def test_q_and_esc_stop_and_leave_nothing_behind(key: str) -> None:
    play = Play().press_at(5.0, key).run()
    assert play.finished is False
    assert play.seconds == pytest.approx(5.0)
    assert block(play.out.rows) == []


@pytest.mark.parametrize("key", ["\x1b[A", "x", "\r", "\x1bOP"])
def test_other_keys_do_nothing(key: str) -> None:
    assert Play().press_at(5.0, key).run().finished is True


def test_at_the_end_the_screen_is_as_it_was() -> None:
    play = Play().run()
    assert play.finished is True
    assert block(play.out.rows) == []
    assert (play.out.screen.cursor.x, play.out.screen.cursor.y) == (0, 1)
    assert not play.out.screen.cursor.hidden
    assert "\x1b[?1049" not in play.out.getvalue()


def test_ctrl_c_is_heard_and_leaves_the_screen_clean() -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    play = Play().at(5.0, interrupt)
    with pytest.raises(KeyboardInterrupt):
        play.run()
    assert block(play.out.rows) == []
    assert not play.out.screen.cursor.hidden


def test_a_terminal_that_went_away_ends_the_practice_quietly() -> None:
    def gone() -> None:
        raise OSError(5, "Input/output error")

    assert Play().at(5.0, gone).run().finished is False


def test_a_window_that_changes_its_size_is_drawn_anew() -> None:
    play = Play()

    def narrow() -> None:
        play.size = (40, 24)
        play.out.screen.resize(24, 40)
        os.kill(os.getpid(), signal.SIGWINCH)

    (rows,) = play.at(2.0, narrow).screen_at(2.2)
    assert "Breathe in   2" in block(rows)[1]
    assert block(play.out.rows) == []


def test_time_in_which_the_process_stood_still_is_no_part_of_the_breath() -> None:
    play = Play()
    (rows,) = play.at(2.5, lambda: setattr(play, "seconds", play.seconds + LAPSE + 600)).screen_at(LAPSE + 602.6)
    assert any("Breathe in   2" in row for row in rows)


def test_signal_handlers_are_given_back() -> None:
    signals = (signal.SIGTERM, signal.SIGHUP, signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH, signal.SIGINT)
    before = [signal.getsignal(number) for number in signals]
    Play().press_at(1.0, "q").run()
    assert [signal.getsignal(number) for number in signals] == before
    assert signal.set_wakeup_fd(-1) == -1


# -- read out ---------------------------------------------------------------------------------------

READ_OUT = f"""\
{TITLE}
{CAUTION}
Breathe in, 4 seconds
Let it go slowly, 6 seconds
Breathe in, 4 seconds
Let it go slowly, 6 seconds
Done.
"""


@pytest.mark.parametrize("how", [{"plain": True, "terminal": False}, {"terminal": False}], ids=["asked for", "a pipe"])
def test_plain_is_one_line_a_phase(how: dict[str, Any]) -> None:
    play = Play(**how).run()
    assert play.finished is True
    assert play.out.getvalue() == READ_OUT
    assert play.seconds == pytest.approx(20.0)


def test_a_dumb_terminal_gets_plain_lines_that_break_between_words() -> None:
    sent = Play((40, 15), environment={"TERM": "dumb"}).run().out.getvalue()
    assert "\x1b" not in sent
    assert max(cells(line) for line in sent.splitlines()) <= 40
    assert " ".join(sent.split()) == " ".join(READ_OUT.split())


def test_each_line_comes_when_its_phase_begins() -> None:
    play = Play(plain=True, terminal=False)
    told: list[tuple[float, int]] = []
    for moment in (0.5, 3.9, 4.1, 9.9, 10.1, 19.9):
        play.at(moment, lambda moment=moment: told.append((moment, play.out.getvalue().count("seconds"))))
    play.run()
    assert told == [(0.5, 1), (3.9, 1), (4.1, 2), (9.9, 2), (10.1, 3), (19.9, 4)]


def test_a_screen_reader_is_done_with_the_caution_before_the_first_breath() -> None:
    play = Play(plain=True, terminal=False, lead=3.0)
    told: list[int] = []
    words = len(f"{TITLE} {CAUTION}".split())
    play.at(words / 4, lambda: told.append(play.out.getvalue().count("Breathe in,"))).run()
    assert told == [0]
    assert play.out.getvalue() == READ_OUT


def test_a_reader_who_closes_the_pipe_is_told_nothing() -> None:
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        run_inline(LONG_OUT, TITLE, out=Closed(), sleep=lambda _: None, lead=0.0)


def test_a_pattern_that_cannot_be_breathed_draws_nothing() -> None:
    play = Play()
    with pytest.raises(ValueError, match="breath"):
        play.run(Breathing(1, (Phase("in", 4, "In"),)))
    assert play.out.getvalue() == ""

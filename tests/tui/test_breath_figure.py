"""The breathing figure on screen: it keeps time, it can be held, and it rests when nobody can see it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any

import pytest
from fake_time import FakeTime
from textual import on
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen

from trustkit.model.breath import LAPSE, LEAD, breath_at
from trustkit.model.breath_words import words
from trustkit.model.exercise import Breathing, Phase
from trustkit.tui.widgets.breath_bar import BreathBar
from trustkit.tui.widgets.breath_figure import BreathFigure
from trustkit.tui.widgets.breath_orb import BreathOrb
from trustkit.tui.widgets.breath_words import BreathWords

LONG_OUT = Breathing(8, (Phase("in", 4, "Breathe in"), Phase("out", 6, "Let it go slowly")))


class Host(App[None]):
    """An app with nothing in it but the figure."""

    def __init__(self, figure: BreathFigure) -> None:
        super().__init__()
        self.figure = figure
        self.told: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.figure

    @on(BreathFigure.PhaseChanged)
    def note_phase(self, event: BreathFigure.PhaseChanged) -> None:
        self.told.append(f"{event.round} {event.phase.say}")

    @on(BreathFigure.Finished)
    def note_end(self) -> None:
        self.told.append("finished")


class Shown:
    """A figure on a screen, in a time of its own."""

    def __init__(self, figure: BreathFigure, app: Host, pilot: Pilot[None], time: FakeTime) -> None:
        self.figure, self.app, self.pilot, self.time = figure, app, pilot, time

    async def after(self, seconds: float) -> str:
        """Let so many seconds pass; what the words say then."""
        await self.time.advance(seconds)
        await self.pilot.pause()
        return " ".join(f"{self.figure.words.main} {self.figure.words.count}".split())

    @property
    def screen(self) -> list[str]:
        """The text of every line on screen."""
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]


@asynccontextmanager
async def shown(
    breathing: Breathing = LONG_OUT, rounds: int | None = None, *, size: tuple[int, int] = (80, 24), **how: Any
) -> AsyncIterator[Shown]:
    time = FakeTime()
    how.setdefault("look", "ascii")
    figure = BreathFigure(breathing, rounds, clock=time.now, sleep=time.sleep, **how)
    app = Host(figure)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Shown(figure, app, pilot, time)


async def test_nothing_moves_before_it_is_started() -> None:
    async with shown() as view:
        assert await view.after(60) == ""
        assert not view.time.awaited
        assert view.figure.fullness == 0.0


async def test_after_a_quiet_lead_every_phase_and_every_count_comes_in_its_turn() -> None:
    async with shown() as view:
        view.figure.start()
        said = [await view.after(0)] + [await view.after(1) for _ in range(14)]
        assert said == [
            *("When you like … 3", "When you like … 2", "When you like … 1"),
            *("Breathe in 4", "Breathe in 3", "Breathe in 2", "Breathe in 1"),
            *(f"Let it go slowly {count}" for count in (6, 5, 4, 3, 2, 1)),
            *("Breathe in 4", "Breathe in 3"),
        ]


async def test_words_count_and_time_left_stand_on_screen_beside_the_figure() -> None:
    async with shown() as view:
        view.figure.start()
        await view.after(LEAD + 26)
        lines = view.screen
        assert lines[-2].strip() == "Let it go slowly   4"
        assert lines[-1].strip() == "Round 3 of 8 · 0:54 left"
        assert any("OOOO" in line for line in lines)


async def test_the_figure_is_as_full_as_the_breath() -> None:
    async with shown() as view:
        view.figure.start()
        await view.after(LEAD)
        seen = [view.figure.fullness]
        for _ in range(5):
            await view.after(2)
            seen.append(view.figure.fullness)
        assert seen == pytest.approx([0.0, 0.5, 1.0, 0.75, 0.25, 0.0], abs=1e-6)


async def test_it_tells_of_each_phase_once_and_of_the_end_once() -> None:
    async with shown(rounds=2) as view:
        view.figure.start()
        assert await view.after(LEAD + 20) == "Done."
        await view.after(60)
        assert view.app.told == [
            *("1 Breathe in", "1 Let it go slowly", "2 Breathe in", "2 Let it go slowly", "finished"),
        ]
        assert not view.time.awaited
        assert view.figure.breath.done


async def test_a_pause_holds_the_breath_where_it_is_and_it_goes_on_from_there() -> None:
    async with shown() as view:
        view.figure.start()
        assert await view.after(LEAD + 2.5) == "Breathe in 2"
        held = view.figure.fullness
        view.figure.pause()
        assert await view.after(0) == "Paused"
        assert await view.after(100) == "Paused"
        assert not view.time.awaited
        assert view.figure.fullness == held
        view.figure.paused = False
        assert await view.after(0) == "Breathe in 2"
        assert await view.after(1.4) == "Breathe in 1"
        assert await view.after(0.1) == "Let it go slowly 6"


async def test_stopping_ends_all_motion_and_tells_where_the_breath_was() -> None:
    async with shown() as view:
        view.figure.start()
        await view.after(LEAD + 12)
        breath = view.figure.stop()
        assert (breath.round, breath.elapsed) == (2, 12.0)
        assert await view.after(30) == ""
        assert view.figure.fullness == 0.0
        assert not view.time.awaited
        assert "finished" not in view.app.told


async def test_once_more_begins_at_the_beginning() -> None:
    async with shown(rounds=1) as view:
        view.figure.start()
        assert await view.after(LEAD + 10) == "Done."
        view.figure.start()
        assert await view.after(0) == "When you like … 3"
        assert await view.after(LEAD + 10) == "Done."
        assert view.app.told.count("finished") == 2


async def test_starting_again_in_the_middle_leaves_one_breath_not_two() -> None:
    async with shown() as view:
        view.figure.start()
        await view.after(LEAD + 5)
        view.figure.start()
        assert await view.after(LEAD + 1) == "Breathe in 3"
        assert len(view.time._waiting()) == 1


async def test_starting_again_while_it_sleeps_wakes_it_for_the_new_lead() -> None:
    coherent = Breathing(5, (Phase("in", 5.5, "In"), Phase("out", 5.5, "Out")))
    async with shown(coherent, still=True) as view:
        view.figure.start()
        await view.after(LEAD)
        view.figure.start()
        assert await view.after(1.0) == "When you like … 2"


# -- time -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rounds", "how"), [(3, {}), (61, {"still": True})], ids=["moving", "ten minutes, still"])
async def test_phases_end_within_20_ms_of_the_clock_however_late_the_frames_are(
    rounds: int, how: dict[str, bool]
) -> None:
    async with shown(rounds=rounds, **how) as view:
        view.time.late = 0.015
        view.figure.start()
        begun = view.time.now() + LEAD
        for number in range(2 * rounds):
            end = 10.0 * (number // 2) + (10.0 if number % 2 else 4.0)
            await view.time.advance(begun + end - 0.001 - view.time.now())
            assert view.figure.words.main == ("Let it go slowly" if number % 2 else "Breathe in")
            await view.time.advance(0.021)
            assert view.figure.words.main != ("Let it go slowly" if number % 2 else "Breathe in")
        assert view.figure.words.main == "Done."


async def test_time_in_which_the_whole_process_stood_still_is_no_part_of_the_breath() -> None:
    async with shown() as view:
        view.figure.start()
        assert await view.after(LEAD + 2.5) == "Breathe in 2"
        await view.time.leap(LAPSE + 300)
        assert await view.after(0) == "Breathe in 2"
        assert view.figure.breath.round == 1


async def test_frames_lost_under_load_are_skipped() -> None:
    async with shown() as view:
        view.figure.start()
        await view.after(LEAD + 2.0)
        await view.time.leap(LAPSE - 1)
        assert await view.after(0) == "Let it go slowly 4"


async def test_a_figure_under_another_screen_waits_for_its_reader() -> None:
    async with shown() as view:
        view.figure.start()
        assert await view.after(LEAD + 1.5) == "Breathe in 3"
        await view.app.push_screen(Screen())
        await view.pilot.pause()
        await view.after(120)
        assert not view.time.awaited
        await view.app.pop_screen()
        assert await view.after(0) == "Breathe in 3"
        assert await view.after(1.0) == "Breathe in 2"


async def test_a_reader_who_paused_before_looking_elsewhere_finds_it_paused() -> None:
    async with shown() as view:
        view.figure.start()
        await view.after(LEAD + 1.5)
        view.figure.pause()
        await view.app.push_screen(Screen())
        await view.pilot.pause()
        await view.app.pop_screen()
        assert await view.after(30) == "Paused"


async def test_a_screen_that_lets_it_shine_through_does_not_hold_the_breath() -> None:
    async with shown() as view:
        view.figure.start()
        await view.after(LEAD + 1.5)
        await view.app.push_screen(ModalScreen[None]())
        await view.pilot.pause()
        assert await view.after(1.0) == "Breathe in 2"


async def test_a_suspended_program_holds_the_breath() -> None:
    async with shown() as view:
        view.figure.start()
        await view.after(LEAD + 1.5)
        view.app.app_suspend_signal.publish(view.app)
        await view.time.leap(2.0)
        assert view.figure.breath.elapsed == pytest.approx(1.5)
        view.app.app_resume_signal.publish(view.app)
        assert await view.after(0.5) == "Breathe in 2"


async def test_a_hidden_figure_holds_the_breath() -> None:
    async with shown() as view:
        view.figure.start()
        await view.after(LEAD + 1.5)
        view.figure.display = False
        await view.pilot.pause()
        await view.after(60)
        assert not view.time.awaited
        view.figure.display = True
        await view.pilot.pause()
        assert await view.after(0.5) == "Breathe in 2"


async def test_a_figure_that_is_removed_leaves_no_one_waiting() -> None:
    async with shown() as view:
        view.figure.start()
        await view.after(LEAD + 1)
        await view.figure.remove()
        await view.after(0)
        assert not view.time.awaited


# -- other figures ----------------------------------------------------------------------------------


async def test_still_means_that_nothing_moves_and_words_change_once_a_second_at_most() -> None:
    coherent = Breathing(5, (Phase("in", 5.5, "In"), Phase("out", 5.5, "Out")))
    async with shown(coherent, still=True) as view:
        view.figure.start()
        await view.after(LEAD)
        orb = view.figure.query_one(BreathOrb)
        figure = [orb.render_line(y).text for y in range(orb.size.height)]
        seen: list[tuple[float, str, str]] = []
        for tick in range(220):
            words = view.figure.words
            if not seen or seen[-1][1:] != (words.main + words.count, words.below):
                seen.append((tick / 20, words.main + words.count, words.below))
            await view.time.advance(1 / 20)
        assert [orb.render_line(y).text for y in range(orb.size.height)] == figure
        assert [said for _, said, _ in seen] == [f"{do}{count}" for do in ("In", "Out") for count in (5, 4, 3, 2, 1)]
        moments = [moment for moment, _, _ in seen]
        assert all(later - sooner >= 1.0 for sooner, later in pairwise(moments))


async def test_the_system_can_ask_for_stillness() -> None:
    async with shown() as view:
        view.app.animation_level = "none"
        view.figure.start()
        await view.after(LEAD)
        before = view.figure.fullness
        assert await view.after(2) == "Breathe in 2"
        assert view.figure.fullness == before


async def test_a_bar_can_stand_in_for_the_orb() -> None:
    async with shown(figure="bar") as view:
        view.figure.start()
        await view.after(LEAD + 2)
        bar = view.figure.query_one(BreathBar)
        assert bar.render_line(0).text.strip() == "#" * 24 + "-" * 24
        assert view.screen[-1] == ""
        assert not view.figure.query(BreathOrb)


async def test_words_alone_are_enough() -> None:
    async with shown(figure="words") as view:
        view.figure.start()
        assert await view.after(LEAD + 5) == "Let it go slowly 5"
        assert view.figure.fullness is None
        assert [line.strip() for line in view.screen if line] == ["Let it go slowly   5", "Round 1 of 8 · 1:15 left"]


# -- sizes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figure", "look"), [("orb", "colour"), ("orb", "blocks"), ("bar", "colour"), ("bar", "ascii"), ("words", "ascii")]
)
@pytest.mark.parametrize("size", [(200, 60), (40, 15), (20, 5), (5, 2), (3, 1)])
async def test_every_figure_plays_in_every_size_and_every_look(figure: str, look: str, size: tuple[int, int]) -> None:
    async with shown(size=size, figure=figure, look=look) as view:
        view.figure.start()
        await view.after(LEAD + 4.5)
        assert max(len(line) for line in view.screen) <= size[0]
        assert any("6" in line for line in view.screen)


async def test_at_40_by_15_everything_is_there() -> None:
    async with shown(size=(40, 15)) as view:
        view.figure.start()
        await view.after(LEAD + 4)
        assert "\n".join(view.screen) == AT_40_BY_15


AT_40_BY_15 = """\
               .=+****+=.
            -*oOOOOOOOOOOo*-
          .*OOOOOOOOOOOOOOOO*.
         .OOOOOOOOOOOOOOOOOOOO.
         OOOOOOOOOOOOOOOOOOOOOO
        -OOOOOOOOOOOOOOOOOOOOOO-
        -OOOOOOOOOOOOOOOOOOOOOO-
         OOOOOOOOOOOOOOOOOOOOOO
         .OOOOOOOOOOOOOOOOOOOO.
          .*OOOOOOOOOOOOOOOO*.
            -*oOOOOOOOOOOo*-
               .=+****+=.

          Let it go slowly   6
        Round 1 of 8 · 1:16 left"""


async def test_a_window_that_changes_its_size_finds_the_breath_where_it_is() -> None:
    async with shown(look="colour") as view:
        view.figure.start()
        await view.after(LEAD + 1)
        for size in ((5, 2), (120, 40), (40, 15), (1, 1), (80, 24)):
            await view.pilot.resize_terminal(*size)
            await view.after(0.2)
        assert view.figure.words.main == "Breathe in"
        assert view.figure.fullness == pytest.approx(0.5, abs=1e-6)
        assert view.screen[-2].strip() == "Breathe in   2"


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (40, ("Let it go slowly   6", "Round 1 of 8 · 1:16 left")),
        (18, ("Let it go slowly 6", "1:16 left")),
        (10, ("Let it… 6", "1:16 left")),
        (3, ("… 6", "1:…")),
        (1, ("6", "…")),
    ],
)
def test_words_that_do_not_fit_keep_their_number(width: int, lines: tuple[str, str]) -> None:
    beside = BreathWords()
    beside.say(words(LONG_OUT, breath_at(LONG_OUT, 4.0, 8), 8))
    assert beside.lines(width) == lines


async def test_a_pattern_that_cannot_be_breathed_is_refused_before_anything_is_shown() -> None:
    with pytest.raises(ValueError, match="breath"):
        BreathFigure(Breathing(1, (Phase("in", 4, "In"),)))

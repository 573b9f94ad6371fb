"""Timers run their spans, say whose turn it is, ring only if wanted, and keep nothing but numbers and dates."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from trustkit.companion import Companion
from trustkit.model.entry import Record
from trustkit.model.exercise import Field, Span, Timer
from trustkit.tui.players.timer import Spans

Playing = Callable[..., Any]

IN_TURNS = Timer(
    (
        Span("Speak", 300, "Say it from your side.", who="one", bell=True),
        Span("Mirror", 120, who="two", bell=True),
        Span("Close", 60, who="both"),
    )
)


def spans(play: Any) -> Spans:
    found: Spans = play.app.screen.query_one(Spans)
    return found


async def pass_time(play: Any, seconds: float) -> None:
    """Let it pass in steps, as it does."""
    while seconds > 0:
        play.forward(min(4.0, seconds))
        seconds -= 4.0
        for running in play.app.screen.query(Spans):
            running.look()
    await play.rest()


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    from trustkit.tui.app import TrustkitApp

    heard: list[str] = []
    monkeypatch.setattr(TrustkitApp, "bell", lambda _: heard.append("ding"))
    return heard


async def test_ride_the_urge_plays_from_its_name_to_its_choice(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ride-the-urge") as play:
        await play.until("5 parts, 10:00", "How are you right now?")
        await play.press("7")
        for number, title in enumerate(
            ("Give it a name", "Find it in your body", "Watch", "Go on watching", "Look again, then choose"), 1
        ):
            await play.until(f"{number} of 5", title)
            await play.press("enter")
        await play.until("How are you right now?")
        await play.press("5")
        await play.until("From 7 to 5.")


async def test_a_span_gives_way_to_the_next_when_its_time_is_over(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ride-the-urge", body=IN_TURNS, at_once=True) as play:
        await play.until("One of you: Speak", "1 of 3 · 8:00 in all", "5:00", "Say it from your side.")
        await pass_time(play, 290)
        await play.until("1 of 3 · 3:10 in all", "0:10")
        await pass_time(play, 12)
        await play.until("The other: Mirror", "2 of 3")
        await pass_time(play, 120)
        await play.until("Both of you: Close")
        await pass_time(play, 60)
        await play.until("Done.")


@pytest.mark.parametrize(("bell", "rings"), [("off", 0), ("soft", 2)])
async def test_the_bell_rings_only_where_it_is_wanted(
    opened: Companion, playing: Playing, rung: list[str], bell: str, rings: int
) -> None:
    opened.settings = replace(opened.settings, bell=bell)
    async with playing(opened, "ride-the-urge", body=IN_TURNS, at_once=True) as play:
        for span in IN_TURNS.spans:
            await pass_time(play, span.seconds + 4)
        await play.until("Done.")
    assert len(rung) == rings


async def test_the_bell_is_off_until_somebody_wants_it(opened: Companion) -> None:
    assert opened.settings.bell == "off"


async def test_time_can_be_held(opened: Companion, playing: Playing) -> None:
    async with playing(opened, "ride-the-urge", at_once=True) as play:
        await pass_time(play, 20)
        await play.press("space")
        await play.until("1:40  held, space goes on")
        play.forward(900)
        spans(play).look()
        await play.rest()
        await play.until("1:40  held")
        await play.press("space")
        await pass_time(play, 40)
        await play.until("1:00")


async def test_of_what_is_noted_at_the_end_only_numbers_and_dates_are_kept(opened: Companion, playing: Playing) -> None:
    opened.choose("keep-practices", True)
    fields = (
        Field("strong", "How strong is it now?", "scale", low="gone", high="very"),
        Field("words", "What was underneath?", "text", optional=True),
    )
    async with playing(opened, "ride-the-urge", body=replace(IN_TURNS, fields=fields)) as play:
        await play.press("7", "enter", "enter", "enter")
        await play.until("How strong is it now?")
        await play.press("3", "enter")
        await play.type("a secret wish")
        await play.choose("That's all")
        await play.press("5", "enter")
        await play.settled()
        assert play.is_over
        assert not play.holds("a secret wish")
    (record,) = opened.vault.events("record")
    assert isinstance(record.body, Record)
    assert dict(record.body.values) == {"strong": 3}

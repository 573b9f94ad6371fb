"""Patterns: what was kept, read out in words; no streak, no score, and nothing about fewer than three."""

import re
from datetime import timedelta

import pytest
from app_driver import Driver, driving

from trustkit.companion import Companion
from trustkit.errors import ReadError
from trustkit.model.entry import Distress, Note, Practice, Record
from trustkit.tui.screens.patterns import gathered, page_of
from trustkit.tui.widgets.leaf import Leaf


def practise(companion: Companion, days: int, before: Distress | None, after: Distress | None, **more: bool) -> None:
    began = companion.clock() - timedelta(days=days)
    run = Practice("breath-long-out", 1, began, began + timedelta(minutes=3), before, after)
    companion.vault.add(run, **more)


def write(companion: Companion, days: int, **more: bool) -> None:
    companion.vault.add(Note("words"), created=companion.clock() - timedelta(days=days), **more)


async def open_patterns(d: Driver) -> None:
    await d.app.run_action("go('patterns')")
    await d.rest()


def words(companion: Companion, width: int = 80) -> str:
    return "\n".join(one.text for one in page_of(gathered(companion), width))


async def test_with_nothing_kept_the_page_says_how_it_fills(ghost: Companion) -> None:
    async with driving(ghost) as d:
        await open_patterns(d)
        await d.until("This fills only if you choose to keep things. Three of a kind, and a line appears.")


async def test_writing_and_practice_are_told_in_words_and_then_as_marks(opened: Companion) -> None:
    for days in (0, 2, 13):
        write(opened, days)
    practise(opened, 1, 7, 5)
    async with driving(opened) as d:
        await open_patterns(d)
        await d.until(
            "In the last four weeks: writing on 3 days. 9, 20 and 22 November.",
            "In the last four weeks: practice on 1 day. 21 November.",
        )
        line = next(line for line in d.text.splitlines() if line.strip().startswith("writing"))
        marks = re.sub("[^●·]", "", line)
        assert len(marks) == 28
        assert [at for at, mark in enumerate(reversed(marks)) if mark == "●"] == [0, 2, 13]


def test_nothing_is_said_about_fewer_than_three_tries(opened: Companion) -> None:
    practise(opened, 1, 7, 5)
    practise(opened, 2, 7, 4)
    assert "calmer" not in words(opened)
    practise(opened, 3, 6, 5)
    title = opened.library.exercise("breath-long-out").title
    assert f"{title}: often 2 points calmer afterwards, over 3 tries." in words(opened)


def test_records_of_a_tracker_are_counted_from_three_on(opened: Companion) -> None:
    for number in range(3):
        assert "noted" not in words(opened)
        opened.vault.add(Record("promise-log", 1, {"promise": str(number)}))
    assert "3 noted, the last today." in words(opened)


def test_private_entries_stay_out(opened: Companion) -> None:
    write(opened, 1, private=True)
    practise(opened, 1, 7, 5, private=True)
    assert "This fills only if" in words(opened)


def test_days_without_anything_are_fine(opened: Companion) -> None:
    write(opened, 60)
    assert "In the last four weeks: no writing. That is fine." in words(opened)


def test_nothing_nags_scores_or_counts_a_streak(opened: Companion) -> None:
    for days in range(9):
        write(opened, days)
        practise(opened, days, 7, 7)
    told = words(opened).lower()
    assert not re.search(r"streak|in a row|score|goal|best|record day|missed|well done|keep it up|%", told)


async def test_leaving_clears_the_page(opened: Companion) -> None:
    write(opened, 0)
    async with driving(opened) as d:
        await open_patterns(d)
        await d.until("writing on 1 day")
        page = d.app.screen.query_one(Leaf)
        await d.press("t")
        await d.done(lambda: page.text == "")


async def test_what_cannot_be_read_is_said(opened: Companion, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ReadError("The folder can't be read.", "Look at its permissions.")

    async with driving(opened) as d:
        monkeypatch.setattr(opened.vault, "events", broken)
        await open_patterns(d)
        await d.until("The folder can't be read. Look at its permissions.")


@pytest.mark.parametrize("size", [(80, 24), (40, 15), (20, 5)])
async def test_it_is_whole_at_every_size(opened: Companion, size: tuple[int, int]) -> None:
    write(opened, 0)
    for days in range(3):
        practise(opened, days, 7, 5)
    async with driving(opened, size=size) as d:
        await open_patterns(d)
        await d.until("In the last four")
        assert all(len(line) <= size[0] for line in d.text.splitlines())
        page = d.app.screen.query_one(Leaf)
        page.action_to_end()
        await d.rest()
        await d.until("over 3 tries.")

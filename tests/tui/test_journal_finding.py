"""Finding a page again: as one types, by what stands beside it, by month, on this day, and beside another."""

from datetime import date, timedelta

import pytest
from app_driver import driving, screen_text
from journal_pages import look_for, open_journal, shown
from textual import events

from trustkit.companion import Companion
from trustkit.model.entry import Answers, Note
from trustkit.tui.screens.calendar import DayScreen
from trustkit.tui.screens.side_by_side import ThenAndNow
from trustkit.tui.screens.today import TodayScreen
from trustkit.tui.widgets.leaf import Leaf
from trustkit.tui.widgets.line import Line

WIDE = (120, 30)


def add(companion: Companion, text: str, *, days: int = 0, **more: object) -> str:
    note = Note(text, **more)  # type: ignore[arg-type]
    return companion.vault.add(note, created=companion.clock() - timedelta(days=days)).id


# -- as one types


async def test_no_key_typed_right_after_the_stroke_is_lost_or_taken_for_another(opened: Companion) -> None:
    add(opened, "we were due at the door")
    async with driving(opened) as d:
        await open_journal(d)
        for letter in "/due w/":  # all before anything is painted; d deletes, w writes, e changes
            key = {"/": "slash", " ": "space"}.get(letter, letter)
            d.app.post_message(events.Key(key, letter))
        await d.rest()
        await d.done(lambda: d.app.screen.query_one(Line).value == "due w/")
        assert d.screen_name == "JournalScreen"


async def test_the_stroke_keeps_the_cursor_however_quickly_it_comes_after_the_journal_s_key(opened: Companion) -> None:
    add(opened, "we were due at the door")
    async with driving(opened) as d:
        await d.pilot.press("j", "slash", "d", "u", "e")
        await d.done(lambda: d.screen_name == "JournalScreen" and d.app.screen.query_one(Line).value == "due")


async def test_the_list_shows_the_line_in_which_a_word_stands_and_marks_it(opened: Companion) -> None:
    add(opened, "One long first line about nothing much\nThen the café was closed.", title="Sunday at home")
    add(opened, "The café was open.", days=1)
    async with driving(opened) as d:
        await open_journal(d)
        await look_for(d, "cafe")
        await d.until("Sunday at home · Then the café was closed.", "The café was open.")
        strips = d.app.screen._compositor.render_strips()
        found = [one.text for strip in strips for one in strip if one.style and one.style.underline]
        assert found.count("café") == 2


async def test_a_narrow_list_shows_the_found_line_in_place_of_the_title(opened: Companion) -> None:
    add(opened, "first line\nThen the café was closed.", title="Sunday at home")
    async with driving(opened, size=(40, 15)) as d:
        await open_journal(d)
        await look_for(d, "cafe")
        await d.until("Then the café was")
        assert all(len(line) <= 40 for line in d.text.splitlines())


async def test_only_what_is_in_view_is_opened_for_its_words(opened: Companion, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(60):
        add(opened, f"first line\nneedle {number}", days=number)
    get, asked = opened.vault.get, set()

    def watched(entry_id: str) -> object:
        asked.add(entry_id)
        return get(entry_id)

    async with driving(opened) as d:
        await open_journal(d)
        monkeypatch.setattr(opened.vault, "get", watched)
        await look_for(d, "needle")
        await d.until("needle 0")
        assert len(asked) <= 24
        await d.press("down", "end")
        await d.until("needle 59")
        assert len(asked) <= 48


async def test_filters_narrow_the_list_and_say_how_they_were_understood(opened: Companion) -> None:
    add(opened, "walked home", tags=("home",), feelings=("calm",), distress=3)
    add(opened, "stayed home", days=40, tags=("home", "rain"), distress=8)
    add(opened, "no tag", days=3)
    opened.vault.add(Answers("journal-free", 1, {"page": "an answer"}, from_step="first-days/let-it-move"))
    async with driving(opened) as d:
        await open_journal(d)
        for line, titles, said in [
            ("tag:home", ["walked home", "stayed home"], "2 pages: tagged home."),
            ("tag:home stayed", ["stayed home"], "1 page: tagged home."),
            ("distress:7+", ["stayed home"], "1 page: distress 7 to 10."),
            ("feeling:calm", ["walked home"], "1 page: feeling calm."),
            ("last month", ["stayed home"], "1 page: in October 2026."),
            ("2026-11-19", ["no tag"], "1 page: on 19 November 2026."),
            ("kind:answer", ["an answer"], "1 page: answers."),
            ("guide:first-days", ["an answer"], "1 page: begun from first-days."),
            ("tag:nowhere", [], "No page fits all of that. (tagged nowhere)"),
        ]:
            await look_for(d, line)
            await d.until(said)
            assert shown(d) == titles
        await look_for(d, "distress:lots")
        await d.until("Distress is 0 to 10")
        await d.press("escape")
        await d.done(lambda: len(shown(d)) == 4)


async def test_a_month_is_jumped_to(opened: Companion) -> None:
    for days in (0, 40, 400):
        add(opened, f"written {days} days ago", days=days)
    async with driving(opened) as d:
        journal = await open_journal(d)
        await d.press("m")
        await d.until("Which month?", "November 2026 (1)", "October 2025 (1)")
        await d.choose("October 2025")
        await d.done(lambda: journal.entries.summary and journal.entries.summary.title == "written 400 days ago")


# -- on this day


async def test_this_day_in_other_years_is_named_by_its_date_alone_until_it_is_opened(opened: Companion) -> None:
    add(opened, "a year ago it was raining", days=365)
    add(opened, "two days ago", days=2)
    add(opened, "for me alone", days=31)
    async with driving(opened) as d:
        await open_journal(d)
        await d.until("On this day: 22 November 2025, 22 October 2026 (o)")
        await d.press("o")
        await d.until("On this day, in other months and years.", "22 November 2025")
        assert "raining" not in d.text
        await d.press("enter")
        await d.done(lambda: isinstance(d.app.screen, DayScreen))
        await d.until("Saturday, 22 November 2025", "a year ago it was raining")


async def test_this_day_says_nothing_of_private_pages_and_nothing_on_today(opened: Companion) -> None:
    then = opened.clock() - timedelta(days=365)
    opened.vault.add(Note("for me alone"), private=True, created=then)
    opened.vault.add(Note("seen by all"), created=then - timedelta(days=3))
    async with driving(opened) as d:
        assert isinstance(d.app.screen, TodayScreen)
        assert "On this day" not in d.text
        await open_journal(d)
        await d.until("seen by all")
        assert "On this day" not in d.text
        await d.press("o")
        said = [notification.message for notification in d.app._notifications]
        assert said == ["Nothing was kept on this day of another month or year."]


# -- then and now


@pytest.mark.parametrize("size", [(120, 30), (80, 24), (40, 15)])
async def test_two_answers_to_one_question_stand_beside_each_other_with_what_differs_marked(
    opened: Companion, size: tuple[int, int]
) -> None:
    then = opened.clock() - timedelta(days=60)
    opened.vault.add(Answers("journal-free", 1, {"page": "I am tired and alone."}), created=then)
    opened.vault.add(Answers("journal-free", 1, {"page": "I am tired and with her."}))
    async with driving(opened, size=size) as d:
        await open_journal(d)
        await d.press("enter")
        await d.until("Another page here is on the same question. (n)")
        await d.press("n")
        await d.done(lambda: isinstance(d.app.screen, ThenAndNow))
        await d.until("Then: Wednesday, 23 September", "Now: Sunday, 22 November", "Words that only one")
        one, other = d.app.screen.query(Leaf)
        assert [piece.text[start:end] for piece in one._pieces for start, end in piece.found] == ["alone"]
        assert [piece.text[start:end] for piece in other._pieces for start, end in piece.found] == ["with her"]
        beside = one.region.y == other.region.y
        assert beside is (size[0] >= 60)
        assert "I am tired" in d.text
        assert all(len(line) <= size[0] for line in d.text.splitlines())


async def test_of_several_pages_on_one_question_the_reader_chooses_by_date(opened: Companion) -> None:
    for days in (0, 30, 60):
        add(opened, f"words {days}", days=days, title="What is different now?")
    async with driving(opened) as d:
        await open_journal(d)
        await d.press("n")
        await d.until("Beside which one?", "Wednesday, 23 September 2026")
        assert "words 30" not in d.text
        await d.press("enter")
        await d.until("words 0", "words 60")


async def test_a_page_alone_on_its_question_says_so_and_private_ones_are_no_company(opened: Companion) -> None:
    add(opened, "words", title="A question")
    opened.vault.add(Note("other words", title="A question"), private=True)
    async with driving(opened) as d:
        await open_journal(d)
        await d.press("n")
        await d.rest()
        said = [notification.message for notification in d.app._notifications]
        assert said == ["Nothing else here is on the same question."]


async def test_leaving_hides_both_pages(sealed: Companion) -> None:
    for days in (0, 30):
        add(sealed, f"canary {days}", days=days, title="A question")
    async with driving(sealed, size=WIDE) as d:
        await open_journal(d)
        await d.press("n")
        await d.until("canary 0", "canary 30")
        leaves = list(d.app.screen.query(Leaf))
        await d.press("ctrl+l")
        await d.done(lambda: sealed.vault.locked)
        assert "canary" not in screen_text(d.app)
        assert [leaf.text for leaf in leaves] == ["", ""]


def test_a_day_about_which_a_page_is_counts_as_its_day(opened: Companion) -> None:
    opened.vault.add(Note("about May", about_day=date(2026, 5, 3)))
    assert list(opened.days()) == [date(2026, 5, 3)]

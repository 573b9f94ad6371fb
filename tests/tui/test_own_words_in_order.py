"""A person's own words keep their order on every page that shows them, and can do nothing to the terminal."""

import re
from dataclasses import replace

import pytest
from app_driver import Driver, driving

from trustkit.companion import Companion
from trustkit.model.direction import runs_right_to_left
from trustkit.model.entry import Note
from trustkit.model.exercise import Grounding, Moment
from trustkit.text_width import cells
from trustkit.tui.screens.entry_view import EntryScreen
from trustkit.tui.screens.numbers import NumbersScreen
from trustkit.tui.screens.side_by_side import ThenAndNow
from trustkit.tui.screens.support import SupportScreen
from trustkit.tui.screens.tags import TagsScreen
from trustkit.tui.screens.trash import TrashScreen
from trustkit.tui.screens.versions import VersionsScreen

SIZES = [(80, 24), (40, 15)]
LETTER = re.compile("[\u05d0-\u05ea\u0620-\u064a]")
CLOSED = re.compile("\u2067([^\u2067\u2069]*)\u2069")
HEBREW = "הוא הבטיח, ושוב לא בא. היום כתבתי את זה ב-trustkit."
ARABIC = "وعدني ثم لم يأتِ. كتبت هذا اليوم."
HOSTILE = "plain\x1b]0;owned\x07 \u202etxet\u202c \x9b31m and \u2066more"


@pytest.fixture
def written(opened: Companion) -> Companion:
    """A Hebrew page in two versions, an Arabic one, one in the trash; an exercise and a number of one's own."""
    vault = opened.vault
    first = vault.add(Note(f"{HEBREW}\n\nAn English line.", title="ערב אחד.", tags=("הבטחות",)))
    vault.revise(first.id, Note(f"{HEBREW}\n\n{ARABIC}", title="ערב אחד.", tags=("הבטחות",)))
    vault.add(Note(ARABIC))
    vault.delete(vault.add(Note(HEBREW)).id)
    opened.keep_number("אחותי (בבוקר)", "050 123 4567")
    base = opened.begin_own("card")
    made = replace(base, title="מילים טובות.", body=Grounding((Moment("את לא אשמה בזה."),)))
    opened.keep_own(made, base)
    return opened


async def pages(d: Driver, companion: Companion):
    """Every page that shows a person's own words, once they stand there."""
    summaries = companion.vault.summaries()
    page = next(one for one in summaries if one.title.startswith("ערב"))
    other = next(one for one in summaries if one.id != page.id)
    for name, screen in (
        ("entry", EntryScreen(companion, page.id)),
        ("versions", VersionsScreen(companion, page.id)),
        ("then and now", ThenAndNow(companion, page.id, other.id)),
        ("trash", TrashScreen(companion)),
        ("tags", TagsScreen(companion)),
    ):
        await d.press("j")
        d.app.push_screen(screen)
        yield name
    await d.press("t")
    for name, key in (("journal", "j"), ("practice", "p")):
        await d.press(key)
        yield name
    d.app.push_screen(SupportScreen(companion))
    yield "support"
    d.app.push_screen(NumbersScreen(companion))
    yield "numbers"


@pytest.mark.parametrize("size", SIZES)
async def test_every_line_from_right_to_left_is_closed_and_fits(written: Companion, size: tuple[int, int]) -> None:
    met = set()
    async with driving(written, size=size) as d:
        async for name in pages(d, written):
            await d.done(lambda: LETTER.search(d.text), f"{name}: no words")
            for line in d.text.split("\n"):
                assert cells(line) <= size[0], name
                closed = CLOSED.findall(line)
                assert all(one == one.strip() for one in closed), (name, line)
                beside = CLOSED.sub("", line)
                assert not re.search("[\u2067\u2069]", beside), (name, line)
                if runs_right_to_left(line):
                    assert closed
                    assert not LETTER.search(beside), (name, line)
            met.add(name)
    assert len(met) == 9


@pytest.mark.parametrize("size", SIZES)
async def test_paragraphs_stand_at_the_right_edge_and_english_beside_them_at_the_left(
    written: Companion, size: tuple[int, int]
) -> None:
    page = next(one for one in written.vault.summaries() if one.title.startswith("ערב"))
    written.vault.revise(page.id, Note("An English line.\n\nשלום לך.", title="One evening"))
    async with driving(written, size=size) as d:
        await d.press("j")
        d.app.push_screen(EntryScreen(written, page.id))
        await d.until("An English line.", "שלום לך.")
        english = next(line for line in d.text.split("\n") if "English line" in line)
        hebrew = next(line for line in d.text.split("\n") if "שלום" in line)
        assert english.index("An") <= 2
        assert len(hebrew) - len(hebrew.lstrip()) > size[0] // 2 - 4


@pytest.mark.parametrize("size", SIZES)
async def test_what_a_terminal_could_obey_reaches_no_page(opened: Companion, size: tuple[int, int]) -> None:
    vault = opened.vault
    page = vault.add(Note(HOSTILE, title=HOSTILE, tags=("tag\x1b[2J",), feelings=("\u202eodd",)))
    vault.revise(page.id, Note(f"{HOSTILE} again", title=HOSTILE, tags=("tag\x1b[2J",)))
    vault.delete(vault.add(Note(HOSTILE)).id)
    screens = (
        EntryScreen(opened, page.id),
        VersionsScreen(opened, page.id),
        ThenAndNow(opened, page.id, page.id),
        TrashScreen(opened),
        TagsScreen(opened),
    )
    async with driving(opened, size=size) as d:
        for screen in (None, *screens):
            await d.press("j")
            if screen is not None:
                d.app.push_screen(screen)
            await d.done(lambda: "plain" in d.text or "tag" in d.text, "no words")
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066]", d.text)

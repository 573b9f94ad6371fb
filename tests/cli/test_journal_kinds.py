"""Every kind of entry reads like words: in the list, alone, handed out, and on the screen."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from trustkit.companion import Companion
from trustkit.library import Library
from trustkit.model.entry import Answers, Body, Choice, Mark, Note, OwnExercise, Practice, Record
from trustkit.paths import Paths
from trustkit.settings import Settings
from trustkit.tui.telling import Titles, page_of
from trustkit.vault import Vault

from .conftest import Ran

THEN = datetime(2026, 11, 22, 2, 10, 9, tzinfo=UTC)
KINDS: list[tuple[Body, str | None, list[str]]] = [
    (Note("The kettle.", "Tea", ("sea",), ("calm",), 6), "Tea", ["tags: sea", "feelings: calm", "distress: 6"]),
    (Answers("journal-free", 1, {"page": "A line."}), "One page: A line.", ["What is there, right now?", "A line."]),
    (Answers("i-statement", 1, result="I felt small."), "I felt small.", ["I felt small."]),
    (Answers("repair-signs", 1, chosen=("unasked",)), "", []),
    (Answers("gone", 1, {"how-it-went": "Well"}, ("not-much",)), "gone: Well", ["How it went", "Well", "Not much"]),
    (Answers("things-that-are-mine", 1, rows=({"what": "Soup", "gone-by": "Tea"},)), "Soup", ["Gone by: Tea"]),
    (Answers("breath-box", 1, {"old": "Words"}, ("a-tick",), "All"), "All", ["A tick", "All", "Old", "Words"]),
    (Answers("journal-free", 1, {"page": "Now"}, rows=({"who": "Ann"},)), "One page: Now", ["Now", "Who: Ann"]),
    (
        Record("weekly-check-in", 1, {"dependable": 0, "eased": "nothing did"}),
        "How this week felt",
        ["Dependable: what was said got done", "0 of 4 (hardly at all)", "nothing did"],
    ),
    (
        Record("promise-log", 1, {"promise": "to call", "due": date(2026, 11, 25)}),
        "Promise log: to call",
        ["The promise, in its own words", "to call", "By when", "2026-11-25"],
    ),
    (Record("gone", 1, {"went-well": True}), "gone", ["Went well", "yes"]),
    (
        Practice("breath-long-out", 1, THEN, THEN + timedelta(minutes=3), 6, 4, stopped=True),
        None,
        ["A longer breath out", "3 minutes, 6 before, 4 after, stopped early"],
    ),
    (Mark("calm-body", "your-own-signs", "later"), None, ["Calming an alarmed body: Your own signs", "not yet"]),
    (Choice("holds", "shown"), None, ["Breathing patterns with a hold", "shown"]),
    (Choice("roads", ("hurt-lately",)), None, ["Someone broke my trust, not long ago"]),
    (Choice("look-round-first", True), None, ["The breathe key starts with looking round", "yes"]),
    (OwnExercise('format = 1\n\n[exercise]\nid = "my-1"\ntitle = "Mine"\n'), None, ["Mine"]),
]
"""A body, how the list tells it (None: not listed), and lines of its page."""
IDS_OF_FORM = ("{'", "values:", "answers:", "chosen:", "exercise:", "revision:", "journal-free", "weekly-check-in")


@pytest.mark.parametrize(("body", "listed", "lines"), KINDS, ids=lambda each: getattr(each, "kind", None))
def test_an_entry_reads_like_words_wherever_it_is_told(
    trustkit: Callable[..., Ran], opened: Callable[[], Vault], body: Body, listed: str | None, lines: list[str]
) -> None:
    vault = opened()
    entry = vault.add(body)
    library = Library(Paths.find().content)
    if isinstance(body, Answers) and body.chosen and body.exercise in library.signs:
        signs = library.signs[body.exercise]
        listed, lines = signs.title, [next(s.text for s in signs.signs if s.id == body.chosen[0])]
    vault.close()

    row = trustkit("journal", "list").out
    shown = trustkit("journal", "show", entry.id).out
    handed = [trustkit("journal", "export", entry.id, "--format", form).out for form in ("text", "markdown")]

    assert (listed in row if listed else row) if listed is not None else not row
    assert set(lines) <= set(shown.splitlines()), shown
    for text in handed[: 1 if isinstance(body, Note) else 2]:  # what is beside a note is a table in Markdown
        assert all(line in text for line in lines), text
    assert not any(form in shown + handed[0] for form in IDS_OF_FORM)


def test_on_the_screen_the_same_words_stand(opened: Callable[[], Vault], home: object) -> None:
    vault = opened()
    companion = Companion(Paths.find(str(home)), Library(Paths.find().content), vault, Settings(), lambda: THEN)
    titles = Titles(companion)
    for body, listed, lines in KINDS:
        if listed is None:
            continue
        entry = vault.add(body)
        text = "\n".join(str(each.text) for each in page_of(entry, companion, titles))
        summary = next(one for one in vault.summaries() if one.id == entry.id)
        assert all(line in text for line in lines if not line.startswith("distress")), text
        assert listed in titles.worded(summary).words
        assert not any(form in text for form in IDS_OF_FORM)
    vault.close()


def test_answers_of_an_own_exercise_stand_under_its_questions(
    trustkit: Callable[..., Ran], opened: Callable[[], Vault], home: object
) -> None:
    vault = opened()
    shipped = Paths.find().content / "en" / "exercises" / "journal-free.toml"
    text = shipped.read_text(encoding="utf-8").replace('id = "journal-free"', 'id = "my-page-1"')
    vault.add(OwnExercise(text.replace('title = "One page"', 'title = "My page"')))
    companion = Companion(Paths.find(str(home)), Library(Paths.find().content), vault, Settings(), lambda: THEN)
    assert companion.exercises.get("my-page-1") is not None
    entry = vault.add(Answers("my-page-1", 1, {"page": "One line."}))
    page = "\n".join(str(each.text) for each in page_of(entry, companion, Titles(companion)))
    vault.close()

    for told in (page, trustkit("journal", "show", entry.id).out, trustkit("journal", "export", entry.id).out):
        assert "What is there, right now?\nOne line." in told
    assert "My page: One line." in trustkit("journal", "list").out


def test_pages_of_one_second_stand_in_one_order_everywhere(
    trustkit: Callable[..., Ran], opened: Callable[[], Vault], clock: Callable[[], datetime]
) -> None:
    vault = opened()
    ids = [vault.add(Note(f"Page {number}."), created=THEN).id for number in range(6)]
    clock.forward(minutes=1)  # type: ignore[attr-defined]
    changed = vault.revise(ids[2], Note("Changed."), base=vault.get(ids[2]).rev).id
    order = [*sorted(set(ids) - {changed}), changed]
    assert [one.id for one in vault.summaries()] == order[::-1]
    assert [one.id for one in vault.events("note")] == order
    vault.close()
    assert [one.id for one in opened().summaries(limit=4)] == order[::-1][:4]

    listed = [line[:8] for line in trustkit("journal", "list").out.splitlines()]
    handed = trustkit("journal", "export", "--format", "json").out
    assert listed == [one[:8] for one in order[::-1]]
    assert sorted(ids, key=handed.index) == order

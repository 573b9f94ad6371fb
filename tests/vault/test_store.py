"""What a vault promises, whatever the way it keeps: each test runs sealed, open and in memory."""

from datetime import date, datetime, timedelta, timezone

import pytest

from trustkit.errors import NotFound, WriteError
from trustkit.model.entry import (
    Answers,
    Choice,
    Draft,
    Mark,
    Note,
    Practice,
    Record,
)

HERE = timezone(timedelta(hours=1))


def titles(summaries) -> list[str]:
    return [summary.title for summary in summaries]


# Adding and reading


def test_what_was_added_is_read_back(vault) -> None:
    body = Note("A page.\r\nTwo lines.", "Title", ("one",), ("sad",), 6, date(2026, 11, 20))
    entry = vault.add(body, private=True)
    assert vault.get(entry.id) == entry
    assert entry.body == body
    assert entry.private


def test_an_entry_says_when_it_was_made(vault, clock) -> None:
    entry = vault.add(Note("x"))
    assert entry.created == entry.saved == clock.now
    assert vault.add(Note("y"), created=datetime(2020, 2, 3, 4, tzinfo=HERE)).created.year == 2020


def test_an_entry_can_be_added_under_an_id_and_revision_chosen_before(vault) -> None:
    entry_id, rev = vault.new_id(), vault.new_rev()
    entry = vault.add(Note("x"), entry_id=entry_id, rev=rev)
    assert (entry.id, entry.rev) == (entry_id, rev)


def test_an_id_that_is_taken_is_refused_and_nothing_overwritten(vault) -> None:
    entry = vault.add(Note("first"))
    for rev in ("", entry.rev):
        with pytest.raises(WriteError):
            vault.add(Note("second"), entry_id=entry.id, rev=rev)
    assert vault.get(entry.id).body == Note("first")
    assert len(vault.versions(entry.id)) == 1


@pytest.mark.parametrize("entry_id", ["abcdefghijklmnopqrstuvwxyz", "nothing", "", "../../key.age"])
def test_an_entry_that_is_not_there_is_not_found(vault, entry_id: str) -> None:
    for ask in (vault.get, vault.heads, vault.versions, vault.delete, vault.restore, vault.forget):
        with pytest.raises(NotFound):
            ask(entry_id)


def test_a_page_with_half_a_character_is_refused_and_nothing_is_kept(vault) -> None:
    with pytest.raises(WriteError):
        vault.add(Note("half \ud800"))
    assert vault.summaries() == ()


# Versions


def test_an_edit_keeps_what_was_there(vault) -> None:
    first = vault.add(Note("first"))
    second = vault.revise(first.id, Note("second"))
    assert second.parents == (first.rev,)
    assert second.created == first.created
    assert vault.get(first.id).body == Note("second")
    assert [entry.body for entry in vault.versions(first.id)] == [Note("second"), Note("first")]
    assert [entry.rev for entry in vault.heads(first.id)] == [second.rev]


def test_an_edit_with_the_clock_set_back_still_comes_after(vault, clock) -> None:
    first = vault.add(Note("first"))
    clock.forward(days=-300)
    second = vault.revise(first.id, Note("second"))
    assert second.saved == first.saved + timedelta(seconds=1)
    assert vault.get(first.id).body == Note("second")


def test_privacy_stays_as_it_was_until_it_is_changed(vault) -> None:
    entry = vault.add(Note("x"), private=True)
    assert vault.revise(entry.id, Note("y")).private
    assert not vault.revise(entry.id, Note("z"), private=False).private


def test_two_edits_of_the_same_revision_stand_side_by_side(vault) -> None:
    first = vault.add(Note("first"))
    mine = vault.revise(first.id, Note("mine"), base=first.rev)
    theirs = vault.revise(first.id, Note("theirs"), base=first.rev)
    assert {entry.rev for entry in vault.heads(first.id)} == {mine.rev, theirs.rev}
    (summary,) = vault.summaries()
    assert summary.heads == 2


def test_editing_the_shown_one_of_two_leaves_the_other_to_be_chosen(vault) -> None:
    first = vault.add(Note("first"))
    vault.revise(first.id, Note("mine"), base=first.rev)
    vault.revise(first.id, Note("theirs"), base=first.rev)
    vault.revise(first.id, Note("more"))
    assert vault.summaries()[0].heads == 2


def test_resolving_brings_them_together(vault, clock) -> None:
    first = vault.add(Note("first"))
    mine = vault.revise(first.id, Note("mine"), base=first.rev)
    theirs = vault.revise(first.id, Note("theirs"), base=first.rev)
    both = vault.resolve(first.id, Note("both"))
    assert set(both.parents) == {mine.rev, theirs.rev}
    assert [entry.rev for entry in vault.heads(first.id)] == [both.rev]
    assert vault.summaries()[0].heads == 1
    assert len(vault.versions(first.id)) == 4


def test_what_came_while_somebody_decided_is_no_part_of_the_decision(vault) -> None:
    entry = vault.add(Note("first"))
    mine = vault.revise(entry.id, Note("mine"), base=entry.rev)
    yours = vault.revise(entry.id, Note("yours"), base=entry.rev)
    vault.revise(entry.id, Note("yours, and more"), base=yours.rev)
    vault.resolve(entry.id, Note("both"), seen=[mine.rev, yours.rev])
    assert {head.body.text for head in vault.heads(entry.id)} == {"both", "yours, and more"}


def test_what_a_caller_changes_later_was_not_kept(vault) -> None:
    answers, row, values = {"q": "kept"}, {"cell": "kept"}, {"promise": "kept"}
    vault.add(Note("first"))
    vault.load()
    vault.add(Answers("three-lines", 1, answers, rows=(row,)))
    vault.add(Record("promise-log", 1, values))
    for table in (answers, row, values):
        table.clear()
        table["q"] = "never kept"
    assert "never kept" not in repr(list(vault.read_all(vault.summaries())))
    assert "never kept" not in repr(vault.events("record"))


def test_an_entry_keeps_its_kind(vault) -> None:
    entry = vault.add(Note("x"))
    with pytest.raises(ValueError, match="kind"):
        vault.revise(entry.id, Mark("a", "b", "done"))


# The trash


def test_a_deleted_entry_leaves_the_lists_and_lies_in_the_trash(vault) -> None:
    entry = vault.add(Note("gone", tags=("t",)))
    vault.add(Note("stays"))
    tombstone = vault.delete(entry.id)
    assert tombstone.deleted
    assert tombstone.body is None
    assert titles(vault.summaries()) == ["stays"]
    assert vault.search("gone") == []
    (summary,) = vault.summaries(trash=True)
    assert (summary.title, summary.tags, summary.deleted, summary.id) == ("gone", ("t",), True, entry.id)
    assert vault.get(entry.id).deleted


def test_deleting_twice_changes_nothing(vault) -> None:
    entry = vault.add(Note("x"))
    assert vault.delete(entry.id) == vault.delete(entry.id)


def test_what_lies_in_the_trash_comes_back_as_it_was(vault) -> None:
    entry = vault.add(Note("x", "T", distress="numb"), private=True)
    vault.delete(entry.id)
    back = vault.restore(entry.id)
    assert (back.body, back.private, back.created) == (entry.body, True, entry.created)
    assert titles(vault.summaries(private=True)) == ["T"]
    assert vault.summaries(trash=True, private=True) == ()


def test_only_what_is_in_the_trash_can_be_brought_back(vault) -> None:
    entry = vault.add(Note("x"))
    with pytest.raises(NotFound, match="not in the trash"):
        vault.restore(entry.id)


def test_an_edit_beside_a_deletion_is_shown_and_says_that_there_are_two(vault) -> None:
    first = vault.add(Note("first"))
    vault.delete(first.id)
    vault.revise(first.id, Note("written meanwhile"), base=first.rev)
    (summary,) = vault.summaries()
    assert (summary.title, summary.heads, summary.deleted) == ("written meanwhile", 2, False)
    assert [entry.deleted for entry in vault.heads(first.id)] == [False, True]


def test_forgetting_erases_every_word_and_keeps_the_fact(vault) -> None:
    entry = vault.add(Note("first"))
    vault.revise(entry.id, Note("second"))
    vault.save_draft(Draft(entry.id, Note("third"), entry.saved))
    vault.forget(entry.id)
    assert (vault.summaries(), vault.summaries(trash=True), vault.drafts()) == ((), (), [])
    (kept,) = vault.versions(entry.id)
    assert kept.deleted
    with pytest.raises(NotFound, match="erased for good"):
        vault.restore(entry.id)


def test_forgetting_what_lies_in_the_trash_works_too(vault) -> None:
    entry = vault.add(Note("x"))
    vault.delete(entry.id)
    vault.forget(entry.id)
    assert vault.summaries(trash=True) == ()


# Events


def test_the_latest_mark_of_a_step_counts_and_can_be_taken_back(vault, clock) -> None:
    for state in ("later", "done"):
        vault.add(Mark("g", "one", state))
        clock.forward(minutes=1)
    vault.add(Mark("g", "two", "done"))
    assert vault.marks() == {("g", "one"): Mark("g", "one", "done"), ("g", "two"): Mark("g", "two", "done")}
    vault.add(Mark("g", "one", ""))
    assert list(vault.marks()) == [("g", "two")]


def test_the_latest_choice_counts_whatever_the_clock_says(vault, clock) -> None:
    vault.add(Choice("roads", ("a",)))
    clock.forward(days=-40)
    vault.add(Choice("roads", ("b", "c")))
    vault.add(Choice("no holds", True))
    assert vault.choices() == {"roads": ("b", "c"), "no holds": True}


def test_within_one_second_the_last_one_written_counts(vault) -> None:
    for value in range(5):
        vault.add(Choice("n", value))
        vault.add(Mark("g", "s", str(value)))
    assert vault.choices() == {"n": 4}
    assert vault.marks()[("g", "s")].state == "4"


def test_events_come_in_order_of_creation_with_everything_in_them(vault, clock) -> None:
    later = Practice("breath-box", 1, clock.now, clock.now + timedelta(minutes=3), 7, 5, stopped=True)
    earlier = Practice("breath-even", 2, clock.now, clock.now)
    vault.add(later)
    vault.add(earlier, created=clock.now - timedelta(days=60))
    record = vault.add(Record("promise-log", 1, {"by": date(2026, 12, 1), "kept": False}))
    note = vault.add(Note("x"))
    gone = vault.add(Record("promise-log", 1, {}))
    vault.delete(gone.id)
    assert [entry.body for entry in vault.events("practice")] == [earlier, later]
    assert vault.events("practice", exercise="breath-box")[0].body == later
    assert vault.events("record") == [record]
    assert vault.events("note") == [note]
    assert vault.events("record", exercise="other") == []


def test_a_practice_is_kept_to_the_second(vault, clock) -> None:
    started = clock.now.replace(microsecond=123456)
    vault.add(Practice("x", 1, started, started))
    (entry,) = vault.events("practice")
    assert isinstance(entry.body, Practice)
    assert entry.body.started == clock.now


# Loading


def test_a_screen_can_be_painted_before_everything_is_read(kept, bench) -> None:
    for month in range(1, 7):
        kept.add(Note(f"{month}"), created=datetime(2026, month, 1, 12, tzinfo=HERE))
    kept.close()
    again = bench.again()
    assert titles(again.summaries(limit=1)) == ["6"]
    assert not again.loaded
    assert not again.load(months=2)
    assert again.load()
    assert again.loaded
    assert len(again.summaries()) == 6


def test_answers_do_not_depend_on_what_was_read_before(kept, bench) -> None:
    old = kept.add(Note("old"), created=datetime(2020, 1, 1, tzinfo=HERE))
    kept.add(Note("new"))
    kept.close()
    for ask in (
        lambda vault: vault.get(old.id).body,
        lambda vault: vault.revise(old.id, Note("old")).body,
        lambda vault: vault.get(vault.find_id(old.id[:6])).body,
    ):
        again = bench.again()
        assert ask(again) == Note("old")
        assert titles(again.summaries()) == ["new", "old"]


def test_adding_to_a_month_that_was_not_read_reads_nothing(kept, bench, monkeypatch) -> None:
    kept.add(Note("one"))
    kept.close()
    again = bench.again()
    monkeypatch.setattr(type(again._folder), "scan", None)
    again.add(Note("two"))
    monkeypatch.undo()
    assert len(again.summaries()) == 2


def test_another_window_sees_what_this_one_writes(kept, bench) -> None:
    entry = kept.add(Note("first"))
    other = bench.again()
    assert titles(other.summaries()) == ["first"]
    kept.revise(entry.id, Note("second"))
    assert other.get(entry.id).body == Note("second")
    new = kept.add(Note("third"), created=datetime(2019, 1, 1, tzinfo=HERE))
    assert other.get(new.id).body == Note("third")
    other.refresh()
    assert titles(other.summaries()) == ["second", "third"]


def test_months_are_those_of_the_entrys_own_clock(kept, bench) -> None:
    night = datetime(2026, 3, 1, 0, 30, tzinfo=timezone(timedelta(hours=13)))
    entry = kept.add(Note("x"), created=night)
    assert bench.files()[0].parent.name == "03"
    assert bench.again().get(entry.id).created == night

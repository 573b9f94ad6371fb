"""What is being written and not saved yet, whatever the way a vault keeps: sealed, open and in memory."""

from datetime import timedelta, timezone

from trustkit.model.entry import (
    Draft,
    Note,
)

HERE = timezone(timedelta(hours=1))


def titles(summaries) -> list[str]:
    return [summary.title for summary in summaries]


def test_a_draft_is_there_until_it_is_dropped(vault, clock) -> None:
    draft = Draft(vault.new_id(), Note("half a"), clock.now, target=vault.new_rev(), cursor=(0, 6), private=True)
    vault.save_draft(draft)
    assert vault.drafts() == [draft]
    vault.drop_draft(draft.id)
    assert vault.drafts() == []


def test_a_draft_grows_in_place(vault, clock) -> None:
    for text in ("h", "ha", "half"):
        vault.save_draft(Draft("a" * 26, Note(text), clock.now))
    assert [draft.body for draft in vault.drafts()] == [Note("half")]


def test_a_draft_that_became_an_entry_is_dropped_silently(vault, clock) -> None:
    draft = Draft(vault.new_id(), Note("words"), clock.now, target=vault.new_rev())
    vault.save_draft(draft)
    vault.add(draft.body, entry_id=draft.id, rev=draft.target)
    assert vault.drafts() == []
    assert vault.problems == ()


def test_a_draft_of_an_edit_stays_while_the_entry_has_other_revisions(vault, clock) -> None:
    entry = vault.add(Note("first"))
    vault.save_draft(Draft(entry.id, Note("second"), clock.now, base=entry.rev, target=vault.new_rev()))
    assert len(vault.drafts()) == 1


def test_of_two_drafts_of_one_entry_only_the_one_that_was_kept_goes(kept, bench, clock) -> None:
    entry = kept.add(Note("first"))
    windows = [bench.again(), bench.again()]
    drafts = [
        Draft(entry.id, Note(words), clock.now, base=entry.rev, target=kept.new_rev()) for words in ("mine", "yours")
    ]
    for window, draft in zip(windows, drafts, strict=True):
        window.save_draft(draft)
    windows[0].revise(entry.id, drafts[0].body, base=entry.rev, rev=drafts[0].target)  # and is killed
    for _ in range(2):
        assert [draft.body for draft in bench.again().drafts()] == [Note("yours")]


def test_drafts_are_in_no_list(vault, clock) -> None:
    vault.save_draft(Draft(vault.new_id(), Note("words"), clock.now))
    assert (vault.summaries(), vault.search("words")) == ((), [])

"""What a reader made is kept where their words are, and nowhere else; it comes first, goes to the trash, and back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from trustkit.companion import Companion
from trustkit.errors import TrustkitError, UsageError, WriteError
from trustkit.library import check_file
from trustkit.model import own
from trustkit.model.entry import OwnExercise
from trustkit.model.exercise import Breathing, Exercise, Grounding, Moment, Phase
from trustkit.paths import Paths

PASSPHRASE = "plum otter lantern"
BY_HAND = """
format = 1
[exercise]
id = "by-the-window"
type = "grounding"
title = "By the window"
summary = "Look out."
own = true
revision = 1
updated = 2026-11-22
[[moment]]
say = "Look out of the window."
"""


def write_by_hand(paths: Paths) -> None:
    folder = paths.own_content / "en" / "exercises"
    folder.mkdir(parents=True)
    (folder / "by-the-window.toml").write_text(BY_HAND, encoding="utf-8")


def breath(companion: Companion, title: str = "Slow evening") -> Exercise:
    """A pattern made from a shipped one, and kept; then a minute passes."""
    base = companion.library.exercise("breath-even")
    mine = replace(companion.begin_mine(base), title=title)
    kept = companion.keep_own(mine, base)
    companion.clock.forward(minutes=1)  # type: ignore[attr-defined]
    return kept


def on_disk(paths: Paths) -> bytes:
    return b"".join(file.read_bytes() for file in paths.data.parent.rglob("*") if file.is_file())


def test_what_was_made_stands_first_and_can_be_looked_up_like_any_other(sealed: Companion) -> None:
    first, second = breath(sealed), breath(sealed, "Another")
    assert [one.title for one in sealed.own_exercises()] == ["Another", "Slow evening"]
    assert (first.id, second.id) == ("my-breath-even", "my-breath-even-2")
    assert sealed.exercise(first.id) == sealed.exercises[first.id]
    assert list(sealed.exercises)[:2] == [second.id, first.id]
    assert set(sealed.library.exercises) < set(sealed.exercises)
    assert [e.id for e in sealed.offered([first.id, "breath-even"])] == [first.id, "breath-even"]


def test_hand_written_files_appear_beside_what_was_made(sealed: Companion, paths: Paths) -> None:
    write_by_hand(paths)
    made = breath(sealed)
    mine = sealed.own_exercises()
    assert [one.id for one in mine] == [made.id, "by-the-window"]
    assert all(one.by_reader for one in mine)
    assert sealed.kept_as(made)
    assert sealed.kept_as(mine[1]) == ""


def test_it_is_sealed_like_every_other_word_and_gone_while_locked(sealed: Companion, paths: Paths) -> None:
    made = breath(sealed, "Lighthouse evening")
    assert b"Lighthouse" not in on_disk(paths)
    assert made.id.encode() not in on_disk(paths)
    sealed.vault.lock()
    assert sealed.own_exercises() == []
    assert made.id not in sealed.exercises
    sealed.vault.unlock(PASSPHRASE)
    assert sealed.exercise(made.id).title == "Lighthouse evening"


def test_keeping_nothing_it_lives_until_trustkit_closes(paths: Paths, clock: Callable[[], datetime]) -> None:
    ghost = Companion.start(paths, clock=clock, ghost=True)
    made = breath(ghost)
    assert ghost.exercise(made.id).title == "Slow evening"
    assert not paths.data.exists()
    assert Companion.start(paths, clock=clock, ghost=True).own_exercises() == []


def test_changing_it_writes_another_version_of_the_same_exercise(sealed: Companion) -> None:
    made = breath(sealed)
    entry_id = sealed.kept_as(made)
    changed = sealed.keep_own(replace(made, title="Slower evening"), made, entry_id)
    assert [one.title for one in sealed.own_exercises()] == ["Slower evening"]
    assert (changed.id, changed.revision) == (made.id, 2)
    assert len(sealed.vault.versions(entry_id)) == 2


def test_thrown_away_it_can_be_brought_back_or_erased(sealed: Companion) -> None:
    made = breath(sealed)
    entry_id = sealed.kept_as(made)
    sealed.delete_own(made)
    assert sealed.own_exercises() == []
    assert [(one.exercise.title, one.entry_id) for one in sealed.trashed_own()] == [("Slow evening", entry_id)]
    assert breath(sealed).id != made.id, "what may be brought back keeps its id"
    sealed.restore_own(entry_id)
    assert made.id in sealed.exercises
    assert sealed.trashed_own() == []
    sealed.erase_own(entry_id)
    assert made.id not in sealed.exercises
    assert sealed.trashed_own() == []


def test_only_one_s_own_can_be_thrown_away(sealed: Companion) -> None:
    with pytest.raises(TrustkitError):
        sealed.delete_own(sealed.library.exercise("breath-even"))


def test_own_words_are_cleaned_as_content_is(sealed: Companion) -> None:
    begun = sealed.begin_own("grounding")
    steering = replace(begun, body=Grounding((Moment("Look \x1b[2J round"),)))
    linked = replace(begun, body=Grounding((Moment("See https://example.org/x"),)))
    for bad in (steering, linked):
        assert sealed.own_slips(bad)
        with pytest.raises(UsageError):
            sealed.keep_own(bad, begun)
    assert sealed.own_exercises() == []


def test_two_devices_that_chose_the_same_id_show_both(sealed: Companion) -> None:
    made = breath(sealed)
    text = sealed.vault.get(sealed.kept_as(made)).body
    assert isinstance(text, OwnExercise)
    sealed.vault.add(OwnExercise(text.content.replace("Slow evening", "From the other device")))
    assert {one.title: one.id for one in sealed.own_exercises()} == {
        "Slow evening": "my-breath-even",
        "From the other device": "my-breath-even-2",
    }


def test_what_cannot_be_used_is_counted_and_left_as_it_is(sealed: Companion) -> None:
    sealed.vault.add(OwnExercise("not an exercise"))
    gone = sealed.export_text(breath(sealed)).replace('gates = ["body-tools"]', 'gates = ["gone-gate"]')
    sealed.vault.add(OwnExercise(gone))
    assert len(sealed.own_exercises()) == 1
    assert sealed.unreadable_own == 2


def test_the_breathe_key_plays_one_s_own_pattern_when_it_was_chosen(sealed: Companion) -> None:
    made = breath(sealed)
    sealed.choose("breath", made.id)
    assert sealed.first_breath() == sealed.exercise(made.id)
    sealed.vault.lock()
    shipped = sealed.first_breath()
    assert shipped is not None
    assert shipped.id == "breath-long-out"


@pytest.mark.parametrize("base", ["breath-478", "breath-sigh", "ground-feet", "kind-break", "kind-words"])
def test_a_copy_is_a_file_that_the_content_check_accepts(sealed: Companion, tmp_path: Path, base: str) -> None:
    shipped = sealed.library.exercise(base)
    mine = sealed.begin_mine(shipped)
    if base == "kind-words":
        mine = replace(mine, body=own.card(["You did not make this happen.", "Tea first."]))
    made = sealed.keep_own(mine, shipped)
    written = Path(sealed.export(made, str(tmp_path)))
    assert written.name == f"{made.id}.toml"
    assert written.stat().st_mode & 0o777 == 0o600
    assert [slip for slip in check_file(written, today=date(2026, 11, 22)) if slip.is_error] == []
    named = Path(sealed.export(made, str(tmp_path / "evening.toml")))
    assert [slip for slip in check_file(named, today=date(2026, 11, 22)) if slip.is_error] == []


def test_a_copy_never_overwrites_and_never_takes_a_built_in_name(sealed: Companion, tmp_path: Path) -> None:
    made = breath(sealed)
    (tmp_path / "evening.toml").write_text("mine")
    with pytest.raises(WriteError):
        sealed.export(made, str(tmp_path / "evening.toml"))
    assert (tmp_path / "evening.toml").read_text() == "mine"
    for bad in ("breath-even.toml", "Evening Time.toml", "evening.txt"):
        with pytest.raises(UsageError):
            sealed.export(made, str(tmp_path / bad))
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".toml"] == ["evening.toml"]


def test_a_copy_put_into_the_content_folder_is_read_from_there(
    sealed: Companion, paths: Paths, clock: Callable[[], datetime]
) -> None:
    made = breath(sealed)
    folder = paths.own_content / "en" / "exercises"
    folder.mkdir(parents=True)
    sealed.export(made, str(folder))
    again = Companion.start(paths, clock=clock, with_vault=False)
    assert again.library.exercise(made.id).title == made.title


def test_a_draft_of_something_unfinished_is_gone_on_with(sealed: Companion) -> None:
    begun = sealed.begin_own("breathing")
    draft = sealed.own_draft(begun)
    panting = replace(begun, title="Half done", body=Breathing(9, (Phase("in", 0.5, "In"), Phase("out", 0.5, "Out"))))
    sealed.vault.save_draft(sealed.own_words(draft, panting))
    (found,) = sealed.vault.drafts()
    drafted = sealed.drafted(found)
    assert drafted is not None
    assert (drafted[0].title, drafted[0].body) == ("Half done", panting.body)

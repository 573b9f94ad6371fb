"""What lies on a disk and is not what it should be: reported, untouched, never shown as an entry, hiding nothing."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from trustkit.errors import Locked, NotFound, ReadError, WriteError
from trustkit.model.entry import Draft, Mark, Note
from trustkit.vault import age, codec, inspect, names


def titles(vault) -> set[str]:
    return {summary.title for summary in vault.summaries()}


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x40
    path.write_bytes(bytes(data))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


SPOILS = {
    "truncated": cut,
    "empty": lambda path: path.write_bytes(b""),
    "appended": lambda path: path.write_bytes(path.read_bytes() + b"\0garbage"),
    "foreign bytes": lambda path: path.write_bytes(os.urandom(1000)),
    "another program's text": lambda path: path.write_text("dear diary"),
}


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS.keys())
def test_a_spoilt_file_is_reported_untouched_and_hides_no_other(bench, scene, spoil) -> None:
    good, bad, path = scene
    spoil(path)
    before = path.read_bytes()
    vault = bench.again()
    assert titles(vault) == {"good words"}
    assert vault.get(good.id).body == Note("good words")
    (problem,) = vault.problems
    assert problem.file == path.relative_to(bench.data).as_posix()
    assert problem.happened
    assert problem.do_next
    with pytest.raises((NotFound, ReadError)):
        vault.get(bad.id)
    assert path.read_bytes() == before


def test_a_flipped_bit_in_a_sealed_entry_is_never_shown(bench, sealed) -> None:
    entry = sealed.add(Note("words"))
    path = bench.file(entry.id, entry.rev)
    whole = path.read_bytes()
    for at in range(0, len(whole), 97):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises((ReadError, NotFound)):
            sealed.get(entry.id)
    path.write_bytes(whole)
    assert sealed.get(entry.id).body == Note("words")


def test_damage_under_an_unchanged_name_size_and_time_is_found_by_opening_and_by_verify(bench, sealed) -> None:
    entry = sealed.add(Note("words"))
    sealed.load()
    sealed.close()
    path = bench.file(entry.id, entry.rev)
    facts = path.stat()
    flip(path)
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    vault = bench.again()
    assert titles(vault) == {"words"}  # the list goes by the index
    with pytest.raises(ReadError, match="damaged"):
        vault.get(entry.id)
    assert [report.ok for report in vault.verify() if "entries" in report.file] == [False]
    assert titles(vault) == set()


def test_one_entry_copied_over_another_is_misplaced(bench, scene) -> None:
    good, _, path = scene
    shutil.copyfile(bench.file(good.id, good.rev), path)
    vault = bench.again()
    assert titles(vault) == {"good words"}
    (problem,) = vault.problems
    assert "not its own" in problem.happened


def test_an_entry_in_the_wrong_month_is_misplaced(bench, scene) -> None:
    _, _, path = scene
    away = bench.data / "entries" / "2020" / "01"
    away.mkdir(parents=True)
    for folder in (away, away.parent):
        folder.chmod(0o700)
    path.rename(away / path.name)
    vault = bench.again()
    assert titles(vault) == {"good words"}
    assert [problem.file for problem in vault.problems] == [f"entries/2020/01/{path.name}"]


def test_an_entry_outside_any_month_is_misplaced(bench, scene) -> None:
    _, _, path = scene
    path.rename(bench.data / "entries" / "2026" / path.name)
    vault = bench.again()
    assert titles(vault) == {"good words"}
    (problem,) = vault.problems
    assert "not its own" in problem.happened


def test_an_entry_sealed_for_somebody_else_is_named_as_that(bench, sealed) -> None:
    entry = sealed.add(Note("words"))
    sealed.close()
    path = bench.file(entry.id, entry.rev)
    path.write_bytes(age.encrypt(b"format = 1", [age.Identity.generate().recipient]))
    vault = bench.again()
    vault.load()
    assert "not sealed with this journal's key" in vault.problems[0].happened


def test_a_passphrase_file_among_the_entries_is_named_and_costs_nothing(bench, sealed, monkeypatch) -> None:
    entry = sealed.add(Note("words"))
    sealed.close()
    path = bench.file(entry.id, entry.rev)
    path.write_bytes(age.encrypt_passphrase(b"format = 1", "x", 4))
    vault = bench.again()
    monkeypatch.setattr(age, "decrypt_passphrase", None)
    vault.load()
    assert len(vault.problems) == 1


def test_a_huge_file_is_not_read(bench, scene, monkeypatch) -> None:
    _, _, path = scene
    with path.open("r+b") as file:
        file.truncate(20_000_000)
    vault = bench.again()
    assert titles(vault) == {"good words"}
    assert "larger" in vault.problems[0].happened


def test_links_pipes_and_folders_among_the_entries_are_neither_followed_nor_waited_for(bench, scene) -> None:
    _, _, path = scene
    month = path.parent
    outside = bench.data.parent / "outside"
    path.rename(outside)
    path.symlink_to(outside)
    suffix = "".join(path.suffixes[1:])
    os.mkfifo(month / names.file_of(names.new_id(), names.new_rev(), suffix))
    (month / names.file_of(names.new_id(), names.new_rev(), suffix)).mkdir()
    vault = bench.again()
    assert titles(vault) == {"good words"}
    assert len(vault.problems) == 3
    assert {problem.happened[:9] for problem in vault.problems} == {"Something"}


def test_a_month_that_is_a_link_is_not_followed(bench, scene) -> None:
    _, _, path = scene
    away = bench.data.parent / "away"
    path.parent.rename(away)
    path.parent.symlink_to(away)
    vault = bench.again()
    assert titles(vault) == set()
    assert "link" in vault.problems[0].happened
    with pytest.raises(WriteError):
        vault.add(Note("would not be found again"))


@pytest.mark.parametrize("name", [".git", ".stfolder", ".stversions", ".syncthing.x.tmp", ".DS_Store", "Thumbs.db"])
def test_what_sync_tools_and_desktops_keep_is_silently_passed_over(bench, scene, name: str) -> None:
    _, _, path = scene
    for folder in (bench.data, bench.data / "entries", bench.data / "entries" / "2026", path.parent):
        (folder / name).mkdir()
    vault = bench.again()
    assert len(titles(vault)) == 2
    assert vault.problems == ()


def test_a_stranger_among_the_entries_is_named_and_left(bench, scene) -> None:
    _, _, path = scene
    stranger = path.with_name("shopping.txt")
    stranger.write_text("milk")
    stranger.chmod(0o600)
    vault = bench.again()
    assert len(titles(vault)) == 2
    assert [problem.file for problem in vault.problems] == ["entries/2026/11/shopping.txt"]
    assert stranger.read_text() == "milk"


# Vanishing, permissions, strange shapes


def test_an_entry_that_vanished_while_it_was_listed_is_a_notice(bench, kept) -> None:
    entry = kept.add(Note("words"))
    assert len(kept.summaries()) == 1
    bench.file(entry.id, entry.rev).unlink()
    with pytest.raises(NotFound):
        kept.get(entry.id)
    kept.refresh()
    assert kept.summaries() == ()


def test_when_the_latest_version_vanished_the_one_before_is_shown(bench, kept) -> None:
    entry = kept.add(Note("first"))
    second = kept.revise(entry.id, Note("second"))
    bench.file(entry.id, second.rev).unlink()
    assert kept.get(entry.id).body == Note("first")


def test_a_folder_that_git_made_for_all_to_look_into_is_for_its_owner_alone_again(bench, scene) -> None:
    copies = bench.data / ".git"
    copies.mkdir(mode=0o755)
    (copies / "page").write_text("in clear, in an open journal")
    bench.data.chmod(0o755)
    again = bench.again()
    again.load()
    assert stat.S_IMODE(bench.data.stat().st_mode) == 0o700
    assert [problem.happened for problem in again.problems] == [
        "Some files could be read by other accounts of this computer."
    ]


def test_files_that_git_hands_out_for_all_to_read_are_tightened_and_it_is_said_once(bench, scene) -> None:
    _, _, path = scene
    for place in (path, path.parent, bench.data / "entries"):
        place.chmod(0o755 if place.is_dir() else 0o644)
    vault = bench.again()
    vault.load()
    assert [problem.happened for problem in vault.problems] == [
        "Some files could be read by other accounts of this computer."
    ]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    vault.close()
    again = bench.again()
    again.load()
    assert again.problems == ()


def test_an_entry_of_a_newer_trustkit_is_shown_and_never_rewritten(bench, kept) -> None:
    entry = kept.add(Note("words", "Title"))
    path = bench.file(entry.id, entry.rev)
    data = codec.encode(entry).replace(b"format = 1", b"format = 2") + b'aura = "blue"\n'
    path.write_bytes(kept._opened()[0].seal(data))
    kept.close()
    vault = bench.again()
    assert titles(vault) == {"Title"}
    assert len(vault.search("words")) == 1
    newer = vault.get(entry.id)
    assert newer.read_only
    assert newer.extra["aura"] == "blue"
    with pytest.raises(WriteError, match="newer"):
        vault.revise(entry.id, Note("mine"))
    vault.delete(entry.id)
    back = vault.restore(entry.id)
    assert (back.format, back.extra) == (2, newer.extra)
    assert titles(bench.again()) == {"Title"}


def test_keys_that_this_version_does_not_know_survive_an_edit(bench, kept) -> None:
    entry = kept.add(Note("words"))
    path = bench.file(entry.id, entry.rev)
    path.write_bytes(kept._opened()[0].seal(codec.encode(entry) + b'mood = "blue"\n'))
    kept.close()
    vault = bench.again()
    vault.revise(entry.id, Note("other words"))
    assert bench.again().get(entry.id).extra == {"mood": "blue"}


def test_a_newer_mark_does_not_upset_the_older_ones(bench, kept) -> None:
    kept.add(Mark("g", "one", "done"))
    entry = kept.add(Mark("g", "two", "done"))
    path = bench.file(entry.id, entry.rev)
    path.write_bytes(kept._opened()[0].seal(codec.encode(entry).replace(b"format = 1", b"format = 2")))
    kept.close()
    assert list(bench.again().marks()) == [("g", "one")]


def test_a_sealed_file_in_an_open_vault_is_named(bench) -> None:
    vault = bench.open()
    entry = vault.add(Note("words"))
    path = bench.file(entry.id, entry.rev)
    path.with_name(names.file_of(names.new_id(), names.new_rev(), ".toml.age")).write_bytes(b"age-encryption.org/v1\n")
    vault.refresh()
    assert titles(vault) == {"words"}
    assert "sealed" in vault.problems[0].happened
    assert inspect(bench.data) == "keyless"


def test_damaged_foreign_and_misplaced_drafts_are_named_and_hide_no_other(bench, kept, clock) -> None:
    good = Draft(kept.new_id(), Note("good"), clock.now)
    kept.save_draft(good)
    drafts = bench.data / "drafts"
    (path,) = drafts.iterdir()
    suffix = ".toml.age" if kept.mode == "sealed" else ".toml"
    (drafts / f"{kept.new_id()}.{kept.new_rev()}{suffix}").write_bytes(b"torn")
    (drafts / "stranger").write_bytes(b"")
    shutil.copyfile(path, drafts / f"{kept.new_id()}.{kept.new_rev()}{suffix}")
    assert kept.drafts() == [good]
    assert len(kept.problems) == 3
    assert len(list(drafts.iterdir())) == 4


def test_verify_names_every_file_and_says_which_are_whole(bench, scene) -> None:
    good, _, path = scene
    path.write_bytes(b"torn")
    vault = bench.again()
    reports = {report.file: report.ok for report in vault.verify()}
    assert reports.pop(path.relative_to(bench.data).as_posix()) is False
    assert reports.pop(bench.file(good.id, good.rev).relative_to(bench.data).as_posix()) is True
    assert reports == ({"key.age": True} if vault.mode == "sealed" else {})


def test_no_problem_holds_a_word_of_an_entry(bench, scene) -> None:
    _, _, path = scene
    path.write_bytes(bench.again()._opened()[0].seal(b'format = 1\ntext = "canary"\nkind = "canary"\n'))
    vault = bench.again()
    vault.load()
    assert vault.problems
    assert "canary" not in repr(vault.problems)


def test_a_locked_vault_answers_nothing(sealed, clock) -> None:
    entry = sealed.add(Note("words"))
    sealed.lock()
    assert sealed.locked
    for ask in (
        lambda: sealed.get(entry.id),
        lambda: sealed.heads(entry.id),
        lambda: sealed.versions(entry.id),
        lambda: sealed.find_id(entry.id),
        lambda: sealed.summaries(),
        lambda: sealed.search("words"),
        lambda: sealed.events("note"),
        lambda: sealed.marks(),
        lambda: sealed.choices(),
        lambda: sealed.drafts(),
        lambda: sealed.load(),
        lambda: sealed.refresh(),
        lambda: list(sealed.verify()),
        lambda: sealed.seal(),
        lambda: sealed.add(Note("x")),
        lambda: sealed.revise(entry.id, Note("x")),
        lambda: sealed.resolve(entry.id, Note("x")),
        lambda: sealed.delete(entry.id),
        lambda: sealed.restore(entry.id),
        lambda: sealed.forget(entry.id),
        lambda: sealed.save_draft(Draft(entry.id, Note("x"), clock.now)),
        lambda: sealed.drop_draft(entry.id),
    ):
        with pytest.raises(Locked):
            ask()
    sealed.flush()
    sealed.close()
    sealed.unlock("plum otter lantern")
    assert sealed.get(entry.id).body == Note("words")

"""What a sealed vault leaves behind: nothing that can be read, and nothing that others may open."""

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from trustkit.errors import Locked, TrustkitError
from trustkit.model.entry import Answers, Choice, Draft, Mark, Note, OwnExercise, Record
from trustkit.vault import age, open_vault

CANARY = "zugvogelcanary"


def full_run(bench, clock) -> None:
    """Everything a reader can do, with the canary in every place that takes words."""
    vault = bench.seal(f"{CANARY} passphrase")
    recovery = vault.make_recovery()
    vault.keep_recovery(recovery, f"{CANARY} passphrase")
    entry = vault.add(Note(f"{CANARY} text", f"{CANARY} title", (CANARY,), (CANARY,)))
    vault.add(Answers(CANARY, 1, {CANARY: CANARY}, (CANARY,), CANARY, ({CANARY: CANARY},)), private=True)
    vault.add(Record(CANARY, 1, {CANARY: CANARY}))
    vault.add(Mark(CANARY, CANARY, "done"))
    vault.add(Choice(CANARY, CANARY))
    vault.add(OwnExercise(CANARY))
    vault.save_draft(Draft(vault.new_id(), Note(CANARY), clock.now))
    vault.revise(entry.id, Note(f"{CANARY} again"))
    vault.search(CANARY)
    vault.lock()
    vault.unlock(f"{CANARY} passphrase")
    vault.delete(entry.id)
    vault.restore(entry.id)
    vault.change_passphrase(f"{CANARY} passphrase", f"{CANARY} other")
    for path in bench.files()[:1]:
        path.write_bytes(b"torn")
    vault.refresh()
    list(vault.verify())
    vault.close()


def test_no_word_of_a_reader_lies_in_clear_anywhere(bench, clock, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    full_run(bench, clock)
    for root in (tmp_path, Path(os.environ["HOME"])):
        for path in root.rglob("*"):
            assert CANARY not in str(path.relative_to(root))
            assert not path.is_file() or CANARY.encode() not in path.read_bytes()


@pytest.mark.parametrize("mask", [0o000, 0o777])
def test_after_a_full_run_everything_is_for_its_owner_alone(bench, clock, mask: int) -> None:
    before = os.umask(mask)
    try:
        full_run(bench, clock)
    finally:
        os.umask(before)
    for root in (bench.data, bench.paths.cache):
        for path in (root, *root.rglob("*")):
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_the_size_of_a_file_says_little_of_its_length(bench, sealed, clock) -> None:
    for length in (0, 10, 300, 600):
        sealed.add(Note("x" * length))
        sealed.save_draft(Draft(sealed.new_id(), Note("x" * length), clock.now))
    sizes = {path.stat().st_size for path in (*bench.files(), *(bench.data / "drafts").iterdir())}
    assert len(sizes) == 1


def test_after_locking_no_key_and_no_text_hangs_on_the_vault(sealed) -> None:
    sealed.add(Note(CANARY))
    sealed.load()
    sealed.summaries()
    sealed.lock()
    seen: set[int] = set()
    ahead: list[object] = [sealed]
    while ahead:
        thing = ahead.pop()
        if id(thing) in seen or isinstance(thing, type):
            continue
        seen.add(id(thing))
        assert not isinstance(thing, age.Identity)
        assert not (isinstance(thing, str) and CANARY in thing)
        if isinstance(thing, dict):
            ahead.extend([*thing, *thing.values()])
        elif isinstance(thing, list | tuple | set):
            ahead.extend(thing)
        else:
            ahead.extend(vars(thing).values() if hasattr(thing, "__dict__") else ())
            ahead.extend(getattr(thing, name, None) for name in getattr(type(thing), "__slots__", ()))


def test_locking_does_not_wait_for_a_long_reading(bench, sealed, monkeypatch) -> None:
    for number in range(30):
        sealed.add(Note(f"{number}"))
    sealed.close()
    vault = bench.again()
    reading, go_on = threading.Event(), threading.Event()
    coder = type(vault._open[0])
    original, opened, ended = coder.read_entry, [], []

    def slow(self, folder, path, suffix):
        opened.append(path)
        reading.set()
        assert go_on.wait(10)
        return original(self, folder, path, suffix)

    def load() -> None:
        try:
            vault.load()
        except TrustkitError as error:
            ended.append(error)

    monkeypatch.setattr(coder, "read_entry", slow)
    reader = threading.Thread(target=load)
    reader.start()
    assert reading.wait(10)
    locker = threading.Thread(target=vault.lock)
    locker.start()
    assert vault._closing.wait(10)
    go_on.set()
    locker.join(10)
    reader.join(10)
    assert vault.locked
    assert len(opened) == 1
    assert isinstance(ended[0], Locked)


def test_many_threads_may_use_one_vault(vault) -> None:
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(5):
                entry = vault.add(Note(f"{number} {turn}"))
                vault.revise(entry.id, Note(f"{number} {turn} again"))
                vault.search("again")
                vault.summaries(limit=3)
                vault.add(Mark("g", str(number), str(turn)))
                vault.flush()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    assert len(vault.search("again")) == 30
    assert {mark.state for mark in vault.marks().values()} == {"4"}


def test_two_windows_on_one_entry_keep_both_drafts(kept, bench, clock) -> None:
    entry = kept.add(Note("first"))
    other = bench.again()
    kept.save_draft(Draft(entry.id, Note("mine"), clock.now, base=entry.rev))
    other.save_draft(Draft(entry.id, Note("theirs"), clock.now, base=entry.rev))
    kept.drop_draft(entry.id)
    assert [draft.body for draft in other.drafts()] == [Note("theirs")]


def test_a_draft_left_by_a_window_that_was_killed_can_be_thrown_away(kept, bench, clock) -> None:
    draft = Draft(kept.new_id(), Note("half"), clock.now)
    kept.save_draft(draft)
    other = bench.again()
    assert other.drafts() == [draft]
    other.drop_draft(draft.id)
    assert other.drafts() == []


def test_an_open_or_locked_vault_does_not_wait_for_cryptography_to_be_imported(bench) -> None:
    bench.open().add(Note("x"))
    code = (
        "import sys, datetime\n"
        "from pathlib import Path\n"
        "from trustkit.paths import Paths\n"
        "from trustkit.vault import open_vault\n"
        "vault = open_vault(Paths.find(sys.argv[1]), clock=lambda: datetime.datetime.now().astimezone())\n"
        "assert len(vault.summaries()) == 1\n"
        "assert 'cryptography' not in sys.modules and 'textual' not in sys.modules\n"
    )
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", code, str(bench.data)], check=True, cwd=root)


def test_a_vault_that_was_never_unlocked_writes_nothing(bench, sealed) -> None:
    sealed.close()
    before = {path: path.stat().st_mtime_ns for path in bench.data.parent.rglob("*")}
    vault = open_vault(bench.paths, clock=bench.clock)
    with pytest.raises(TrustkitError):
        vault.add(Note("x"))
    vault.close()
    assert {path: path.stat().st_mtime_ns for path in bench.data.parent.rglob("*")} == before

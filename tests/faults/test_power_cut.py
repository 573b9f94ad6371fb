"""Power lost after any system call of whatever writes: what was acknowledged is there, the rest is whole or not there.

What a disk may hold then is worked out by `power_cut.py`. Each deed says when something counts as done; between two
such moments a journal must be as before or as after, and nothing else.
"""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from power_cut import Killed, Recorder, Tree, put, tree_of
from vault_bench import CHEAP, PASSPHRASE, Bench, Clock

from trustkit import settings
from trustkit.errors import NoVault, ReadError, WrongKey
from trustkit.model.entry import Draft, Note
from trustkit.paths import Paths, shipped_content
from trustkit.vault import age, back_up, outside, recover_vault, restore_backup, seal_vault, sentences
from trustkit.vault.keys import Keys
from trustkit.vault.sealed import SealedVault
from trustkit.vault.wrapping import read_recovery_key, unwrap, wrap

NEW = "another three words"
NO_DAMAGE = (sentences.FILE_NOT_SEALED[0], sentences.STAYS_IN_CLEAR[0])
"""What may be said of a page while a journal is being sealed."""
NO_KEY = (sentences.KEYLESS[0], sentences.NO_RECOVERY[0])
"""What may be said of a journal that is not wholly there yet, or whose recovery key was dropped."""
ID = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class Looked:
    """What somebody finds who starts trustkit after the cut."""

    opens: tuple[str, ...] = ()
    """Which of the passphrases and recovery keys that a deed names."""
    pages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By id: the versions, the latest first; a deletion is an empty one."""
    drafts: tuple[str, ...] = ()
    files: dict[str, bytes] = field(default_factory=dict)
    """Those outside the journal, and the settings."""


Done = Callable[[], None]


class Disk:
    """A disk that loses power."""

    def __init__(self, bench: Bench, *, passphrases: tuple[str, ...] = (PASSPHRASE,), recoveries: tuple[str, ...] = ()):
        self.bench = bench
        self.root = bench.data.parent
        self.passphrases = passphrases
        self.recoveries = recoveries
        self.between: Callable[[Looked, Looked, Looked], bool] = lambda *_: False
        """Whether a state that is neither the one nor the other may be met between the two."""
        self.tried = 0

    def cut(self, deed: Callable[[Done], None]) -> int:
        """Do something, then lose power after each of its calls. How many calls there were."""
        begins = tree_of(self.root)
        recorder = Recorder(self.root)
        counts: list[int] = []
        trees = [begins]

        def done() -> None:
            counts.append(len(recorder.calls))
            trees.append(tree_of(self.root))

        with recorder.recording():
            deed(done)
        assert recorder.ends_as_it_is(), "something was written by a call that is not recorded"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", lambda _: None)  # looking need not last
            self._cut(recorder, counts, trees)
        return len(recorder.calls)

    def _cut(self, recorder: Recorder, counts: list[int], trees: list[Tree]) -> None:
        expected = [self.looked(tree) for tree in trees]
        chance = random.Random(7)
        seen: set[tuple[int, int]] = set()
        for count in range(len(recorder.calls) + 1):
            acknowledged = sum(mark <= count for mark in counts)
            before, after = (*expected, expected[-1])[acknowledged : acknowledged + 2]
            for tree in recorder.after_a_cut(count, chance):
                state = (acknowledged, hash(frozenset(tree.items())))
                if state in seen:
                    continue
                seen.add(state)
                self.tried += 1
                found = self.looked(tree)
                assert found in (before, after) or self.between(found, before, after), (
                    f"after call {count} of {len(recorder.calls)}, {recorder.calls[count - 1 : count]}"
                )
        put(self.root, trees[-1])

    def cut_after_a_kill(self, deed: Callable[[], None], next_run: Callable[[], None]) -> int:
        """Kill a run at each of its calls, do something in the next run, then lose power. How many kills there were."""
        begins = tree_of(self.root)
        chance = random.Random(7)
        for kill in range(100):
            put(self.root, begins)
            recorder = Recorder(self.root, dies_after=kill)
            with recorder.recording():
                try:
                    deed()
                except Killed:
                    recorder.dies_after = None
                    next_run()
                else:
                    return kill
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(os, "fsync", lambda _: None)
                expected = self.looked(tree_of(self.root))
                for tree in recorder.after_a_cut(len(recorder.calls), chance):
                    assert self.looked(tree) == expected, f"killed before call {kill}, {recorder.calls[kill:]}"
        raise AssertionError("it never came to its end")

    def looked(self, tree: Tree) -> Looked:
        put(self.root, tree)
        found = Looked(files={name: data for name, data in tree.items() if data is not None and self.is_outside(name)})
        opens = [words for words in self.passphrases if self.opens(lambda vault, words=words: vault.unlock(words))]
        opens += [key for key in self.recoveries if self.opens(lambda vault, key=key: vault.unlock_recovery(key))]
        found.opens = tuple(opens)
        if not opens:
            return found
        named = self.named_in_key()
        assert named <= set(opens), "the key file names a recovery key that does not open"
        vault = self.bench.locked()
        vault.unlock_recovery(opens[0]) if opens[0] in self.recoveries else vault.unlock(opens[0])
        pages = [*vault.summaries(private=True), *vault.summaries(private=True, trash=True)]
        by_index = [(page.id, page.title) for page in pages]
        for report in vault.verify():  # past the index
            assert report.problem is None or report.problem.happened in NO_DAMAGE, report
        pages = [*vault.summaries(private=True), *vault.summaries(private=True, trash=True)]
        assert by_index == [(page.id, page.title) for page in pages]
        for page in pages:
            versions = vault.versions(page.id)
            found.pages[page.id] = tuple(entry.body.text if isinstance(entry.body, Note) else "" for entry in versions)
        found.drafts = tuple(draft.body.text for draft in vault.drafts() if isinstance(draft.body, Note))
        in_words = [problem for problem in vault.problems if "/" in problem.file]
        assert all(problem.happened in NO_DAMAGE for problem in in_words), in_words
        return found

    def is_outside(self, name: str) -> bool:
        inside = name.startswith((f"{self.bench.data.name}/", f"{self.bench.paths.cache.name}/"))
        return not inside and not name.rpartition("/")[2].startswith(".tk-")

    def named_in_key(self) -> set[str]:
        """Those of the recovery keys that `key.age` names, and that a change of passphrase would write anew."""
        found: set[str] = set()
        for words in self.passphrases if self.recoveries else ():
            with suppress(WrongKey):
                named = unwrap((self.bench.data / "key.age").read_bytes(), words).recovery
                found |= {key for key in self.recoveries if read_recovery_key(key).recipient in named}
        return found

    def opens(self, unlock: Callable[[SealedVault], None]) -> bool:
        try:
            vault = self.bench.locked()
            unlock(vault)
        except (WrongKey, NoVault):
            return False
        except ReadError as error:
            if error.happened not in NO_KEY:
                raise
            return False
        return True


@pytest.fixture
def bench(clock: Clock) -> Iterator[Bench]:
    """An empty place to keep a vault, in memory where there is such a place: some thousand files are made in it."""
    with TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as name:
        root = Path(name).resolve()
        yield Bench(Paths(shipped_content(), root / "data", root / "cache", root / "config"), clock)


@pytest.fixture(params=["sealed", "open"])
def journal(request, bench) -> Bench:
    """A journal with a page and a draft in it, closed."""
    fill(bench.seal() if request.param == "sealed" else bench.open())
    return bench


def fill(vault) -> None:
    vault.add(Note("the first page"), entry_id=ID)
    vault.save_draft(Draft("b" * 26, Note("a draft"), vault._clock()))
    vault.close()


def test_a_page_that_was_kept_is_there_and_one_on_its_way_is_whole_or_not(journal) -> None:
    def deed(done: Done) -> None:
        vault = journal.again()
        journal.clock.forward(days=30)  # into a month that has no folder yet
        for number in range(2):
            vault.add(Note(f"page {number}"))
            done()
        vault.close()

    assert Disk(journal).cut(deed) >= 14


def test_what_the_next_run_keeps_is_there_wherever_the_one_before_was_killed(journal) -> None:
    journal.clock.forward(days=30)

    def write() -> None:
        vault = journal.again()
        vault.add(Note("a page"))

    assert Disk(journal).cut_after_a_kill(write, write) >= 10


def test_an_edit_and_its_draft(journal) -> None:
    def deed(done: Done) -> None:
        vault = journal.again()
        for text in ("half", "half a sentence"):
            draft = Draft(ID, Note(text), journal.clock(), base=vault.versions(ID)[0].rev, target=vault.new_rev())
            vault.save_draft(draft)
            done()
        vault.revise(ID, Note("a whole sentence"), base=draft.base)
        done()
        vault.drop_draft(ID)
        done()
        vault.close()

    assert Disk(journal).cut(deed) >= 18


def test_a_deletion_a_return_and_an_erasure(journal) -> None:
    vault = journal.again()
    vault.revise(ID, Note("the second"))
    vault.save_draft(Draft(ID, Note("the third"), journal.clock()))
    vault.close()

    def deed(done: Done) -> None:
        vault = journal.again()
        vault.delete(ID)
        done()
        vault.restore(ID)
        done()
        vault.forget(ID)
        done()
        vault.close()

    def being_erased(found: Looked, before: Looked, after: Looked) -> bool:
        kept = found.pages[ID]
        return kept[0] == "" and set(kept) <= {"", *before.pages[ID]} and set(after.drafts) <= set(found.drafts)

    disk = Disk(journal)
    disk.between = being_erased
    assert disk.cut(deed) >= 20


@pytest.fixture
def recoverable(bench) -> str:
    """A sealed journal with a recovery key, and copies of its key files from a sync program. The recovery key."""
    vault = bench.seal()
    recovery = vault.make_recovery()
    vault.keep_recovery(recovery, PASSPHRASE)
    fill(vault)
    for name in ("key (1).age", "key.recovery (1).age"):
        (bench.data / name).write_bytes((bench.data / name.replace(" (1)", "")).read_bytes())
    return recovery


def keys_of(bench: Bench) -> Keys:
    return unwrap((bench.data / "key.age").read_bytes(), PASSPHRASE)


def test_a_change_of_passphrase_leaves_exactly_one_that_opens(bench, recoverable) -> None:
    other = Keys.generate(bench.clock())  # known to the copy alone, until the change brings the two together
    (bench.data / "key (1).age").write_bytes(wrap(other, PASSPHRASE, CHEAP))
    [page] = bench.files()
    page.write_bytes(age.encrypt(age.decrypt(page.read_bytes(), keys_of(bench).identities), [other.recipient]))

    def deed(done: Done) -> None:
        vault = bench.again()
        vault.change_passphrase(PASSPHRASE, NEW)
        done()
        vault.close()

    disk = Disk(bench, passphrases=(PASSPHRASE, NEW), recoveries=(recoverable,))
    assert disk.cut(deed) >= 20


def test_a_new_recovery_key_leaves_the_old_one_or_the_new_one_and_none_only_when_it_was_dropped(
    bench, recoverable
) -> None:
    (bench.data / "key.recovery (1).age").unlink()  # until it is removed it opens with the old one
    vault = bench.again()
    new = vault.make_recovery()
    vault.close()

    def deed(done: Done) -> None:
        vault = bench.again()
        vault._shown_recovery = read_recovery_key(new).recipient
        vault.keep_recovery(new, PASSPHRASE)
        done()
        vault.drop_recovery(PASSPHRASE)
        done()
        vault.close()

    disk = Disk(bench, recoveries=(recoverable, new))
    disk.between = lambda found, *_: set(found.opens) == {PASSPHRASE, recoverable, new}
    assert disk.cut(deed) >= 20


def test_a_forgotten_passphrase_replaced_leaves_exactly_one_that_opens(bench, recoverable) -> None:
    def deed(done: Done) -> None:
        vault = recover_vault(bench.paths, recoverable, NEW, clock=bench.clock, log_n=CHEAP)
        done()
        vault.close()

    (bench.data / "key (1).age").unlink()  # until it is removed it opens with the forgotten passphrase, too
    disk = Disk(bench, passphrases=(PASSPHRASE, NEW), recoveries=(recoverable,))
    assert disk.cut(deed) >= 15


def test_a_journal_is_made_whole_or_not_at_all(bench) -> None:
    bench.data.parent.joinpath("before").write_bytes(b"")

    def deed(done: Done) -> None:
        vault = bench.seal()
        done()
        fill(vault)

    def being_filled(found: Looked, before: Looked, after: Looked) -> bool:
        return found.opens == (PASSPHRASE,) and set(found.pages) <= {ID}

    disk = Disk(bench)
    disk.between = being_filled
    assert disk.cut(deed) >= 12


def test_sealing_an_open_journal_loses_no_page_at_any_moment(bench) -> None:
    fill(bench.open())

    def deed(done: Done) -> None:
        vault = seal_vault(bench.paths, PASSPHRASE, clock=bench.clock, log_n=CHEAP)
        done()
        vault.close()

    def draft_in_both(found: Looked, before: Looked, after: Looked) -> bool:
        return found == replace(after, drafts=after.drafts * 2)

    disk = Disk(bench)
    disk.between = draft_in_both
    assert disk.cut(deed) >= 15


def test_a_backup_is_whole_or_not_there_and_brings_everything_back_whole_or_can_be_tried_again(journal) -> None:
    file = journal.data.with_name("backup.tar")

    def backing_up(done: Done) -> None:
        back_up(journal.paths, file, clock=journal.clock, passphrase=PASSPHRASE, log_n=CHEAP)
        done()

    assert Disk(journal).cut(backing_up) >= 5
    shutil.rmtree(journal.data)

    def restoring(done: Done) -> None:
        restore_backup(journal.paths, file, clock=journal.clock)
        done()

    def can_be_done_again(found: Looked, before: Looked, after: Looked) -> bool:
        if not found.opens:
            restore_backup(journal.paths, file, clock=journal.clock)
            return disk.looked(tree_of(disk.root)) == after
        return False

    disk = Disk(journal)
    disk.between = can_be_done_again
    assert disk.cut(restoring) >= 15


def test_a_backup_brought_into_a_journal_adds_whole_pages(journal) -> None:
    file = journal.data.with_name("backup.tar")
    back_up(journal.paths, file, clock=journal.clock, passphrase=PASSPHRASE, log_n=CHEAP)
    shutil.rmtree(journal.data)
    journal.seal(NEW).close()
    both = {"passphrase": NEW, "backup_passphrase": PASSPHRASE, "log_n": CHEAP}

    def deed(done: Done) -> None:
        vault = journal.again(NEW)
        restore_backup(journal.paths, file, clock=journal.clock, into=vault, **both)
        done()
        vault.close()

    def partly(found: Looked, before: Looked, after: Looked) -> bool:
        return found.opens == (NEW,) and found.pages.items() <= after.pages.items()

    disk = Disk(journal, passphrases=(PASSPHRASE, NEW))
    disk.between = partly
    assert disk.cut(deed) >= 12


def test_settings_and_files_outside_are_whole_or_not_there(bench) -> None:
    fill(bench.seal())
    away = bench.data.with_name("away")

    def deed(done: Done) -> None:
        for theme in ("day", "contrast"):
            settings.save(bench.paths.settings_file, settings.Settings(theme=theme))
            done()
        outside.write_file(away / "one.md", [b"an ", b"export"])
        done()
        outside.write_folder(away / "many", [("1.md", b"first"), ("2.md", b"second")])
        done()

    def whole_files(found: Looked, before: Looked, after: Looked) -> bool:
        return before.files.items() <= found.files.items() <= after.files.items()

    disk = Disk(bench)
    disk.between = whole_files
    assert disk.cut(deed) >= 20

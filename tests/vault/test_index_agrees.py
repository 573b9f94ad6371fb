"""Whatever happens to a journal's folder, what the index says is what the files say."""

import os
import random
from base64 import b32encode
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest
from vault_bench import Bench

from trustkit.model.entry import Answers, Choice, Entry, Mark, Note, OwnExercise, Practice, Record
from trustkit.vault import Vault, durable, folder, rows

HERE = timezone(timedelta(hours=1))
SETTLED = 0.012
"""Seconds after which a reading relies on a folder here: more than a tick of the disk's clock."""
KINDS = ("mark", "choice", "record", "practice", "exercise", "note", "answer")
NAMES = ("Copy of {}", "{}~", "{} (1)", "{}.orig")


def answers(vault: Vault) -> dict[str, object]:
    """What is asked before anything was read, then all the rest."""
    found: dict[str, object] = {"marks": vault.marks(), "choices": vault.choices()}
    found |= {kind: vault.events(kind) for kind in KINDS}
    for private in (False, True):
        for trash in (False, True):
            found[f"list {private} {trash}"] = vault.summaries(private=private, trash=trash)
        found |= {f"{word} {private}": vault.search(word, private=private) for word in ("rain", "1", "walk 2")}
    vault.load()
    return found | {"problems": set(vault.problems)}


class History:
    """One journal, and by chance what its windows, other devices and sync tools do to it."""

    def __init__(self, bench: Bench, vault: Vault, seed: int) -> None:
        self.bench = bench
        self.windows = [vault, bench.again()]
        self.coder = vault._opened()[0]
        self.any = random.Random(seed)
        self.good: dict[Path, bytes] = {}
        """Damaged files as they were."""

    def step(self) -> None:
        self.any.choice((*[self.add] * 3, *[self.change] * 2, *[self.behind_its_back] * 4, self.look, self.end))()

    def behind_its_back(self) -> None:
        repair = [self.repair] * 4 if self.good else []
        self.any.choice((self.arrive, self.arrive, self.vanish, self.damage, *repair, self.copy, self.move))()

    def body(self) -> object:
        number = self.any.randrange(4)
        when = datetime(2026, 1, 1, number, tzinfo=HERE)
        return self.any.choice(
            (
                Note(f"rain {number}", tags=("walk",)),
                Answers("letter", 1, {"$moment": f"walk {number}"}),
                Mark("guide", f"step-{number % 2}", self.any.choice(("done", "later", ""))),
                Choice(f"name-{number % 2}", number),
                Record("log", 1, {"$day": f"rain {number}", "$$": number}),
                Practice("breath", 1, when, when, number),
                OwnExercise(f"title = 'rain {number}'"),
            )
        )

    def add(self) -> None:
        when = datetime(2026, self.any.randrange(1, 4), self.any.randrange(1, 28), tzinfo=HERE)
        self.bench.clock.forward(seconds=1)
        self.any.choice(self.windows).add(self.body(), created=when, private=self.any.random() < 0.3)

    def change(self) -> None:
        window = self.any.choice(self.windows)
        window.refresh()
        known = [entry for kind in KINDS for entry in window.events(kind)]
        if known:
            entry = self.any.choice(known)
            self.bench.clock.forward(seconds=1)
            deeds = (
                lambda: window.revise(entry.id, entry.body),
                lambda: window.delete(entry.id),
                lambda: window.forget(entry.id),
                lambda: window.restore(window.delete(entry.id).id),
            )
            self.any.choice(deeds)()

    def path(self) -> Path | None:
        whole = [path for path in self.bench.files() if path not in self.good]
        return self.any.choice(whole) if whole else None

    def arrive(self) -> None:
        """From another device, by a program that puts back what the folder's time of change was."""
        other = self.bench.again()
        when = datetime(2026, self.any.randrange(1, 4), 9, tzinfo=HERE)
        there = self.bench.data / "entries" / f"{when:%Y/%m}"
        before = there.stat().st_mtime_ns if there.exists() else 0
        self.bench.clock.forward(seconds=1)
        other.add(self.body(), created=when)
        os.utime(there, ns=(before, before))

    def vanish(self) -> None:
        path = self.path()
        if path and len(self.bench.files()) > 1:  # a journal without any file is none
            before = path.parent.stat().st_mtime_ns
            path.unlink()
            os.utime(path.parent, ns=(before, before))

    def damage(self) -> None:
        """As a sync tool hands on a file that was torn elsewhere: in place of the whole one."""
        if path := self.path():
            self.good[path] = path.read_bytes()
            torn = path.with_name(".torn")
            torn.write_bytes(self.good[path][: self.any.randrange(90)])
            torn.chmod(0o600)
            torn.rename(path)

    def repair(self) -> None:
        """As `cp` brings a file back: in its place."""
        if self.good:
            path = self.any.choice(sorted(self.good))
            data = self.good.pop(path)
            if path.exists():
                path.write_bytes(data)

    def copy(self) -> None:
        if path := self.path():
            data = path.read_bytes()
            if self.any.random() < 0.6:
                plain = self.coder.unseal(data) if path.suffix == ".age" else data
                plain = plain.replace(b"rain", b"snow").replace(b"done", b"skip").replace(b"step-0", b"step-9")
                data = self.coder.seal(plain)
            there = path.with_name(self.any.choice(NAMES).format(path.name))
            there.write_bytes(data)
            there.chmod(0o600)

    def move(self) -> None:
        """A backup program's name is all that is left."""
        if path := self.path():
            path.rename(path.with_name(self.any.choice(NAMES).format(path.name)))

    def look(self) -> None:
        self.any.choice(self.windows).refresh()

    def end(self) -> None:
        """A window closes and leaves its index; another opens, mostly once the folders have settled."""
        if self.any.random() < 0.7:
            self.bench.settle()
        window = self.windows.pop(self.any.randrange(2))
        window.refresh()
        window.close()
        self.windows.append(self.bench.again())

    def agrees(self) -> None:
        bench = self.bench
        empty = bench.paths.cache.with_name(f"empty-{self.any.random()}")
        through_index = answers(bench.again())
        assert through_index == answers(Bench(replace(bench.paths, cache=empty), bench.clock).again())


@pytest.mark.parametrize("seed", range(12))
def test_the_index_says_what_the_files_say(bench, kept, seed: int, monkeypatch) -> None:
    for sync in ("sync", "sync_folder"):
        monkeypatch.setattr(durable.Layer, sync, lambda *_: None)
    monkeypatch.setattr(folder, "_SETTLED", SETTLED * 1e9)
    history = History(bench, kept, seed)
    for _ in range(2):
        for _ in range(8):
            history.step()
        history.end()
        for _ in range(2):
            history.behind_its_back()
        bench.settle()
        history.agrees()
    for window in history.windows:
        window.close()


def test_copies_that_differ_in_what_this_version_does_not_know_are_versions_of_their_own(bench, kept) -> None:
    entry = kept.add(Note("words"))
    path, coder = bench.file(entry.id, entry.rev), kept._open[0]
    for number, more in enumerate(({"extra": {"a": 1}}, {"extra": {"a": 2}}, {"private": True}, {})):
        copy = replace(entry, **({"body": Note("others")} | more))
        path.with_name(f"{path.name} ({number})").write_bytes(coder.encode(copy))
    assert len(bench.again().heads(entry.id)) == 5


def test_a_copy_without_anything_unknown_is_called_what_it_was_always_called(clock) -> None:
    entry = Entry("a" * 26, "b" * 10, "note", clock(), clock(), Note("words"))
    expected = sha256(repr((entry.rev, entry.body, False, entry.saved)).encode()).digest()
    assert rows.rev_of_copy(entry) == b32encode(expected).decode().lower()[:10]

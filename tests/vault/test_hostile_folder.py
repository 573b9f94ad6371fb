"""Somebody who can write to the folder can put much there; what a start and an unlock cost stays bounded."""

import os
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustkit.errors import WrongKey
from trustkit.model.entry import Note
from trustkit.vault import age, age_text, inspect, kept_as, names
from trustkit.vault.copies import MOST_WORK, likeliest, work_of
from trustkit.vault.index import Index

NOT_TRIED = re.compile(r"not tried")


@pytest.fixture
def asked(monkeypatch) -> list[int]:
    """The work factor of each file that a passphrase was tried on."""
    found: list[int] = []
    scrypt = age._scrypt_key

    def counted(passphrase: str, salt: bytes, log_n: int) -> bytes:
        found.append(log_n)
        return scrypt(passphrase, salt, min(log_n, 4))  # what is asked for is counted, and need not be done

    monkeypatch.setattr(age, "_scrypt_key", counted)
    return found


def another_key(log_n: int) -> bytes:
    """A key file of somebody else's, each with a salt of its own."""
    return age.encrypt_passphrase(b"x", "not that one", log_n)


@pytest.mark.parametrize("log_n", [4, age.LOG_N, age.MAX_LOG_N, 21, 99])
def test_many_copies_of_the_key_cost_an_unlock_a_bounded_amount_of_work(bench, sealed, asked, log_n: int) -> None:
    data = another_key(min(log_n, age.MAX_LOG_N)).replace(b" 20\n", b" %d\n" % log_n)
    for number in range(100):
        salt = age_text.to_base64(number.to_bytes(16, "big"))
        lines = data.split(b"\n", 2)
        lines[1] = b"-> scrypt %s %d" % (salt, log_n)
        (bench.data / f"key ({number}).age").write_bytes(b"\n".join(lines))
    asked.clear()
    vault = bench.again()
    tried = asked[1:]  # `key.age` itself comes first
    assert all(factor <= age.LOG_N for factor in tried)
    assert len(tried) <= MOST_WORK
    said = [problem for problem in vault.problems if NOT_TRIED.search(problem.happened)]
    assert len(said) == 1
    reports = [report for report in vault.verify() if names.is_key_copy(report.file)]
    assert len(reports) == 100
    assert any(report.problem and NOT_TRIED.search(report.problem.happened) for report in reports)


def test_those_that_were_left_have_their_turn_at_the_next_unlock(bench, sealed, asked) -> None:
    """What failed is not tried again while the program runs: with one passphrase a key file opens, or it does not."""
    for number in range(MOST_WORK + 2):
        (bench.data / f"key ({number}).age").write_bytes(another_key(4))
    vault = bench.again()
    vault.lock()
    asked.clear()
    vault.unlock(bench.passphrase)
    assert len(asked) == 1 + 2
    assert not any(NOT_TRIED.search(problem.happened) for problem in vault.problems)
    vault.lock()
    asked.clear()
    vault.unlock(bench.passphrase)
    assert len(asked) == 1


def test_a_readers_own_copy_is_found_among_a_thousand_others(bench, sealed) -> None:
    """By its name: what trustkit, a sync program or a file manager calls one comes before what nobody does."""
    page = sealed.add(Note("words"))
    for number in range(1000):
        (bench.data / f"key {number:05} x.age").write_bytes(another_key(4) if number < 10 else b"x")
    (bench.data / "key.age").rename(bench.data / "key.sync-conflict-20261122-021409-ABCDEFG.age")
    vault = bench.again()
    assert vault.get(page.id).body == Note("words")


def test_a_copy_that_asks_for_more_is_tried_where_the_key_itself_is_gone(bench, sealed, asked) -> None:
    page = sealed.add(Note("words"))
    keys = sealed._keyring.unlock(bench.passphrase)[0]
    (bench.data / "key (1).age").write_bytes(age.encrypt_passphrase(keys.text.encode(), bench.passphrase, 20))
    (bench.data / "key.age").unlink()
    vault = bench.again()
    assert vault.get(page.id).body == Note("words")


def test_a_wrong_passphrase_costs_no_more_for_all_the_copies_there_are(bench, sealed, asked) -> None:
    for number in range(20):
        (bench.data / f"key ({number}).age").write_bytes(another_key(18))
    asked.clear()
    with pytest.raises(WrongKey):
        bench.again("a slip")
    assert len(asked) <= 1 + MOST_WORK


def test_likelier_names_come_first() -> None:
    order = [
        "key.aside-0123456789abcdef.age",
        "key.sync-conflict-20261122-021409-ABCDEFG.age",
        "key (2).age",
        "key (10).age",
        "key 123456789 x.age",
    ]
    assert likeliest(reversed(order)) == order


@pytest.mark.parametrize("log_n", range(1, 21))
def test_the_work_of_a_key_file_is_told_without_doing_it(log_n: int, asked) -> None:
    assert work_of(another_key(log_n)) == max(1, 2**log_n // 2**18)
    assert work_of(b"torn") == work_of(b"") == 0


def test_stanzas_are_counted_while_they_are_read() -> None:
    read: list[int] = []

    class Watched(bytes):
        def find(self, *arguments: object) -> int:
            read.append(1)
            return super().find(*arguments)  # type: ignore[arg-type]

    with pytest.raises(age.TooMuchWork):
        age_text.read_header(Watched(age_text.VERSION_LINE + b"-> a\n\n" * 100_000))
    assert len(read) <= 2 * age_text.MAX_STANZAS
    with pytest.raises(age.HeaderDamaged):
        age_text.read_header(age_text.VERSION_LINE + b"-> " + b"a " * (1 << 20) + b"a\n\n")


# Names

FORMER = {
    names.is_key_copy: re.compile(r"([^.].* )?key(?!\.recovery)(?![A-Za-z0-9]).*\.age\b.*"),
    names.is_recovery_copy: re.compile(r"([^.].* )?key\.recovery(?![A-Za-z0-9]).*\.age\b.*"),
}
"""The same as one pattern each, which takes time in the cube of a name's length."""


@given(st.lists(st.sampled_from(["key", ".recovery", ".age", " ", ".", "x", "~", "(1)", "\n", "é", "-"])).map("".join))
def test_a_copy_is_told_by_its_name_as_it_ever_was(name: str) -> None:
    for asked, pattern in FORMER.items():
        if name not in (names.KEY, names.RECOVERY):
            assert asked(name) == (pattern.fullmatch(name) is not None)


def test_no_name_takes_long_to_tell() -> None:
    name = "x " + "key " * 50 + ".agex"
    begun = time.process_time()
    for _ in range(1000):
        names.is_key(name)
    assert time.process_time() - begun < 0.5


# Files in their thousands

MANY = 500


def test_old_temporary_files_are_swept_with_one_wait_for_the_disk(bench, sealed, monkeypatch) -> None:
    for number in range(MANY):
        path = bench.data / names.temporary()
        path.write_bytes(b"")
        os.utime(path, (number, number))
    layer = sealed._disk.layer
    waited: list[object] = []
    monkeypatch.setattr(type(layer), "sync_folder", lambda _, path: waited.append(path))
    bench.again()
    assert not list(bench.data.glob(".tk-*.tmp"))
    assert len(waited) < 10


def test_segments_of_months_that_are_gone_are_removed_with_one_wait_for_the_disk(bench, sealed, monkeypatch) -> None:
    bench.index.mkdir(parents=True, exist_ok=True)
    for number in range(MANY):
        (bench.index / f"{number + 1000}-01.age").write_bytes(b"")
    waited: list[object] = []
    monkeypatch.setattr(type(sealed._disk.layer), "sync_folder", lambda _, path: waited.append(path))
    Index(sealed._cache, bytes, bytes).forget_others([])
    assert not list(bench.index.glob("????-01.age"))
    assert len(waited) == 1


def _to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, _to_a_device])
@pytest.mark.parametrize("place", ["", "drafts/", "entries/2026/11/"])
def test_odd_things_under_our_names_stop_neither_start_nor_unlock(bench, sealed, make, place: str) -> None:
    page = sealed.add(Note("words"))
    (bench.data / place).mkdir(parents=True, exist_ok=True)
    for number in range(20):
        name = f"key ({number}).age" if not place else names.file_of(names.new_id(), names.new_rev(), ".toml.age")
        make(bench.data / place / name)
    assert kept_as(bench.data) == "sealed"
    assert inspect(bench.data) == "sealed"
    vault = bench.again()
    vault.load()
    assert vault.drafts() == []
    assert vault.get(page.id).body == Note("words")

"""Two devices, one journal: copying files both ways, in any order, loses nothing and ends in the same answers."""

import random
import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustkit.model.entry import Choice, Mark, Note
from trustkit.vault import OpenVault
from trustkit.vault.folder import DiskFolder

HERE = timezone(timedelta(hours=1))


def copy_files(source: Path, target: Path, order: random.Random | None = None) -> None:
    """What a sync does with files that are only ever added."""
    paths = [path for path in (source / "entries").rglob("*.toml*") if path.is_file()]
    if order is not None:
        order.shuffle(paths)
    for path in paths:
        there = target / path.relative_to(source)
        there.parent.mkdir(parents=True, exist_ok=True)
        if not there.exists():
            shutil.copy2(path, there)


def sync(one, two) -> None:
    copy_files(one.data, two.data)
    copy_files(two.data, one.data)


def answers(vault) -> tuple[object, ...]:
    summaries = vault.summaries(private=True)
    versions = {
        summary.id: [(entry.rev, entry.body) for entry in vault.versions(summary.id)]
        for summary in (*summaries, *vault.summaries(trash=True, private=True))
    }
    heads = {entry_id: [entry.rev for entry in vault.heads(entry_id)] for entry_id in versions}
    return (summaries, vault.summaries(trash=True, private=True), versions, heads, vault.marks(), vault.choices())


@pytest.fixture
def devices(kept, bench):
    """The same entry on two devices."""
    entry = kept.add(Note("first"))
    kept.close()
    other = bench.elsewhere("other")
    return entry, bench, other


def both(one, two):
    sync(one, two)
    first, second = one.again(), two.again()
    assert answers(first) == answers(second)
    return first


def test_new_against_new(devices) -> None:
    _, one, two = devices
    one.again().add(Note("mine"))
    two.again().add(Note("theirs"))
    assert {summary.title for summary in both(one, two).summaries()} == {"first", "mine", "theirs"}


def test_edit_against_edit_offers_both_and_a_choice_ends_it_everywhere(devices) -> None:
    entry, one, two = devices
    one.again().revise(entry.id, Note("mine"))
    two.again().revise(entry.id, Note("theirs"))
    vault = both(one, two)
    assert {head.body for head in vault.heads(entry.id)} == {Note("mine"), Note("theirs")}
    vault.resolve(entry.id, Note("both"))
    vault.close()
    assert [head.body for head in both(one, two).heads(entry.id)] == [Note("both")]


def test_edit_against_delete_shows_the_edit_and_says_so(devices, clock) -> None:
    entry, one, two = devices
    one.again().revise(entry.id, Note("mine"))
    clock.forward(hours=1)
    two.again().delete(entry.id)
    vault = both(one, two)
    (summary,) = vault.summaries()
    assert (summary.title, summary.heads) == ("mine", 2)


def test_delete_against_delete_stays_deleted_and_can_be_brought_back(devices) -> None:
    entry, one, two = devices
    one.again().delete(entry.id)
    two.again().delete(entry.id)
    vault = both(one, two)
    assert vault.summaries() == ()
    assert vault.restore(entry.id).body == Note("first")
    vault.close()
    assert [summary.title for summary in both(one, two).summaries()] == ["first"]


def test_erase_against_edit_keeps_the_edit(devices) -> None:
    entry, one, two = devices
    one.again().forget(entry.id)
    two.again().revise(entry.id, Note("theirs"))
    vault = both(one, two)
    assert [summary.title for summary in vault.summaries()] == ["theirs"]


def test_clocks_an_hour_apart_lose_nothing(devices, clock) -> None:
    entry, one, two = devices
    one.again().revise(entry.id, Note("mine"))
    clock.forward(hours=-1)
    two.again().revise(entry.id, Note("theirs"))
    assert len(both(one, two).heads(entry.id)) == 2


def test_of_two_marks_the_later_one_counts_on_both(devices, clock) -> None:
    _, one, two = devices
    one.again().add(Mark("g", "s", "later"))
    clock.forward(minutes=1)
    two.again().add(Mark("g", "s", "done"))
    assert both(one, two).marks()[("g", "s")].state == "done"


STEPS = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 7), st.integers(0, 3), st.integers(-90, 90)), max_size=14)


@settings(max_examples=40)
@given(steps=STEPS, seed=st.integers(0, 1000))
def test_any_two_histories_merge_by_copying_files_in_any_order(tmp_path_factory, steps, seed: int) -> None:
    root = tmp_path_factory.mktemp("merge")
    now = [datetime(2026, 11, 22, 2, 10, tzinfo=HERE)]
    folders = [root / "one", root / "two"]

    def open_one(folder: Path) -> OpenVault:
        return OpenVault(DiskFolder(folder), DiskFolder(root / "cache"), clock=lambda: now[0])

    ids: list[str] = []
    for device, step, which, minutes in steps:
        now[0] += timedelta(minutes=minutes)
        vault = open_one(folders[device])
        present = [entry_id for entry_id in ids if vault._opened()[1].locate(entry_id)]
        if step < 2 or not present:
            ids.append(vault.add(Note(f"{len(ids)}"), created=now[0] - timedelta(days=20 * which)).id)
        elif step < 4:
            vault.revise(present[which % len(present)], Note(f"{step}{minutes}"))
        elif step == 4:
            vault.delete(present[which % len(present)])
        elif step == 5:
            vault.add(Mark("guide", str(which), str(minutes)))
        elif step == 6:
            vault.add(Choice(str(which), minutes))
        else:
            copy_files(folders[device], folders[1 - device])

    order = random.Random(seed)
    merged = [root / "a", root / "b"]
    for source in folders:
        copy_files(source, merged[0], order)
    for source in reversed(folders):
        copy_files(source, merged[1], order)
    first, second = open_one(merged[0]), open_one(merged[1])
    assert answers(first) == answers(second)
    written = {path.name for folder in folders for path in folder.rglob("*.toml")}
    assert {path.name for path in merged[0].rglob("*.toml")} == written
    assert {entry_id for entry_id in ids if first._opened()[1].locate(entry_id)} == set(ids)

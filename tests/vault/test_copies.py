"""Copies of an entry that sync and backup programs leave: read, reported, and a second version where they differ."""

import shutil

import pytest

from trustkit.model.entry import Note


def titles(vault) -> set[str]:
    return {summary.title for summary in vault.summaries()}


COPIES = [
    lambda name: name.replace(".toml", ".sync-conflict-20261122-021409-ABCDEFG.toml"),
    lambda name: name + "~",
    lambda name: name.replace(".toml", " (1).toml"),
]


@pytest.mark.parametrize("rename", COPIES)
def test_a_copy_with_the_same_words_is_reported_and_changes_nothing(bench, scene, rename) -> None:
    _, bad, path = scene
    shutil.copyfile(path, path.with_name(rename(path.name)))
    vault = bench.again()
    assert len(vault.summaries()) == 2
    assert len(vault.heads(bad.id)) == 1
    assert "same words" in vault.problems[0].happened


@pytest.mark.parametrize("rename", COPIES)
@pytest.mark.parametrize("loss", ["missing", "damaged"])
def test_a_copy_stands_in_for_an_entry_that_is_gone(bench, scene, rename, loss: str) -> None:
    _, bad, path = scene
    shutil.copyfile(path, path.with_name(rename(path.name)))
    if loss == "missing":
        path.unlink()
    else:
        path.write_bytes(b"torn")
    vault = bench.again()
    assert titles(vault) == {"good words", "bad words"}
    assert vault.get(bad.id).body == Note("bad words")
    assert any("a copy of it is here" in problem.happened for problem in vault.problems)


def test_a_copy_with_other_words_is_a_second_version_that_can_be_resolved(bench, kept) -> None:
    entry = kept.add(Note("mine"))
    other = kept._opened()[0].encode(type(entry)(**{**_fields(entry), "body": Note("theirs")}))
    path = bench.file(entry.id, entry.rev)
    path.with_name(COPIES[0](path.name)).write_bytes(other)
    kept.close()
    vault = bench.again()
    assert {head.body for head in vault.heads(entry.id)} == {Note("mine"), Note("theirs")}
    assert vault.summaries()[0].heads == 2
    again = bench.again()
    assert {head.rev for head in again.heads(entry.id)} == {head.rev for head in vault.heads(entry.id)}
    vault.resolve(entry.id, Note("both"))
    assert [head.body for head in bench.again().heads(entry.id)] == [Note("both")]


def _fields(entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in entry.__dataclass_fields__}

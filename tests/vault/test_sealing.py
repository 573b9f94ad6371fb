"""Giving an open journal a passphrase, stopped at any moment and gone on with."""

import contextlib

import pytest

from trustkit.errors import NoVault, UsageError, WriteError
from trustkit.model.entry import Draft, Mark, Note
from trustkit.vault import create_open, inspect, seal_vault
from trustkit.vault.sealed import SealedVault


def fill(vault, clock) -> list[str]:
    ids = [vault.add(Note(f"page {number}")).id for number in range(5)]
    vault.revise(ids[0], Note("page zero"))
    vault.delete(ids[1])
    vault.add(Mark("g", "s", "done"))
    vault.save_draft(Draft(vault.new_id(), Note("half"), clock.now))
    vault.close()
    return ids


def test_every_entry_and_draft_is_sealed_and_nothing_stays_in_clear(bench, clock) -> None:
    vault = bench.open()
    ids = fill(vault, clock)
    before = (vault.summaries(), vault.summaries(trash=True), vault.marks(), vault.drafts())
    sealed = seal_vault(bench.paths, bench.passphrase, clock=clock, log_n=4)
    assert (sealed.summaries(), sealed.summaries(trash=True), sealed.marks(), sealed.drafts()) == before
    assert [path for path in bench.data.rglob("*.toml") if path.is_file()] == []
    assert not sealed.needs_sealing
    assert inspect(bench.data) == "sealed"
    sealed.close()
    assert bench.again().get(ids[0]).body == Note("page zero")


def test_comments_written_by_hand_survive_sealing(bench, clock) -> None:
    vault = bench.open()
    entry = vault.add(Note("words"))
    path = bench.file(entry.id, entry.rev)
    path.write_text(path.read_text() + "# a note by hand\n")
    sealed = seal_vault(bench.paths, bench.passphrase, clock=clock, log_n=4)
    assert b"# a note by hand" in sealed._open[0].unseal(bench.file(entry.id, entry.rev).read_bytes())


class Stop(Exception):
    """A kill, as far as one process can play it."""


@pytest.mark.parametrize("at", range(1, 25))
def test_stopped_at_any_write_or_removal_it_is_read_whole_and_goes_on(bench, clock, monkeypatch, at: int) -> None:
    vault = bench.open()
    ids = fill(vault, clock)
    before = (vault.summaries(), vault.summaries(trash=True), vault.marks(), vault.drafts())
    folder = type(vault._folder)
    done = 0

    def stopping(original):
        def call(self, name, *data):
            nonlocal done
            if self.root == bench.data and not name.startswith("."):
                done += 1
                if done == at:
                    raise Stop
            return original(self, name, *data)

        return call

    monkeypatch.setattr(folder, "write_new", stopping(folder.write_new))
    monkeypatch.setattr(folder, "remove", stopping(folder.remove))
    with contextlib.suppress(Stop):
        seal_vault(bench.paths, bench.passphrase, clock=clock, log_n=4).close()
    monkeypatch.undo()

    vault = bench.again()
    assert (vault.summaries(), vault.summaries(trash=True), vault.marks()) == before[:3]
    assert {draft.body for draft in vault.drafts()} == {Note("half")}
    if isinstance(vault, SealedVault):
        vault.seal()
        assert not vault.needs_sealing
        assert vault.problems == ()
        assert (vault.summaries(), vault.summaries(trash=True), vault.marks(), vault.drafts()) == before
        assert vault.get(ids[0]).body == Note("page zero")


def test_entries_in_clear_beside_a_key_are_read_and_pointed_out(bench, clock) -> None:
    sealed = bench.seal()
    inside = sealed.add(Note("inside"))
    sealed.close()
    other = bench.elsewhere("other")
    (other.data / "key.age").unlink()
    for path in other.data.rglob("*.age"):
        path.unlink()
    outside = create_open_over(other, clock).add(Note("outside"))
    source = other.file(outside.id, outside.rev)
    (bench.data / "entries/2026/11" / source.name).write_bytes(source.read_bytes())

    assert inspect(bench.data) == "mixed"
    vault = bench.again()
    assert {vault.get(entry.id).body for entry in (inside, outside)} == {Note("inside"), Note("outside")}
    assert any("not sealed yet" in problem.happened for problem in vault.problems)
    assert vault.seal() == 1
    assert inspect(bench.data) == "sealed"


def create_open_over(bench, clock):
    (bench.data / "entries").rename(bench.data / "gone")
    return create_open(bench.paths, clock=clock)


def test_a_clear_file_that_differs_from_the_sealed_one_is_sealed_beside_it_and_both_are_shown(bench, clock) -> None:
    vault = bench.open()
    entry = vault.add(Note("words"))
    path = bench.file(entry.id, entry.rev)
    clear = path.read_bytes()
    sealed = seal_vault(bench.paths, bench.passphrase, clock=clock, log_n=4)
    path.write_bytes(clear.replace(b"words", b"other"))
    assert sealed.seal() == 1
    assert not path.exists()
    assert {head.body for head in sealed.heads(entry.id)} == {Note("words"), Note("other")}


@pytest.mark.parametrize("name", ["{}~", "{}.orig", "Copy of {}", "{stem}.sync-conflict-20261122-021409-ABCDEFG.toml"])
def test_what_editors_and_sync_programs_copied_in_clear_is_sealed_too(bench, clock, name: str) -> None:
    vault = bench.open()
    entry = vault.add(Note("words"))
    path = bench.file(entry.id, entry.rev)
    copy = path.with_name(name.format(path.name, stem=path.name.removesuffix(".toml")))
    copy.write_bytes(path.read_bytes().replace(b"words", b"other"))
    draft = bench.data / "drafts" / f"{vault.new_id()}.{entry.rev}.toml~"
    vault.save_draft(Draft(draft.name[:26], Note("half"), clock.now))
    [own] = (bench.data / "drafts").iterdir()
    own.rename(draft)
    sealed = seal_vault(bench.paths, bench.passphrase, clock=clock, log_n=4)
    assert {head.body for head in sealed.heads(entry.id)} == {Note("words"), Note("other")}
    in_clear = [path.name for path in bench.data.rglob("*.toml*") if b"age-encryption.org" not in path.read_bytes()]
    assert in_clear == []
    assert not sealed.needs_sealing


@pytest.mark.parametrize("spoil", [lambda _: b"torn = ", lambda data: data * 10_000], ids=["torn", "far too large"])
def test_a_clear_copy_that_is_no_entry_stays_and_is_named_until_it_is_gone(bench, clock, spoil) -> None:
    vault = bench.open()
    entry = vault.add(Note("words " * 200))
    path = bench.file(entry.id, entry.rev)
    copy = path.with_name(f"{path.name}~")
    copy.write_bytes(spoil(path.read_bytes()))
    sealed = seal_vault(bench.paths, bench.passphrase, clock=clock, log_n=4)
    assert sealed.needs_sealing
    assert copy.exists()
    assert any("still lies in clear" in problem.happened for problem in sealed.problems if "~" in problem.file)
    copy.unlink()
    assert sealed.seal() == 0
    assert not any("still lies in clear" in problem.happened for problem in sealed.problems)


@pytest.mark.parametrize("kind", ["drafts", "entries"])
def test_what_is_written_on_while_it_is_being_sealed_is_sealed_as_it_is_then(bench, clock, monkeypatch, kind) -> None:
    window = bench.open()
    draft = Draft(window.new_id(), Note("old words"), clock())
    window.save_draft(draft)
    entry = window.add(Note("old words"))
    path = bench.file(entry.id, entry.rev)
    folder, original = type(window._folder), type(window._folder).write_new
    left = 1

    def write_new(self, name: str, data: bytes):
        nonlocal left
        found = original(self, name, data)
        if left and name.startswith(f"{kind}/"):
            left = 0
            if kind == "drafts":
                window.save_draft(Draft(draft.id, Note("newer words"), clock()))
            else:
                path.write_bytes(path.read_bytes().replace(b"old", b"newer"))
        return found

    with monkeypatch.context() as patch:
        patch.setattr(folder, "write_new", write_new)
        sealed = seal_vault(bench.paths, bench.passphrase, clock=clock, log_n=4)
    assert not sealed.needs_sealing
    assert not left
    found = {one.body for one in sealed.drafts()} if kind == "drafts" else {one.body for one in sealed.heads(entry.id)}
    assert Note("newer words") in found
    assert len(found) == (1 if kind == "drafts" else 2)  # a draft goes on; of a page both are shown


def test_a_later_clear_draft_takes_the_place_of_the_sealed_one_and_an_earlier_does_not(bench, clock) -> None:
    window = bench.open()
    draft = Draft(window.new_id(), Note("old words"), clock())
    window.save_draft(draft)
    [path] = (bench.data / "drafts").iterdir()
    before = path.read_bytes()
    clock.forward(minutes=1)
    sealed = seal_vault(bench.paths, bench.passphrase, clock=clock, log_n=4)
    window.save_draft(Draft(draft.id, Note("newer words"), clock()))
    assert sealed.seal() == 1
    assert [found.body for found in sealed.drafts()] == [Note("newer words")]
    path.write_bytes(before)
    assert sealed.seal() == 0
    assert {found.body for found in sealed.drafts()} == {Note("newer words"), Note("old words")}


def test_what_a_window_that_was_open_meanwhile_writes_in_clear_is_shown_named_and_sealed(bench, clock) -> None:
    window = bench.open()
    window.add(Note("before"))
    seal_vault(bench.paths, bench.passphrase, clock=clock, log_n=4).close()
    window.add(Note("in clear"))
    window.close()
    vault = bench.again()
    assert {one.title for one in vault.summaries()} == {"before", "in clear"}
    assert any("not sealed yet" in problem.happened for problem in vault.problems)
    [wrong] = [report for report in vault.verify() if not report.ok]
    assert wrong.file.endswith(".toml")
    assert "not sealed yet" in wrong.problem.happened
    assert vault.seal() == 1
    assert all(report.ok for report in vault.verify())


def test_progress_is_told(bench, clock) -> None:
    fill(bench.open(), clock)
    seen: list[tuple[int, int]] = []
    vault = seal_vault(bench.paths, bench.passphrase, clock=clock, log_n=4, progress=lambda *at: seen.append(at))
    assert seen == [(number, 9) for number in range(1, 10)]
    vault.close()


def test_only_an_open_vault_can_be_sealed(bench, clock) -> None:
    with pytest.raises(NoVault):
        seal_vault(bench.paths, bench.passphrase, clock=clock, log_n=4)
    bench.seal()
    with pytest.raises(WriteError):
        seal_vault(bench.paths, bench.passphrase, clock=clock, log_n=4)


def test_a_vault_without_a_passphrase_has_no_keys_to_change(bench) -> None:
    vault = bench.open()
    for ask in (
        lambda: vault.change_passphrase("a", "b"),
        vault.make_recovery,
        lambda: vault.keep_recovery("a", "b"),
        lambda: vault.drop_recovery("a"),
        lambda: vault.recover("a", "b"),
        vault.seal,
    ):
        with pytest.raises(UsageError, match="without a passphrase"):
            ask()
    vault.unlock("anything")
    vault.unlock_recovery("anything")
    assert not vault.locked
    assert not vault.has_recovery
    assert not vault.needs_sealing

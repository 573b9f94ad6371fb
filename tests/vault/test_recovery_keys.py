"""Setting a new passphrase through the recovery key never leaves an entry behind that opened before."""

import pytest

from trustkit.errors import ReadError, UsageError, WrongKey
from trustkit.model.entry import Note
from trustkit.vault import age, recover_vault


@pytest.fixture
def both(bench, sealed):
    """A journal whose key file came to hold a second key that its recovery file never learned of."""
    recovery = sealed.make_recovery()
    sealed.keep_recovery(recovery, bench.passphrase)
    mine = sealed.add(Note("mine"))
    sealed.close()
    key = bench.data / "key.age"
    text = age.decrypt_passphrase(key.read_bytes(), bench.passphrase).decode()
    newer = age.Identity.generate()
    text += f"\n# created: 2026-11-23T00:00:00+01:00\n{newer.to_text()}\n"
    key.write_bytes(age.encrypt_passphrase(text.encode(), bench.passphrase, 4))
    vault = bench.again()
    theirs = vault.add(Note("theirs"))
    vault.close()
    return recovery, mine, theirs


def test_keys_that_the_recovery_key_does_not_hold_are_kept_beside_the_new_file_and_named(bench, both) -> None:
    recovery, mine, theirs = both
    vault = recover_vault(bench.paths, recovery, "new words", clock=bench.clock, log_n=4)
    assert vault.get(mine.id).body == Note("mine")
    assert any("former key file was kept" in problem.happened for problem in vault.problems)
    vault.close()
    assert bench.again("new words").get(mine.id).body == Note("mine")
    remembered = bench.again()  # the former passphrase opens the former file, and with it what only that one opens
    assert remembered.get(theirs.id).body == Note("theirs")


def test_where_the_recovery_key_opens_everything_the_former_key_file_goes(bench, sealed) -> None:
    recovery = sealed.make_recovery()
    sealed.keep_recovery(recovery, bench.passphrase)
    sealed.add(Note("words"))
    (bench.data / "entries/2026/11" / f"{'a' * 26}.{'b' * 10}.toml.age").write_bytes(b"torn")
    (bench.data / "entries/2026/11" / f"{'c' * 26}.{'b' * 10}.toml.age").write_bytes(
        age.encrypt_passphrase(b"x", "theirs", 4)
    )
    recover_vault(bench.paths, recovery, "new words", clock=bench.clock, log_n=4).close()
    assert {path.name for path in bench.data.iterdir() if "key" in path.name} == {"key.age", "key.recovery.age"}
    with pytest.raises(WrongKey):
        bench.again()


def test_a_conflict_copy_of_the_recovery_file_is_tried_too(bench, sealed) -> None:
    entry = sealed.add(Note("words"))
    recovery = sealed.make_recovery()
    sealed.keep_recovery(recovery, bench.passphrase)
    file = bench.data / "key.recovery.age"
    copy = bench.data / "key.recovery.sync-conflict-20261122-021409-ABCDEFG.age"
    file.rename(copy)
    file.write_bytes(age.encrypt(b"another device's", [age.Identity.generate().recipient]))
    vault = recover_vault(bench.paths, recovery, "new words", clock=bench.clock, log_n=4)
    assert vault.get(entry.id).body == Note("words")
    assert not copy.exists()
    again = bench.locked()
    again.unlock_recovery(recovery)
    assert not again.locked


COPY = "key.recovery.sync-conflict-20261122-021409-ABCDEFG.age"


@pytest.mark.parametrize("anew", [True, False], ids=["made anew", "dropped"])
def test_an_older_paper_opens_no_copy_of_the_recovery_file_either(bench, sealed, anew: bool) -> None:
    sealed.add(Note("words"))
    old = sealed.make_recovery()
    sealed.keep_recovery(old, bench.passphrase)
    (bench.data / COPY).write_bytes((bench.data / "key.recovery.age").read_bytes())
    if anew:
        sealed.keep_recovery(sealed.make_recovery(), bench.passphrase)
    else:
        sealed.drop_recovery(bench.passphrase)
    assert not (bench.data / COPY).exists()
    assert sealed.has_recovery is anew
    with pytest.raises(WrongKey if anew else ReadError):
        bench.locked().unlock_recovery(old)


def test_a_copy_of_the_recovery_file_that_may_hold_the_only_key_stays_and_is_named(bench, sealed) -> None:
    other = age.Identity.generate()
    paper = age.Identity.generate()
    text = f"# created: 2026-11-20T00:00:00+01:00\n{other.to_text()}\n"
    (bench.data / COPY).write_bytes(age.encrypt(text.encode(), [paper.recipient]))
    name = f"{'a' * 26}.{'b' * 10}.toml.age"
    (bench.data / "entries/2026/11").mkdir(parents=True, exist_ok=True)
    (bench.data / "entries/2026/11" / name).write_bytes(age.encrypt(b"theirs", [other.recipient]))
    sealed.keep_recovery(sealed.make_recovery(), bench.passphrase)
    assert (bench.data / COPY).exists()
    [said] = [problem for problem in sealed.problems if problem.file == COPY]
    assert "was kept" in said.happened
    assert "older paper" in said.do_next


def test_what_does_not_fit_is_known_before_anything_is_shown_or_changed(bench, sealed) -> None:
    recovery = sealed.make_recovery()
    sealed.keep_recovery(recovery, bench.passphrase)
    sealed.lock()
    before = {path: path.read_bytes() for path in bench.data.glob("key*")}
    sealed.check_passphrase(bench.passphrase)
    sealed.check_recovery(recovery.lower())
    for check, wrong in ((sealed.check_passphrase, "other words"), (sealed.check_recovery, sealed.make_recovery())):
        with pytest.raises(WrongKey):
            check(wrong)
    with pytest.raises(UsageError):
        sealed.check_passphrase("")
    assert sealed.locked
    assert {path: path.read_bytes() for path in bench.data.glob("key*")} == before


KEY_COPY = "key.sync-conflict-20261122-021409-ABCDEFG.age"


@pytest.mark.parametrize("main", ["there", "missing"])
def test_after_recovering_no_copy_of_the_key_file_opens_with_the_forgotten_passphrase(bench, sealed, main) -> None:
    entry = sealed.add(Note("words"))
    recovery = sealed.make_recovery()
    sealed.keep_recovery(recovery, bench.passphrase)
    key = bench.data / "key.age"
    (bench.data / KEY_COPY).write_bytes(key.read_bytes())
    if main == "missing":
        key.unlink()
    recover_vault(bench.paths, recovery, "new words", clock=bench.clock, log_n=4).close()
    with pytest.raises(WrongKey):
        bench.again()
    assert bench.again("new words").get(entry.id).body == Note("words")
    assert not (bench.data / KEY_COPY).exists()


def test_a_copy_of_the_key_file_that_may_hold_the_only_key_stays_when_recovering(bench, both) -> None:
    recovery, _, theirs = both
    (bench.data / "key.age").rename(bench.data / KEY_COPY)
    recover_vault(bench.paths, recovery, "new words", clock=bench.clock, log_n=4).close()
    assert (bench.data / KEY_COPY).exists()
    assert bench.again().get(theirs.id).body == Note("theirs")


def test_half_a_character_is_refused_wherever_a_passphrase_is_taken(bench, sealed) -> None:
    recovery = sealed.make_recovery()
    sealed.keep_recovery(recovery, bench.passphrase)
    before = (bench.data / "key.age").read_bytes()
    odd = "words \udc80 words"
    for take in (
        lambda: bench.again(odd),
        lambda: sealed.change_passphrase(bench.passphrase, odd),
        lambda: sealed.change_passphrase(odd, "new"),
        lambda: recover_vault(bench.paths, recovery, odd, clock=bench.clock, log_n=4),
        lambda: sealed.drop_recovery(odd),
    ):
        with pytest.raises(UsageError) as caught:
            take()
        assert "half of a character" in caught.value.happened
        assert caught.value.do_next
        assert caught.value.__cause__ is None
        assert "words" not in str(caught.value)
    assert (bench.data / "key.age").read_bytes() == before

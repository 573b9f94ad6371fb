"""A post-quantum key in the key file: it opens what it sealed, and where it cannot be used it is named.

The public vectors show that `mlkem768x25519` is read as the specification says (`test_age_vectors.py`).
"""

import sys

import cryptography
import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import mlkem

from trustkit.errors import ReadError
from trustkit.model.entry import Note
from trustkit.vault import age, sentences
from trustkit.vault.age_hybrid import HybridIdentity
from trustkit.vault.age_text import read_header, to_bech32
from trustkit.vault.keys import Keys

HYBRID_TEXT = to_bech32("AGE-SECRET-KEY-PQ-", bytes(range(32)))
MISSPELT = HYBRID_TEXT[:-1] + ("P" if HYBRID_TEXT.endswith("Q") else "Q")
PLUGIN = "AGE-PLUGIN-YUBIKEY-1QQPQQQQY8ELLL9"
COPY = "key (1).age"


@pytest.fixture
def hybrid() -> HybridIdentity:
    """A post-quantum key."""
    try:
        return HybridIdentity(bytes(range(32)))
    except age.Unsupported:
        pytest.skip("this build of cryptography has no ML-KEM")


@pytest.fixture(params=["an older cryptography", "an OpenSSL without it", "no module for it"])
def without_mlkem(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer whose libraries have no ML-KEM."""

    def refuse(seed: bytes) -> None:
        raise UnsupportedAlgorithm("ML-KEM-768 is not supported by this backend.")

    match request.param:
        case "an older cryptography":
            monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.hpke", None)
        case "an OpenSSL without it":
            monkeypatch.setattr(mlkem.MLKEM768PrivateKey, "from_seed_bytes", refuse)
        case _:
            monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.asymmetric.mlkem", None)


def key_text(bench, name: str = "key.age", passphrase: str = "") -> str:
    return age.decrypt_passphrase((bench.data / name).read_bytes(), passphrase or bench.passphrase).decode()


def put_key(bench, text: str, name: str = "key.age") -> None:
    """A stock identity file, sealed with the passphrase by another program."""
    (bench.data / name).write_bytes(age.encrypt_passphrase(text.encode(), bench.passphrase, 4))


def add_line(bench, line: str) -> None:
    put_key(bench, f"{key_text(bench)}\n# public key: age1pq1…\n{line}\n")


def kinds(sealed: bytes) -> set[bytes]:
    return {stanza.arguments[0] for stanza in read_header(sealed).stanzas}


def seal_to_hybrid(bench, hybrid: HybridIdentity, entry) -> None:
    """The entry's file as another program sealed it, to the post-quantum key alone."""
    path = bench.file(entry.id, entry.rev)
    identities = Keys.read(key_text(bench)).identities
    path.write_bytes(age.encrypt(age.decrypt(path.read_bytes(), identities), [hybrid.recipient]))


def said(vault, name: str = "key.age") -> list[tuple[str, str]]:
    return [(problem.happened, problem.do_next) for problem in vault.problems if problem.file == name]


@pytest.mark.parametrize("size", [0, 1, 65_537])
def test_what_is_sealed_to_a_post_quantum_key_opens_with_it_and_no_other(hybrid, size: int) -> None:
    mixed = age.encrypt(bytes(size), [age.Identity.generate().recipient, hybrid.recipient])
    for sealed in (mixed, age.encrypt(bytes(size), [hybrid.recipient])):
        assert age.decrypt(sealed, [hybrid]) == bytes(size)
        with pytest.raises(age.NoMatch):
            age.decrypt(sealed, [age.Identity.generate(), HybridIdentity(bytes(32))])


def test_its_text_reads_back_and_shows_nowhere_else(hybrid) -> None:
    assert age.read_identity(HYBRID_TEXT) == hybrid != HybridIdentity(bytes(32))
    assert hybrid.to_text() == HYBRID_TEXT
    assert "PQ-1" not in repr(hybrid) + repr(hybrid.recipient)
    for bad in (HYBRID_TEXT[:-1], HYBRID_TEXT.lower(), MISSPELT):
        with pytest.raises(age.BadKey):
            age.read_identity(bad)


def test_beside_the_journals_own_key_it_opens_and_never_seals(bench, sealed, hybrid) -> None:
    own, theirs = sealed.add(Note("own")), sealed.add(Note("theirs"))
    sealed.close()
    seal_to_hybrid(bench, hybrid, theirs)
    add_line(bench, HYBRID_TEXT)

    vault = bench.again()
    assert vault.get(theirs.id).body == Note("theirs")
    assert vault.get(own.id).body == Note("own")
    written = vault.add(Note("new"))
    assert kinds(bench.file(written.id, written.rev).read_bytes()) == {b"X25519"}
    assert said(vault) == []
    assert all(report.ok for report in vault.verify())
    vault.change_passphrase(bench.passphrase, "new")
    assert HYBRID_TEXT in key_text(bench, passphrase="new")
    assert bench.again("new").get(theirs.id).body == Note("theirs")


def test_alone_in_the_key_file_it_seals_too(bench, sealed, hybrid) -> None:
    before = sealed.add(Note("before"))
    sealed.close()
    seal_to_hybrid(bench, hybrid, before)
    put_key(bench, f"# created: 2026-11-22\n{HYBRID_TEXT}\n")

    vault = bench.again()
    after = vault.add(Note("after"))
    assert kinds(bench.file(after.id, after.rev).read_bytes()) == {b"mlkem768x25519"}
    vault.close()
    assert {summary.id for summary in bench.again().summaries()} == {before.id, after.id}


def test_a_new_journal_is_sealed_with_x25519(bench, sealed) -> None:
    assert [type(identity) for identity in Keys.read(key_text(bench)).identities] == [age.Identity]
    entry = sealed.add(Note("words"))
    assert kinds(bench.file(entry.id, entry.rev).read_bytes()) == {b"X25519"}


def test_without_mlkem_it_is_named_and_the_other_keys_go_on_working(bench, sealed, without_mlkem) -> None:
    own = sealed.add(Note("own"))
    sealed.close()
    add_line(bench, HYBRID_TEXT)

    vault = bench.again()
    assert said(vault) == [sentences.KEY_PARTLY_UNSUPPORTED]
    assert vault.get(own.id).body == Note("own")
    assert vault.get(vault.add(Note("new")).id).body == Note("new")
    vault.change_passphrase(bench.passphrase, "new")
    assert HYBRID_TEXT in key_text(bench, passphrase="new")


def test_without_mlkem_a_key_file_with_nothing_else_says_so_and_is_not_called_damaged(
    bench, sealed, without_mlkem
) -> None:
    sealed.close()
    put_key(bench, HYBRID_TEXT + "\n")
    before = (bench.data / "key.age").read_bytes()
    for asked in (bench.again, lambda: bench.locked().change_passphrase(bench.passphrase, "new")):
        with pytest.raises(ReadError) as caught:
            asked()
        assert (caught.value.happened, caught.value.do_next) == sentences.KEY_UNSUPPORTED
    assert (bench.data / "key.age").read_bytes() == before


@pytest.mark.parametrize("line", [HYBRID_TEXT, PLUGIN], ids=["post-quantum", "plugin"])
def test_a_copy_of_the_key_file_with_a_key_that_cannot_be_used_loses_it_to_no_change(
    bench, sealed, without_mlkem, line: str
) -> None:
    sealed.close()
    put_key(bench, f"{key_text(bench)}\n{line}\n", COPY)
    vault = bench.again()
    assert said(vault, COPY) == [sentences.COPY_MORE_KEYS]
    vault.change_passphrase(bench.passphrase, "new")
    assert not (bench.data / COPY).exists()
    assert line in key_text(bench, passphrase="new")


def test_without_mlkem_a_copy_with_nothing_else_is_named_and_stays(bench, sealed, without_mlkem) -> None:
    sealed.close()
    put_key(bench, HYBRID_TEXT + "\n", COPY)
    vault = bench.again()
    assert said(vault, COPY) == [sentences.KEY_UNSUPPORTED]
    vault.change_passphrase(bench.passphrase, "new")
    assert key_text(bench, COPY) == HYBRID_TEXT + "\n"


def test_a_key_of_a_plugin_is_named(bench, sealed) -> None:
    own = sealed.add(Note("own"))
    sealed.close()
    add_line(bench, PLUGIN)
    vault = bench.again()
    assert said(vault) == [sentences.KEY_PARTLY_UNSUPPORTED]
    assert vault.get(own.id).body == Note("own")


def test_this_build_has_mlkem_if_its_version_says_so(request) -> None:
    version = tuple(int(part) for part in cryptography.__version__.split(".")[:2])
    if version >= (48, 0):  # wheels of these bring an OpenSSL that has it
        assert request.getfixturevalue("hybrid")
    else:
        with pytest.raises(age.Unsupported):
            age.read_identity(HYBRID_TEXT)


def test_a_misspelt_one_is_damage_even_without_mlkem(bench, sealed, without_mlkem) -> None:
    sealed.close()
    add_line(bench, MISSPELT)
    with pytest.raises(ReadError) as caught:
        bench.again()
    assert caught.value.happened == sentences.KEY_DAMAGED[0]


def test_a_journal_without_one_never_loads_what_it_takes(bench, sealed, monkeypatch) -> None:
    entry = sealed.add(Note("words"))
    sealed.close()
    monkeypatch.setitem(sys.modules, "trustkit.vault.age_hybrid", None)
    assert bench.again().get(entry.id).body == Note("words")

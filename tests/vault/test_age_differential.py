"""Every file opens in both directions between `trustkit`, rage (through pyrage) and Debian's age."""

import os
import random
import select
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustkit.vault import age

OURS = age.Identity(bytes(range(7, 39)))
THEIRS = pyrage.x25519.Identity.from_str(OURS.to_text())

EDGES = (0, 1, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 196_608)
payloads = st.binary(max_size=300) | st.builds(
    lambda size, seed: random.Random(seed).randbytes(size), st.sampled_from(EDGES), st.integers(0, 2**32)
)
phrases = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
quietly = settings(max_examples=60)


@quietly
@given(payloads)
def test_rage_opens_what_we_sealed(data: bytes) -> None:
    assert pyrage.decrypt(age.encrypt(data, [OURS.recipient]), [THEIRS]) == data


@quietly
@given(payloads)
def test_we_open_what_rage_sealed(data: bytes) -> None:
    assert age.decrypt(pyrage.encrypt(data, [THEIRS.to_public()]), [OURS]) == data


@quietly
@given(payloads, phrases)
def test_rage_opens_what_we_sealed_with_a_passphrase(data: bytes, phrase: str) -> None:
    assert pyrage.passphrase.decrypt(age.encrypt_passphrase(data, phrase, 2), phrase) == data


def test_we_open_what_rage_sealed_with_a_passphrase() -> None:
    # rage takes the cost that lasts about a second here, so the limit is left open.
    sealed = pyrage.passphrase.encrypt(b"x" * 65_537, "tide and grävel")
    assert age.decrypt_passphrase(sealed, "tide and grävel", max_log_n=24) == b"x" * 65_537


@quietly
@given(st.binary(min_size=32, max_size=32))
def test_rage_spells_the_same_keys(secret: bytes) -> None:
    ours = age.Identity(secret)
    theirs = pyrage.x25519.Identity.from_str(ours.to_text())
    assert str(theirs) == ours.to_text()
    assert str(theirs.to_public()) == ours.recipient.to_text()
    assert age.Recipient.from_text(str(theirs.to_public())) == ours.recipient


@quietly
@given(st.data())
def test_rage_and_we_agree_about_a_damaged_file(data: st.DataObject) -> None:
    sealed = bytearray(age.encrypt(b"two words", [OURS.recipient]))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        theirs = pyrage.decrypt(bytes(sealed), [THEIRS])
    except pyrage.DecryptError:
        with pytest.raises(age.AgeError):
            age.decrypt(bytes(sealed), [OURS])
    else:
        assert age.decrypt(bytes(sealed), [OURS]) == theirs


needs_age = pytest.mark.skipif(
    not (shutil.which("age") and shutil.which("age-keygen")), reason="age (Debian package) is not installed"
)


def run(*words: str, given: bytes = b"") -> bytes:
    return subprocess.run(words, input=given, capture_output=True, check=True, timeout=60).stdout


@pytest.fixture
def key_file(tmp_path: Path) -> str:
    path = tmp_path / "key.txt"
    path.write_text(f"# a comment\n{OURS.to_text()}\n", encoding="utf-8")
    return str(path)


@needs_age
@pytest.mark.parametrize("size", EDGES)
def test_debians_age_opens_what_we_sealed(key_file: str, size: int) -> None:
    data = random.Random(size).randbytes(size)
    assert run("age", "-d", "-i", key_file, given=age.encrypt(data, [OURS.recipient])) == data


@needs_age
@pytest.mark.parametrize("size", EDGES)
def test_we_open_what_debians_age_sealed(size: int) -> None:
    data = random.Random(size).randbytes(size)
    assert age.decrypt(run("age", "-r", OURS.recipient.to_text(), given=data), [OURS]) == data


@needs_age
@pytest.mark.parametrize("size", [*range(44), 65_536])
def test_we_take_off_the_armor_that_debians_age_puts_on(size: int) -> None:
    data = random.Random(size).randbytes(size)
    armored = run("age", "-a", "-r", OURS.recipient.to_text(), given=data)
    assert age.decrypt(age.dearmor(armored), [OURS]) == data


@needs_age
def test_debians_age_keygen_and_we_read_each_others_keys(key_file: str) -> None:
    assert run("age-keygen", "-y", key_file).decode().strip() == OURS.recipient.to_text()
    comments, public, secret = run("age-keygen").decode().splitlines()
    assert comments.startswith("#")
    assert age.Identity.from_text(secret).recipient.to_text() == public.removeprefix("# public key: ")


def at_terminal(words: Sequence[str], answers: Sequence[str]) -> Iterator[bytes]:
    """Run a program on a terminal of its own and give an answer whenever it shows a prompt. Yields what it printed."""
    master, slave = os.openpty()
    # A session without a terminal takes the first one that it opens.
    opening = ["sh", "-c", 'exec "$@" <"$0" >"$0" 2>&1', os.ttyname(slave), *words]
    child = subprocess.Popen(opening, start_new_session=True)
    try:
        for answer in answers:
            shown = b""
            while b": " not in shown:
                assert select.select([master], [], [], 60)[0], "no prompt came"
                shown += os.read(master, 1024)
            yield shown
            os.write(master, f"{answer}\n".encode())
        assert child.wait(60) == 0
    finally:
        child.kill()
        child.wait()
        os.close(slave)
        os.close(master)


@needs_age
def test_debians_age_opens_what_we_sealed_with_a_passphrase(tmp_path: Path) -> None:
    (tmp_path / "sealed").write_bytes(age.encrypt_passphrase(b"x" * 65_537, "tide and grävel", 10))
    words = ["age", "-d", "-o", str(tmp_path / "plain"), str(tmp_path / "sealed")]
    assert len(list(at_terminal(words, ["tide and grävel"]))) == 1
    assert (tmp_path / "plain").read_bytes() == b"x" * 65_537


@needs_age
def test_we_open_what_debians_age_sealed_with_a_passphrase(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"x" * 65_537)
    words = ["age", "-p", "-o", str(tmp_path / "sealed"), str(tmp_path / "plain")]
    assert len(list(at_terminal(words, ["tide and grävel"] * 2))) == 2
    assert age.decrypt_passphrase((tmp_path / "sealed").read_bytes(), "tide and grävel") == b"x" * 65_537

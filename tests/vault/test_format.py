"""The promise that matters most: a journal can be read without trustkit, by what `docs/vault-format.md` says."""

import os
import pty
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from trustkit.model.entry import Answers, Draft, Note
from trustkit.vault import codec, names

PAGE = Path(__file__).resolve().parents[2] / "docs" / "vault-format.md"
BLOCKS = re.findall(r"```(sh|toml)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
ONE_PAGE, EVERYTHING, RECOVERY = (text for kind, text in BLOCKS if kind == "sh")

needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="needs Debian's age")


def run(script: str, folder: Path, passphrase: str = "") -> str:
    """Run a shell script as a person would, at a terminal that answers the question for the passphrase."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execvp("sh", ["sh", "-e", "-c", script])
    said = b""
    asked = 0
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # the way Linux says that the other side is closed
            break
        if not part:
            break
        said += part
        if said.lower().count(b"passphrase") > asked:
            asked = said.lower().count(b"passphrase")
            os.write(terminal, passphrase.encode() + b"\n")
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, said.decode(errors="replace")
    return said.decode()


@pytest.fixture
def journal(bench, sealed, clock):
    """Pages of every size, and a draft."""
    kept = [
        sealed.add(Note(text, "T")) for text in ("I could not sleep.\nSo I wrote.", "x" * 70_000, "日本語 ‘é’ \x07")
    ]
    kept.append(sealed.add(Answers("letter", 1, {"what": "This"}, rows=({"who": "Me"},))))
    kept.append(sealed.revise(kept[0].id, Note("Slept.")))
    sealed.save_draft(Draft(sealed.new_id(), Note("half"), clock.now))
    return kept


@needs_age
def test_one_page_opens_with_age_and_the_passphrase(bench, journal) -> None:
    name = names.file_of(journal[0].id, journal[0].rev, "")
    said = run(ONE_PAGE.replace("ENTRY", name), bench.data, bench.passphrase)
    assert r'text = "I could not sleep.\nSo I wrote."' in said


def opened() -> Path:
    """Where the page has everything put: outside the journal."""
    return Path.home() / "journal-in-clear"


def assert_all_of(journal) -> None:
    drafts, pages = 0, {}
    for path in opened().iterdir():
        try:
            pages[path.name] = codec.decode(path.read_bytes())
        except codec.Malformed:
            drafts += codec.decode_draft(path.read_bytes()).body == Note("half")
    assert pages == {names.file_of(entry.id, entry.rev, ".toml"): entry for entry in journal}
    assert drafts == 1


@needs_age
def test_everything_opens_with_age_into_plain_text_and_nothing_of_it_lies_in_the_journal(bench, journal) -> None:
    before = set(bench.data.rglob("*"))
    run(EVERYTHING, bench.data, bench.passphrase)
    assert_all_of(journal)
    assert set(bench.data.rglob("*")) == before


@needs_age
def test_what_does_not_open_is_named_and_hides_nothing(bench, journal) -> None:
    torn = bench.file(journal[1].id, journal[1].rev).with_name(f"{'a' * 26}.{'b' * 10}.toml.age")
    torn.write_bytes(b"torn")
    assert f"not opened: {torn.relative_to(bench.data)}" in run(EVERYTHING, bench.data, bench.passphrase)
    assert_all_of(journal)


@needs_age
def test_the_recovery_key_opens_everything_too(bench, sealed, journal) -> None:
    key = sealed.make_recovery()
    sealed.keep_recovery(key, bench.passphrase)
    opened().mkdir()
    (opened() / "recovery.txt").write_text(key + "\n")
    run(RECOVERY + EVERYTHING[EVERYTHING.index("find") :], bench.data)
    (opened() / "recovery.txt").unlink()
    assert_all_of(journal)


@needs_age
def test_drafts_and_index_open_with_age_too(bench, sealed, journal, age_tool) -> None:
    sealed.load()
    sealed.flush()
    identity = bench.data / "identity.txt"
    identity.write_text(sealed._keyring.unlock(bench.passphrase)[0].text)
    (draft,) = (bench.data / "drafts").iterdir()
    assert tomllib.loads(age_tool("-d", "-i", identity, draft).decode())["text"] == "half"
    assert age_tool("-d", "-i", identity, bench.index / "2026-11.age").startswith(b"{")


@needs_age
def test_a_page_that_was_sealed_with_age_is_read(bench, sealed, journal, tmp_path, age_tool) -> None:
    entry = journal[1]
    path = bench.file(entry.id, entry.rev)
    plain = tmp_path / "page.toml"
    plain.write_bytes(codec.encode(entry))
    identity = sealed._keyring.unlock(bench.passphrase)[0].identities[0]
    path.unlink()
    age_tool("-r", identity.recipient.to_text(), "-o", path, plain)
    sealed.refresh()
    assert sealed.get(entry.id) == entry


def test_the_page_shows_an_entry_as_it_is_written() -> None:
    (sample,) = (text for kind, text in BLOCKS if kind == "toml")
    entry = codec.decode(sample.encode())
    assert codec.encode(entry) == sample.encode()


def test_the_page_names_every_key_and_kind() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for word in re.findall(r'table\.\w+\("(\w+)"', Path(codec.__file__).read_text(encoding="utf-8")):
        assert f"`{word}`" in page or f"[{word}]" in page or f"`{word} =" in page, word
    for kind in re.findall(r'case "(\w+)":', Path(codec.__file__).read_text(encoding="utf-8")):
        assert f"| `{kind}` |" in page

"""One's own exercises in the ordinary terminal: listed and played when they can be read, never in the way."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trustkit import vault as vaults
from trustkit.companion import Clock, Companion
from trustkit.paths import Paths

Verb = Callable[..., Any]

BY_HAND = """
format = 1
[exercise]
id = "slow-stairs"
type = "breathing"
title = "Slow stairs"
summary = "A pattern by hand."
caution = "Small and gentle."
own = true
revision = 1
updated = 2026-11-22
[breathing]
rounds = 2
[[phase]]
do = "in"
seconds = 3
say = "Up"
[[phase]]
do = "out"
seconds = 5
say = "Down"
"""


def make(home: Path, clock: Clock, vault: vaults.Vault) -> str:
    """Keep a pattern called Lighthouse; answers its id."""
    from dataclasses import replace

    from trustkit.library import Library
    from trustkit.settings import Settings

    paths = Paths.find(home)
    companion = Companion(paths, Library(paths.content), vault, Settings(), clock)
    base = companion.library.exercise("breath-even")
    made = companion.keep_own(replace(companion.begin_mine(base), title="Lighthouse"), base)
    vault.close()
    return made.id


@pytest.fixture
def opened(home: Path, clock: Clock) -> str:
    """An own pattern in an open journal."""
    return make(home, clock, vaults.create_open(Paths.find(home), clock=clock))


@pytest.fixture
def in_sealed(home: Path, clock: Clock, sealed: Callable[[], vaults.Vault]) -> str:
    """An own pattern in a sealed journal."""
    return make(home, clock, sealed())


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of what was breathed, without the time it takes."""
    titles: list[str] = []

    def inline(_pattern: object, title: str, *_: object, **__: object) -> bool:
        titles.append(title)
        return True

    monkeypatch.setattr("trustkit.cli.inline.run_inline", inline)
    return titles


def test_an_open_journal_s_own_patterns_are_listed_first_and_played(
    trustkit: Verb, opened: str, played: list[str]
) -> None:
    listed = trustkit("practice", "list")
    assert listed.code == 0
    assert listed.out.startswith("Your own\n  Lighthouse.")
    assert f"trustkit breathe {opened}" in " ".join(listed.out.split())
    assert trustkit("breathe", opened).code == 0
    assert played == ["Lighthouse"]


def test_a_sealed_journal_is_never_asked_for_a_shipped_pattern(
    trustkit: Verb, in_sealed: str, played: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object, **__: object) -> str:
        raise AssertionError("a passphrase was asked for")

    monkeypatch.setattr("trustkit.cli.asking.passphrase", asked)
    assert trustkit("breathe", "breath-even").code == 0
    assert trustkit("breathe").code == 0
    assert trustkit("breathe", "breath-evem").code == 1
    listed = trustkit("practice", "list")
    assert (listed.code, "Lighthouse" in listed.out) == (0, False)
    assert "--own" in listed.err
    assert in_sealed not in listed.out
    assert len(played) == 2


def test_a_sealed_journal_s_own_patterns_need_its_passphrase(
    trustkit: Verb, in_sealed: str, played: list[str], passphrase_file: Path
) -> None:
    assert trustkit("breathe", in_sealed).code == 4
    assert played == []
    assert trustkit("breathe", in_sealed, "--passphrase-file", passphrase_file).code == 0
    assert played == ["Lighthouse"]
    assert "Lighthouse" in trustkit("practice", "list", "--passphrase-file", passphrase_file).out


def test_hand_written_patterns_need_no_passphrase(
    trustkit: Verb, home: Path, in_sealed: str, played: list[str]
) -> None:
    folder = home / "content" / "en" / "exercises"
    folder.mkdir(parents=True)
    (folder / "slow-stairs.toml").write_text(BY_HAND, encoding="utf-8")
    assert trustkit("breathe", "slow-stairs").code == 0
    assert played == ["Slow stairs"]
    listed = trustkit("practice", "list").out
    assert listed.startswith("Your own\n  Slow stairs.")
    assert in_sealed not in listed


def test_an_export_is_what_the_check_accepts(trustkit: Verb, opened: str, tmp_path: Path) -> None:
    printed = trustkit("practice", "export", opened)
    assert printed.code == 0
    piped = tmp_path / f"{opened}.toml"
    piped.write_text(printed.out, encoding="utf-8")
    assert trustkit("check", piped).code == 0
    written = trustkit("practice", "export", opened, "--output", tmp_path / "evening.toml")
    assert (written.code, written.out.strip()) == (0, str(tmp_path / "evening.toml"))
    assert "anyone can read" in written.err
    assert trustkit("check", tmp_path / "evening.toml").code == 0
    assert trustkit("practice", "export", opened, "--output", tmp_path / "evening.toml").code == 3


def test_a_shipped_exercise_is_exported_under_a_name_of_one_s_own(trustkit: Verb, tmp_path: Path) -> None:
    written = trustkit("practice", "export", "breath-478", "--output", tmp_path)
    assert written.out.strip() == str(tmp_path / "my-breath-478.toml")
    assert trustkit("check", tmp_path / "my-breath-478.toml").code == 0
    text = (tmp_path / "my-breath-478.toml").read_text()
    assert 'gates = ["body-tools"]' in text
    assert "epilepsy" in text


def test_a_name_that_nothing_has_is_said_and_not_repeated(trustkit: Verb) -> None:
    for words in (("breathe", "my-secret"), ("practice", "export", "my-secret"), ("ground", "my-secret")):
        ran = trustkit(*words)
        assert ran.code == 1
        assert "my-secret" not in ran.out + ran.err


def test_a_ghost_reads_no_journal(trustkit: Verb, opened: str) -> None:
    assert trustkit("--ghost", "breathe", opened).code == 1
    assert "Lighthouse" not in trustkit("--ghost", "practice", "list").out

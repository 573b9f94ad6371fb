"""Where things live, and that looking for them leaves no trace."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from trustkit.paths import Paths, shipped_content


def test_a_named_folder_holds_everything(tmp_path: Path) -> None:
    paths = Paths.find(tmp_path)

    assert paths.data == tmp_path
    assert paths.cache == tmp_path / "cache"
    assert paths.config == tmp_path / "config"
    assert paths.settings_file == tmp_path / "config" / "settings.toml"
    assert paths.own_content == tmp_path / "content"


def test_a_named_folder_comes_before_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTKIT_HOME", str(tmp_path / "variable"))

    assert Paths.find(tmp_path / "named").data == tmp_path / "named"
    assert Paths.find().data == tmp_path / "variable"


def test_an_empty_variable_is_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTKIT_HOME", "")

    assert Paths.find().data != Path.cwd()


def test_a_relative_folder_is_made_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert Paths.find("mine").data == tmp_path / "mine"


def test_a_tilde_is_home(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Paths.find("~/mine").data == Path.home() / "mine"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="XDG folders are a thing of Linux and the BSDs")
def test_without_a_name_the_folders_of_the_system_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRUSTKIT_HOME")
    for name in ("DATA", "CACHE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))

    paths = Paths.find()

    assert paths.data == tmp_path / "DATA" / "trustkit"
    assert paths.cache == tmp_path / "CACHE" / "trustkit"
    assert paths.config == tmp_path / "CONFIG" / "trustkit"


def test_looking_makes_no_folder(tmp_path: Path) -> None:
    paths = Paths.find(tmp_path / "nowhere")
    assert (paths.settings_file, paths.own_content) is not None

    assert list(tmp_path.iterdir()) == []


def test_the_content_that_came_with_trustkit_is_found_from_anywhere(tmp_path: Path) -> None:
    assert (shipped_content() / "en" / "pack.toml").is_file()

    found = subprocess.run(
        [sys.executable, "-c", "from trustkit.paths import shipped_content; print(shipped_content())"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )

    assert Path(found.stdout.strip()) == shipped_content()

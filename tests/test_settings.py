"""Settings: nothing in them stops trustkit, nothing is written unasked, and a write is whole or not at all."""

import errno
import os
import stat
from dataclasses import fields, replace
from pathlib import Path

import pytest

from trustkit import settings
from trustkit.errors import WriteError
from trustkit.settings import ALLOWED, RANGES, Settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def written(file: Path, text: str | bytes) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_a_missing_file_is_the_usual_settings(file: Path) -> None:
    assert settings.load(file) == (Settings(), [])
    assert not file.parent.exists()


def test_what_was_saved_is_loaded_again(file: Path) -> None:
    chosen = Settings(
        theme="day",
        motion="still",
        figure="bar",
        region="gb",
        lock_minutes=0,
        quit_on_idle=True,
        welcome=False,
        keys={"hide": "f9"},
    )
    settings.save(file, chosen)

    assert settings.load(file) == (chosen, [])


def test_only_what_differs_from_the_usual_is_written(file: Path) -> None:
    settings.save(file, replace(Settings(), theme="contrast"))

    assert file.read_text() == 'theme = "contrast"\n'


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_every_allowed_value_is_taken_and_any_other_is_named_and_passed_over(name: str, file: Path) -> None:
    for value in ALLOWED[name]:
        assert getattr(settings.load(written(file, f'{name} = "{value}"'))[0], name) == value

    found, slips = settings.load(written(file, f'{name} = "loud"'))

    assert found == Settings()
    assert len(slips) == 1
    assert name in slips[0]


@pytest.mark.parametrize("name", sorted(RANGES))
def test_a_number_out_of_bounds_or_of_another_type_is_passed_over(name: str, file: Path) -> None:
    low, high = RANGES[name]
    for value in (low, high):
        assert getattr(settings.load(written(file, f"{name} = {value}"))[0], name) == value
    for value in (str(low - 1), str(high + 1), "true", "5.0", '"5"', "[5]"):
        found, slips = settings.load(written(file, f"{name} = {value}"))
        assert found == Settings(), value
        assert len(slips) == 1, value


def test_every_usual_value_is_itself_allowed(file: Path) -> None:
    usual = Settings()
    for name, allowed in ALLOWED.items():
        assert getattr(usual, name) in allowed
    for name, (low, high) in RANGES.items():
        assert low <= getattr(usual, name) <= high
    assert set(ALLOWED) | set(RANGES) <= {field.name for field in fields(Settings)}


def test_an_unknown_setting_is_named_and_the_rest_still_hold(file: Path) -> None:
    found, slips = settings.load(written(file, 'colour = "blue"\nmotion = "still"\n'))

    assert found == Settings(motion="still")
    assert len(slips) == 1
    assert "colour" in slips[0]


@pytest.mark.parametrize("keys", ["3", '["f9"]', "{ hide = 9 }", '"f9"'])
def test_keys_of_the_wrong_shape_are_passed_over(keys: str, file: Path) -> None:
    found, slips = settings.load(written(file, f"keys = {keys}"))

    assert found == Settings()
    assert len(slips) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"theme = ",
        b"theme = \xff\xfe",
        b"\x00",
        b"[[[[",
        b"a = " + b"[" * 20_000,
        b'theme = "day"\ntheme = "night"\n',
        b"# " + b"x" * 70_000,
    ],
    ids=["cut off", "not UTF-8", "a zero byte", "foreign", "nested without end", "a key twice", "far too large"],
)
def test_a_broken_file_is_the_usual_settings_and_one_sentence(content: bytes, file: Path) -> None:
    found, slips = settings.load(written(file, content))

    assert found == Settings()
    assert len(slips) == 1


def test_a_file_that_cannot_be_read_is_the_usual_settings_and_one_sentence(file: Path) -> None:
    file.mkdir(parents=True)

    found, slips = settings.load(file)

    assert found == Settings()
    assert len(slips) == 1


def test_slips_show_no_escape_that_a_terminal_would_obey(file: Path) -> None:
    _, slips = settings.load(written(file, '"\\u001b[2J" = 1\n'))

    assert "\x1b" not in slips[0]


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_file_and_folder_are_the_owner_s_alone_whatever_the_umask(file: Path) -> None:
    before = os.umask(0)
    try:
        settings.save(file, Settings(theme="day"))
    finally:
        os.umask(before)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_write_that_fails_leaves_the_old_file_whole_and_nothing_else(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.save(file, Settings(theme="day"))

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError):
        settings.save(file, Settings(theme="contrast"))

    assert settings.load(file)[0].theme == "day"
    assert [found.name for found in file.parent.iterdir()] == ["settings.toml"]


def test_a_folder_that_cannot_be_made_is_told_in_two_sentences(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file stands where the folder should")

    with pytest.raises(WriteError) as told:
        settings.save(tmp_path / "config" / "settings.toml", Settings(theme="day"))

    assert told.value.happened
    assert told.value.do_next


@pytest.mark.parametrize("what", ["a pipe", "a device", "a folder", "deep", "dotted", "a long number", "large"])
def test_a_settings_file_made_to_harm_costs_no_time_and_the_usual_settings_hold(tmp_path: Path, what: str) -> None:
    path = tmp_path / "settings.toml"
    texts = {"deep": "a = " + "[" * 60_000, "dotted": "a." * 30_000 + "a = 1", "a long number": "a = " + "9" * 5000}
    if what == "a pipe":
        os.mkfifo(path)
    elif what == "a device":
        path.symlink_to("/dev/zero")
    elif what == "a folder":
        path.mkdir()
    else:
        path.write_text(texts.get(what, "#" * 100_000))
    found, said = settings.load(path)
    assert found == Settings()
    assert len(said) == 1

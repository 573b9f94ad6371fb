"""What files are called, and what a name is believed to say."""

import pytest

from trustkit.vault import names

ID = "abcdefghijklmnopqrstuvwxyz"
REV = "abcdefghij"


def test_ids_and_revisions_are_lower_case_base32_of_fixed_length() -> None:
    for _ in range(50):
        assert names.is_id(names.new_id())
        assert names.is_rev(names.new_rev())


def test_ids_do_not_repeat() -> None:
    assert len({names.new_id() for _ in range(2000)}) == 2000


@pytest.mark.parametrize("suffix", [".toml", ".toml.age"])
def test_a_name_is_read_back_as_it_was_made(suffix: str) -> None:
    assert names.read_name(names.file_of(ID, REV, suffix)) == (ID, REV, suffix, True)


@pytest.mark.parametrize(
    "name",
    [
        f"{ID}.{REV}.toml.sync-conflict-20261122-021409-ABCDEFG.age",
        f"{ID}.{REV}.sync-conflict-20261122-021409-ABCDEFG.toml.age",
        f"{ID}.{REV}.toml.age~",
        f"{ID}.{REV}.toml (1).age",
        f"{ID}.{REV} (1).toml.age",
        f"{ID}.{REV}.toml.age.orig",
        f"Copy of {ID}.{REV}.toml.age",
    ],
)
def test_copies_that_other_programs_make_are_known_for_what_they_are(name: str) -> None:
    assert names.read_name(name) == (ID, REV, ".toml.age", False)


@pytest.mark.parametrize("name", ["notes.txt", f"{ID}.toml.age", f"{ID}.{REV}", f"x{ID}.{REV}.toml.age", "README.toml"])
def test_strangers_are_not_taken_for_entries(name: str) -> None:
    assert names.read_name(name) is None


@pytest.mark.parametrize("name", [".git", ".stfolder", ".stversions", ".syncthing.x.tmp", ".DS_Store", ".tk-ab.tmp"])
def test_what_sync_tools_and_desktops_keep_is_passed_over(name: str) -> None:
    assert names.is_hidden(name)


@pytest.mark.parametrize(
    ("name", "copy"),
    [
        ("key.age", False),
        ("key.recovery.age", False),
        ("key.recovery.sync-conflict-20261122-021409-ABCDEFG.age", False),
        ("monkey.age", False),
        ("key.sync-conflict-20261122-021409-ABCDEFG.age", True),
        ("key (1).age", True),
        ("key.age~", True),
        ("key.age.orig", True),
        ("key (1) (1).age", True),
        ("key_conflict-20261122-021409.age", True),
        ("key (conflicted copy 2026-11-22).age", True),
        ("Copy of key.age", True),
        ("Copy of key.recovery.age", False),
        ("Copy of monkey.age", False),
        (".key.age.swp", False),
        ("keys.age", False),
        ("key.sync-conflict-20261122-021409-ABCDEFG.sync-conflict-20261123-021409-ABCDEFG.age", True),
    ],
)
def test_conflict_copies_of_the_key_are_told_from_other_files(name: str, copy: bool) -> None:
    assert names.is_key_copy(name) is copy

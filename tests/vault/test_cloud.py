"""A data folder that a cloud service copies is pointed out; home itself is not mistaken for one."""

import pytest

from trustkit.vault import (
    cloud_folder,
)


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("Dropbox/notes", "Dropbox"),
        ("Dropbox (Work)/notes", "Dropbox"),
        ("OneDrive - Some Firm/Documents/x", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/x", "iCloud"),
        ("Library/CloudStorage/GoogleDrive-me@example.org/My Drive/x", "Google Drive"),
        ("Library/CloudStorage/Strange-me/x", "Strange"),
        ("Nextcloud/x", "Nextcloud"),
        ("documents/x", ""),
        (".local/share/trustkit", ""),
        ("my dropbox notes/x", ""),
    ],
)
def test_a_folder_that_a_cloud_service_copies_is_known_by_its_name(tmp_path, path: str, who: str) -> None:
    assert cloud_folder(tmp_path / path) == who


def test_a_folder_of_another_name_is_known_by_what_the_service_left_in_it(tmp_path) -> None:
    (tmp_path / "stuff/.dropbox.cache").mkdir(parents=True)
    (tmp_path / "elsewhere").symlink_to(tmp_path / "stuff")
    assert cloud_folder(tmp_path / "elsewhere/trustkit") == "Dropbox"


def test_what_a_service_keeps_at_home_says_nothing_about_home(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".dropbox").mkdir()
    assert cloud_folder(tmp_path / ".local/share/trustkit") == ""

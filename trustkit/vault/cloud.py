"""Whether a folder is one that a cloud service copies. Told to the reader; nothing is refused for it."""

import os
from pathlib import Path
from typing import Final

_FOLDERS: Final = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "mobile documents": "iCloud",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud drive": "pCloud",
    "pclouddrive": "pCloud",
    "proton drive": "Proton Drive",
    "protondrive": "Proton Drive",
    "mega": "MEGA",
    "megasync": "MEGA",
    "box": "Box",
    "box sync": "Box",
    "tresors": "Tresorit",
    "yandex.disk": "Yandex Disk",
    "seafile": "Seafile",
    "sync.com": "Sync.com",
}
"""What the folders that these services make by default are called, in lower case."""
_STARTS: Final = {"onedrive - ": "OneDrive", "dropbox (": "Dropbox", "googledrive-": "Google Drive"}
"""Business accounts, and macOS's `Library/CloudStorage`, add a name behind."""
_MARKS: Final = {".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".owncloudsync.log": "Nextcloud or ownCloud"}
"""Files that a service leaves in a folder it copies, whatever the folder is called."""


def cloud_folder(path: Path) -> str:
    """The name of the service that seems to copy this folder, or nothing. It need not exist yet; links are followed."""
    real = Path(os.path.realpath(path))
    for folder in (real, *real.parents):
        name = folder.name.casefold()
        found = _FOLDERS.get(name) or next((who for start, who in _STARTS.items() if name.startswith(start)), "")
        if not found and folder.parent.name == "CloudStorage":
            found = folder.name.partition("-")[0]
        if not found and folder != Path.home():  # a service's own settings may lie there under the same name
            found = next((who for mark, who in _MARKS.items() if os.path.lexists(folder / mark)), "")
        if found:
            return found
    return ""

"""Where things live. The only user of platformdirs; makes no folder.

`--data-dir D` (or `TRUSTKIT_HOME=D`) puts everything under D, so that one folder can be
copied, backed up or erased as a whole.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

APP: Final = "trustkit"
HOME_VARIABLE: Final = "TRUSTKIT_HOME"


@dataclass(frozen=True, slots=True)
class Paths:
    """The four folders trustkit knows. None of them need exist."""

    content: Path
    """The guides and exercises that came with trustkit; read, never written."""
    data: Path
    """The vault: entries, drafts, key, and the reader's own `content/` folder."""
    cache: Path
    """The sealed index: derived and disposable."""
    config: Path
    """`settings.toml`: nothing private."""

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.toml"

    @property
    def own_content(self) -> Path:
        """A reader's own guides and exercises: hand-written TOML, in clear, theirs to edit and share."""
        return self.data / "content"

    @classmethod
    def find(cls, data_dir: str | os.PathLike[str] | None = None) -> "Paths":
        """The folders for this run: `data_dir`, else TRUSTKIT_HOME, else the system's own places."""
        home = data_dir or os.environ.get(HOME_VARIABLE)
        if home:
            base = Path(home).expanduser().absolute()
            return cls(shipped_content(), base, base / "cache", base / "config")
        import platformdirs  # some ten milliseconds that `--data-dir` need not pay

        return cls(
            shipped_content(),
            Path(platformdirs.user_data_dir(APP, appauthor=False)),
            Path(platformdirs.user_cache_dir(APP, appauthor=False)),
            Path(platformdirs.user_config_dir(APP, appauthor=False)),
        )


def shipped_content() -> Path:
    """The content that came with this copy of trustkit: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "content"
    return inside if inside.is_dir() else package.parent / "content"

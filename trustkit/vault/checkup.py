"""`verify`: opens everything and says of each file whether it is whole and what its name says."""

from collections.abc import Iterator
from dataclasses import dataclass

from trustkit.model.entry import Problem
from trustkit.vault import names
from trustkit.vault.folder import Folder


@dataclass(frozen=True, slots=True)
class FileReport:
    """What `verify` found out about one file."""

    file: str
    """Relative to the data folder."""
    problem: Problem | None = None
    """None: it opens, and holds what its name says."""

    @property
    def ok(self) -> bool:
        return self.problem is None


def reports(folder: Folder, path: str, problems: list[Problem]) -> Iterator[FileReport]:
    """A report for each file of a folder, once its problems are known."""
    by_file = {problem.file: problem for problem in problems}
    listed = (f"{path}/{name}" for name in sorted(folder.names(path)) if not names.is_hidden(name))
    for file in listed:
        yield FileReport(file, by_file.get(file))

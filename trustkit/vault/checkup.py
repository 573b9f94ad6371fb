"""`verify`: opens everything and says of each file whether it is whole and what its name says."""

from collections.abc import Iterator
from dataclasses import dataclass

from trustkit.model.entry import Problem
from trustkit.vault import names, sentences
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


def reports(folder: Folder, path: str, problems: list[Problem], suffix: str) -> Iterator[FileReport]:
    """A report for each file of a folder, once its problems are known.

    Args:
        suffix: What the names of this vault's files end in: in a sealed one, what is whole may still lie in clear.
    """
    by_file = {problem.file: problem for problem in problems}
    for name in sorted(folder.names(path)):
        file = f"{path}/{name}"
        hidden = names.is_hidden(name)
        problem = by_file.get(file)
        if problem is None and suffix == names.SEALED and names.is_in_clear(name):
            problem = Problem(file, *(sentences.EDITORS_OWN if hidden else sentences.FILE_NOT_SEALED))
        if problem is not None or not hidden:
            yield FileReport(file, problem)

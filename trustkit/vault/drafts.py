"""Drafts: what is being written and is not yet an entry. Sealed like one, replaced as it grows, never synced.

Each writer (each run of trustkit) has its own file, so that two windows on the same entry keep both texts.
"""

from contextlib import suppress

from trustkit.errors import WriteError
from trustkit.model.entry import Draft, Problem
from trustkit.vault import names, sentences
from trustkit.vault.coder import BadFile, Coder
from trustkit.vault.folder import Folder, Found


class Drafts:
    """The drafts of one vault, as this run sees them."""

    def __init__(self, folder: Folder, writer: str) -> None:
        self._folder = folder
        self._writer = writer
        self._met: dict[str, Found] = {}
        """Files this run read or wrote, in the state it knows them in."""
        self._aims: dict[str, list[str]] = {}
        """The revision that drafts were to become, and the files of those drafts."""
        self.problems: list[Problem] = []

    def save(self, draft: Draft, coder: Coder) -> None:
        """Put it in place of this run's former one. Raises WriteError; the former one then stands."""
        path = f"{names.DRAFTS}/{names.file_of(draft.id, self._writer, coder.suffix)}"
        self._folder.replace(path, coder.encode_draft(draft))

    def read(self, coder: Coder) -> list[Draft]:
        """Every draft that can be read, the latest first."""
        self.problems = []
        self._aims = {}
        found: list[Draft] = []
        things = self._folder.scan(names.DRAFTS)
        self._folder.sweep(names.DRAFTS, things)
        for thing in things:
            path = f"{names.DRAFTS}/{thing.name}"
            name = names.read_draft_name(thing.name)
            if name is None or not thing.is_file:
                if not names.is_hidden(thing.name):
                    said = sentences.STRANGER if thing.is_file else sentences.NOT_A_FILE
                    self.problems.append(Problem(path, *said))
                continue
            if thing.loose:
                self._folder.tighten(path)
            try:
                draft = coder.read_draft(self._folder, path, name.suffix)
                if draft.id != name.id:
                    raise BadFile(sentences.MISPLACED)
            except FileNotFoundError:
                continue
            except BadFile as bad:
                said = sentences.NEWER_DRAFT if bad.said is sentences.NEWER_DRAFT else sentences.DRAFT_DAMAGED
                self.problems.append(Problem(path, *said))
                continue
            self._met[thing.name] = thing
            self._aims.setdefault(draft.target, []).append(thing.name)
            found.append(draft)
        return sorted(found, key=lambda draft: (draft.saved, draft.id), reverse=True)

    def drop(self, entry_id: str, *, others: bool = False) -> None:
        """Remove this run's draft of an entry, and those it read that nobody changed since. Raises WriteError.

        Args:
            others: Remove everybody's, and what other programs copied of them, because the entry itself is erased.
        """
        failure: WriteError | None = None
        for thing in self._folder.scan(names.DRAFTS):
            name = names.read_name(thing.name)
            if name is None or name.id != entry_id or not (name.exact or others):
                continue
            met = self._met.get(thing.name)
            unchanged = met is not None and (met.size, met.modified) == (thing.size, thing.modified)
            if others or name.rev == self._writer or unchanged:
                try:
                    self._folder.remove(f"{names.DRAFTS}/{thing.name}")
                    self._met.pop(thing.name, None)
                except WriteError as error:
                    failure = error  # the others go all the same
        if failure is not None:
            raise failure

    def drop_quietly(self, draft: Draft) -> None:
        """Remove a draft that did become an entry, and no other. Failing, it is only offered once more."""
        for name in self._aims.pop(draft.target, []):
            self._met.pop(name, None)
            with suppress(WriteError):
                self._folder.remove(f"{names.DRAFTS}/{name}")

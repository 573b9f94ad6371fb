"""A reader's own exercises: found beside the shipped ones, made, changed, thrown away, brought back, handed out.

They are entries of the vault, each the text of a file that `trustkit check` accepts. While the vault is locked there
are none. What lies by hand in the reader's content folder is the library's, and stands among its exercises.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trustkit.companion.reading import Reading
from trustkit.errors import NotFound, UsageError, WriteError
from trustkit.later import later
from trustkit.model.entry import Draft, Entry, OwnExercise
from trustkit.model.frozen import frozen
from trustkit.parsing import parse_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trustkit.library import Slip
    from trustkit.model import own
    from trustkit.model.exercise import Exercise
    from trustkit.model.guide import SignList
else:
    own = later("trustkit.model.own")

UNSOUND: Final = "Those words can't be kept as they stand."


@frozen
class Kept:
    """One exercise of the reader's own, and the entry it lies in."""

    exercise: Exercise
    entry_id: str


class Owning(Reading):
    """Mixed into the companion."""

    # -- what there is --------------------------------------------------------------------------------

    def kept_own(self) -> list[Kept]:
        """What the reader made and the vault holds, the newest first; none while locked.

        Two that got the same id on two devices stand side by side: the later one has a number behind it.
        """
        if self.locked or (self._vault is None and self.mode == "nothing"):
            return []
        found: dict[str, Kept] = {}
        for entry in self.vault.events("exercise"):
            exercise = self._own_from(entry)
            if exercise is not None:
                if exercise.id in found:
                    exercise = replace(exercise, id=own.next_id(exercise.id, found))
                found[exercise.id] = Kept(exercise, entry.id)
        return list(reversed(found.values()))

    def own_exercises(self) -> list[Exercise]:
        """Everything of the reader's own, the newest first; then what they wrote by hand into their content folder."""
        kept = [one.exercise for one in self.kept_own()]
        names = {exercise.id for exercise in kept}
        return kept + [e for e in self.library.exercises.values() if e.by_reader and e.id not in names]

    @property
    def unreadable_own(self) -> int:
        """How many of the reader's own lie in the vault and cannot be used, for a slip or a gate that is gone."""
        if self.locked or (self._vault is None and self.mode == "nothing"):
            return 0
        return sum(self._own_from(entry) is None for entry in self.vault.events("exercise"))

    @property
    def exercises(self) -> Mapping[str, Exercise]:
        """Every exercise there is for this reader: their own, then the library's."""
        return _Everything(self)

    def exercise(self, name: str) -> Exercise:
        """An exercise by its id, the reader's own first.

        Raises:
            NotFound: There is none; the nearest ids are named.
        """
        found = self.exercises.get(name)
        return found if found is not None else self.library.exercise(name)

    def named(self, name: str) -> Exercise | SignList | str | None:
        """What an entry belongs to: an exercise, a list of signs, or the title of a `guide/step`."""
        if "/" in name:
            return self.title_of(name) or None
        return self.exercises.get(name) or self.library.signs.get(name)

    def kept_as(self, exercise: Exercise) -> str:
        """The entry an exercise lies in; empty for one that was shipped or written by hand."""
        if not exercise.id.startswith(own.PREFIX):
            return ""
        return next((one.entry_id for one in self.kept_own() if one.exercise.id == exercise.id), "")

    # -- making ----------------------------------------------------------------------------------------

    def begin_own(self, kind: own.Kind) -> Exercise:
        """Something new to fill in. Nothing is kept yet."""
        return own.new(kind, self._free_id(own.NAMES[kind]), self.clock().date())

    def begin_mine(self, base: Exercise) -> Exercise:
        """A shipped or hand-written exercise as the reader's own, to change. Nothing is kept yet."""
        return own.made_mine(base, self._free_id(base.id), self.clock().date())

    def own_slips(self, exercise: Exercise) -> list[str]:
        """Why it cannot be kept as it stands, in a reader's words; empty where it can."""
        found = own.slips(exercise)
        return found or [_in_words(slip) for slip in self._read_own(self._text(exercise), exercise.id)[1]]

    def finished_own(self, exercise: Exercise, before: Exercise, draft: Draft) -> tuple[Exercise, Draft]:
        """What a reader made, ready to be kept, and the draft that `keep_page` makes an entry of.

        Args:
            exercise: As it is now.
            before: What it was made from. Its gates, flags and cautions stay.
            draft: From `own_draft`.

        Raises:
            UsageError: It breaks a rule; the first is named.
        """
        kept = own.with_care(exercise, before)
        kept = replace(kept, updated=self.clock().date(), revision=before.revision + 1 if draft.base else 1)
        slips = self.own_slips(kept)
        if slips:
            raise UsageError(UNSOUND, slips[0])
        return kept, self.own_words(draft, kept)

    def own_draft(self, exercise: Exercise, entry_id: str = "") -> Draft:
        """Where to seal an exercise that is being made, and what it will become. Nothing is written yet.

        Args:
            exercise: As it begins.
            entry_id: The entry that is being changed; empty for something new.

        Raises:
            NotFound, ReadError, Locked: as the vault does.
        """
        vault = self.vault
        base = vault.get(entry_id).rev if entry_id else ""
        body = OwnExercise(self._text(exercise))
        return Draft(entry_id or vault.new_id(), body, self.clock(), base=base, target=vault.new_rev())

    def own_words(self, draft: Draft, exercise: Exercise) -> Draft:
        """The draft as it becomes when this is what was made, whatever is still wrong with it."""
        return replace(draft, body=OwnExercise(self._text(exercise)), saved=self.clock())

    def keep_own(self, exercise: Exercise, before: Exercise, entry_id: str = "") -> Exercise:
        """Keep what a reader made, or another version of it, at once.

        Returns:
            The exercise as it was kept.

        Raises:
            UsageError: It breaks a rule; the first is named. WriteError, Locked: it was not kept.
        """
        from trustkit.vault import keeping

        kept, draft = self.finished_own(exercise, before, self.own_draft(exercise, entry_id))
        keeping.keep(self.vault, draft, private=False)
        return kept

    def drafted(self, draft: Draft) -> tuple[Exercise, Exercise] | None:
        """What a draft holds, and what that is a change of; None where it is no exercise that can be gone on with."""
        from trustkit.library import composing

        if not isinstance(draft.body, OwnExercise):
            return None
        text = draft.body.content
        made = composing.unfinished(text, _id_in(text) or own.PREFIX, self.library.language)
        if made is None or own.kind_of(made) is None:
            return None
        before = next((one.exercise for one in self.kept_own() if one.entry_id == draft.id), None)
        return made, before or made

    # -- throwing away ---------------------------------------------------------------------------------

    def delete_own(self, exercise: Exercise) -> None:
        """Move it to the trash. Raises NotFound, WriteError, Locked."""
        self.vault.delete(self._entry_of(exercise))

    def erase_own(self, entry_id: str) -> None:
        """Erase it here, now and for good. Raises NotFound, WriteError, Locked."""
        self.vault.forget(entry_id)

    def trashed_own(self) -> list[Kept]:
        """What can be brought back, the newest first; none while locked."""
        if self.locked or (self._vault is None and self.mode == "nothing"):
            return []
        from trustkit.vault.trashed import trashed

        found = ((self._own_from(entry), entry.id) for entry in trashed(self.vault, "exercise"))
        return [Kept(exercise, entry_id) for exercise, entry_id in found if exercise is not None]

    def restore_own(self, entry_id: str) -> None:
        """Bring it back. Raises NotFound, WriteError, Locked."""
        self.vault.restore(entry_id)

    # -- handing out -----------------------------------------------------------------------------------

    def export_text(self, exercise: Exercise, name: str = "") -> str:
        """The text of a file of its own, by another id if one is given; a shipped one gets an id of one's own.

        Raises:
            UsageError: The name is no id, or is the id of a shipped exercise.
        """
        if not exercise.by_reader:
            name = name or _copy_name(exercise)
            exercise = replace(exercise, evidence="", covers=(), mentions=())  # these speak of the shipped one alone
        name = name or exercise.id
        shipped = self.library.exercises.get(name)
        if shipped is not None and not shipped.by_reader:
            do_next = f"Name the file {_copy_name(exercise)}.toml, for example."
            raise UsageError("A built-in exercise has that name.", do_next)
        known = self.library.exercises
        kept = tuple(one for one in exercise.next if (found := known.get(one)) and not found.by_reader)
        text = self._text(replace(exercise, id=name, next=kept, own=exercise.own or not exercise.sources))
        if self._read_own(text, name)[1]:
            happened = "That name can't be the name of an exercise."
            raise UsageError(happened, "Small letters, digits and hyphens, as in my-breath.toml.")
        return text

    def copy_name(self, exercise: Exercise) -> str:
        """What the file of a copy is called, if nobody names another."""
        return f"{_copy_name(exercise)}.toml"

    def export(self, exercise: Exercise, target: str) -> str:
        """Write a file of its own that anyone can read; nothing is ever overwritten.

        Args:
            exercise: What to hand out.
            target: A file name ending in .toml, or a folder; `~` is the reader's home.

        Returns:
            Where it lies now.

        Raises:
            UsageError: The name does not serve. WriteError: it could not be written. Nothing was.
        """
        from trustkit.vault import durable

        try:
            path = Path(target).expanduser()
            folder = path.is_dir()
        except (OSError, RuntimeError, ValueError):
            raise UsageError("That place can't be found.", "Name a folder or a file that ends in .toml.") from None
        if folder:
            path = path / f"{_copy_name(exercise)}.toml"
        if path.suffix != ".toml":
            raise UsageError("The name of the file ends in .toml.", f"Try {_copy_name(exercise)}.toml.")
        text = self.export_text(exercise, path.stem)
        try:
            durable.write_new(durable.Layer(), path, text.encode())
        except FileExistsError:
            raise WriteError("Something by that name is there already.", "Choose another name.") from None
        except (OSError, ValueError):
            raise WriteError("The copy could not be written there.", "Choose another folder.") from None
        return str(path)

    # -- within ----------------------------------------------------------------------------------------

    def _text(self, exercise: Exercise) -> str:
        from trustkit.library import composing

        return composing.compose(exercise)

    def _read_own(self, text: str, name: str) -> tuple[Exercise | None, list[Slip]]:
        exercise, slips = self.library.exercise_from(text, name)
        errors = [slip for slip in slips if slip.is_error]
        return exercise, errors

    def _own_from(self, entry: Entry) -> Exercise | None:
        """The exercise of an entry; None for one with a slip, and for one whose gate is gone: no advice without it."""
        if not isinstance(entry.body, OwnExercise):
            return None
        text = entry.body.content
        exercise, _ = self._read_own(text, _id_in(text))
        if exercise is None or not set(exercise.gates) <= set(self.library.gates):
            return None
        return exercise

    def _entry_of(self, exercise: Exercise) -> str:
        entry_id = self.kept_as(exercise)
        if not entry_id:
            raise NotFound("This isn't one that you made here.", "Only your own can be changed or thrown away.")
        return entry_id

    def _free_id(self, name: str) -> str:
        mine = [*self.kept_own(), *self.trashed_own()]
        return own.next_id(name, {*(one.exercise.id for one in mine), *self.library.exercises})


class _Everything(Mapping[str, "Exercise"]):
    """The reader's own over the library's, as they are when one first looks.

    What is not called like one's own is looked up in the library alone, and the vault is left in peace.
    """

    def __init__(self, companion: Owning) -> None:
        self._companion = companion
        self._kept: dict[str, Exercise] | None = None

    @property
    def _own(self) -> dict[str, Exercise]:
        if self._kept is None:
            self._kept = {one.exercise.id: one.exercise for one in self._companion.kept_own()}
        return self._kept

    def __getitem__(self, name: str) -> Exercise:
        if name.startswith(own.PREFIX) and name in self._own:
            return self._own[name]
        return self._companion.library.exercises[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._own
        yield from (name for name in self._companion.library.exercises if name not in self._own)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _copy_name(exercise: Exercise) -> str:
    """What a copy of it is called: its id, or one of the reader's own for what was shipped."""
    return exercise.id if exercise.by_reader else own.PREFIX + exercise.id


def _id_in(text: str) -> str:
    """The id that stands in a text, whatever else does."""
    with suppress(ValueError, AttributeError):
        head = parse_toml(text).get("exercise", {})
        if isinstance(name := head.get("id"), str):
            return name
    return ""


def _in_words(slip: Slip) -> str:
    """A finding of the content check, as one sentence for whoever wrote the line."""
    where = f"“{slip.found.strip(chr(34))}”: " if slip.found else ""
    what = slip.what.removeprefix("Markdown not allowed here: ")
    return f"{where}{what} can't stand here. {slip.expected[:1].upper()}{slip.expected[1:]}.".replace("..", ".")

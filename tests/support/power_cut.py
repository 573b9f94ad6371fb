"""Power cuts: the system calls of a deed are recorded, and what a disk may hold after each of them is put back.

The model is the weakest that POSIX allows. A file's bytes are only sure to be there once the file was synced: before,
they may be missing, cut short or something else. A name in a folder (made, linked, renamed, removed) is only sure once
that folder was synced: before, each such change may have reached the disk or not, whatever came before or after it.

Calls are recorded in `os` itself and not in the vault's own layer, so that nothing that writes can be passed over:
`Recorder.ends_as_it_is` compares the folder that the calls lead to with the folder that is there.
"""

import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

RANDOM = 2
"""How many random states are tried after each call, beside the extremes."""
FOLDER = -1
"""Stands for a folder where a name leads to a file's number."""
CALLS = ("open", "close", "write", "fsync", "link", "replace", "rename", "unlink", "remove", "mkdir", "rmdir")

Tree = dict[str, bytes | None]
"""What lies in a folder, by relative path: the bytes of a file, None for a folder."""


class Killed(BaseException):
    """The process ends here; nothing is tidied up after it."""


@dataclass
class Call:
    """One call that changed something, or made a change last."""

    kind: str
    """`name`, `write`, `sync` or `sync_folder`."""
    path: str = ""
    """Relative to the folder that is watched."""
    file: int | None = None
    """What the name leads to from now on; None for a name that is taken away."""
    former: str = ""
    """The name that it had, where it was renamed."""
    data: bytes = b""
    """All the bytes of the file from now on."""

    def folders(self) -> set[str]:
        """The folders whose sync makes a name last."""
        return {path.rpartition("/")[0] for path in (self.path, self.former or self.path)}


def tree_of(root: Path) -> Tree:
    """What lies in a folder now."""
    return {path.relative_to(root).as_posix(): None if path.is_dir() else path.read_bytes() for path in root.rglob("*")}


def put(root: Path, tree: Tree) -> None:
    """Make a folder hold exactly this, for its owner alone."""
    there = tree_of(root)
    for path in sorted(there.keys() - tree.keys(), reverse=True):
        (root / path).rmdir() if there[path] is None else (root / path).unlink()
    for path, data in sorted(tree.items()):
        if path not in there and data is None:
            (root / path).mkdir(0o700)
        elif data is not None and there.get(path) != data:
            descriptor = os.open(root / path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.write(descriptor, data)
            os.close(descriptor)


class Recorder:
    """Writes down every call of `os` that changes something below `root`, while it is `recording`."""

    def __init__(self, root: Path, *, dies_after: int | None = None) -> None:
        self.root = root
        self.calls: list[Call] = []
        self.dies_after = dies_after
        """How many changing calls are still made before the process counts as killed."""
        self._real = {name: getattr(os, name) for name in CALLS}
        self._opened: dict[int, str] = {}
        self._names: dict[str, int] = {}
        self._data: dict[int, bytes] = {}
        for path, data in tree_of(root).items():
            self._names[path] = FOLDER if data is None else self._new(data)
        self._first = dict(self._names), dict(self._data)

    @contextmanager
    def recording(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            for name in CALLS:
                patch.setattr(os, name, getattr(self, f"_{name}"))
            if sys.platform == "darwin":  # where another call does the work of fsync
                import fcntl

                patch.setattr(fcntl, "fcntl", lambda descriptor, *_: os.fsync(descriptor))
            yield

    def ends_as_it_is(self) -> bool:
        """Whether nothing was changed by a call that is not recorded."""
        return self._tree(self._names, self._data) == tree_of(self.root)

    # The calls

    def _inside(self, path: Any) -> str | None:
        """A path relative to what is watched, empty for that folder itself; None for one outside."""
        place = Path(path) if isinstance(path, str | os.PathLike) else None
        if place is None or not place.is_relative_to(self.root):
            return None
        return "" if place == self.root else place.relative_to(self.root).as_posix()

    def _new(self, data: bytes = b"") -> int:
        number = len(self._data)
        self._data[number] = data
        return number

    def _alive(self) -> None:
        if self.dies_after is not None:
            self.dies_after -= 1
            if self.dies_after < 0:
                raise Killed

    def _note(self, call: Call) -> None:
        self.calls.append(call)
        if call.kind == "write":
            assert call.file is not None
            self._data[call.file] = call.data
        elif call.kind == "name":
            _rename(self._names, call)

    def _name(self, kind: str, path: Any, call: Call, *arguments: Any, **named: Any) -> Any:
        """Make a call that changes names; those outside are not written down."""
        if self._inside(path) is None:
            return self._real[kind](*arguments, **named)
        assert not {"dir_fd", "src_dir_fd", "dst_dir_fd"} & set(named), "calls by descriptor are not recorded"
        self._alive()
        answer = self._real[kind](*arguments, **named)
        self._note(call)
        return answer

    def _open(self, path: Any, flags: int, *more: Any, **named: Any) -> int:
        place = self._inside(path)
        makes = place is not None and bool(flags & os.O_CREAT) and place not in self._names
        if makes:
            self._alive()
        descriptor: int = self._real["open"](path, flags, *more, **named)
        if place is not None:
            self._opened[descriptor] = place
            if makes:
                self._note(Call("name", place, self._new()))
            if flags & os.O_TRUNC:
                self._note(Call("write", file=self._names[place]))
        return descriptor

    def _close(self, descriptor: int) -> None:
        self._opened.pop(descriptor, None)
        self._real["close"](descriptor)

    def _write(self, descriptor: int, data: Any) -> int:
        place = self._opened.get(descriptor)
        if place is not None:
            self._alive()
        written: int = self._real["write"](descriptor, data)
        if place is not None:
            self._look(place)
        return written

    def _look(self, place: str) -> None:
        """Note what a file holds now: some of it may have been written by other means than `os.write`."""
        data = (self.root / place).read_bytes()
        if data != self._data[self._names[place]]:
            self._note(Call("write", file=self._names[place], data=data))

    def _fsync(self, descriptor: int) -> None:
        place = self._opened.get(descriptor)
        if place is not None:
            self._alive()
            is_folder = not place or self._names[place] == FOLDER
            if not is_folder:
                self._look(place)
        self._real["fsync"](descriptor)
        if place is not None:
            self._note(Call("sync_folder", place) if is_folder else Call("sync", file=self._names[place]))

    def _link(self, source: Any, target: Any, **named: Any) -> None:
        call = Call("name", self._inside(target) or "", self._names.get(self._inside(source) or ""))
        self._name("link", target, call, source, target, **named)

    def _replace(self, source: Any, target: Any, kind: str = "replace") -> None:
        former = self._inside(source) or ""
        self._name(
            kind, target, Call("name", self._inside(target) or "", self._names.get(former), former), source, target
        )

    def _rename(self, source: Any, target: Any) -> None:
        self._replace(source, target, "rename")

    def _unlink(self, path: Any, kind: str = "unlink", **named: Any) -> None:
        self._name(kind, path, Call("name", self._inside(path) or ""), path, **named)

    def _remove(self, path: Any, **named: Any) -> None:
        self._unlink(path, "remove", **named)

    def _rmdir(self, path: Any, **named: Any) -> None:
        self._unlink(path, "rmdir", **named)

    def _mkdir(self, path: Any, mode: int = 0o777, **named: Any) -> None:
        self._name("mkdir", path, Call("name", self._inside(path) or "", FOLDER), path, mode, **named)

    # What a power cut leaves

    def after_a_cut(self, count: int, chance: random.Random) -> Iterator[Tree]:
        """What may lie there when power is lost after `count` calls: the extremes, and some of what is between."""
        sure, unsure, whole = self._known(count)
        dirty = {number: data for number, data in whole.items() if data != sure[number]}
        all_names, no_names = set(unsure), set[int]()
        states = [(all_names, dirty)]
        if dirty:
            states.append((all_names, dict.fromkeys(dirty, b"")))
            states.append((all_names, {number: bytes(len(data)) for number, data in dirty.items()}))
        if unsure:
            states.append((no_names, {}))
            for _ in range(RANDOM):
                some = {number for number in unsure if chance.random() < 0.5}
                states.append((some, {number: self._spoilt(data, chance) for number, data in dirty.items()}))
        for kept, data in states:
            yield self._tree(self._names_after(count, set(unsure) - kept), {**sure, **data})

    def _known(self, count: int) -> tuple[dict[int, bytes], list[int], dict[int, bytes]]:
        """Bytes that are sure to be there, the calls whose names are not, and bytes as the last writer left them."""
        sure, whole = dict(self._first[1]), dict(self._first[1])
        unsure: dict[int, set[str]] = {}
        for number, call in enumerate(self.calls[:count]):
            if call.kind == "name":
                unsure[number] = call.folders()
                if call.file not in (None, FOLDER):
                    sure.setdefault(call.file, b"")
                    whole.setdefault(call.file, b"")
            elif call.kind == "write":
                whole[call.file] = call.data
            elif call.kind == "sync":
                sure[call.file] = whole[call.file]
            else:
                for folders in unsure.values():
                    folders.discard(call.path)
        return sure, [number for number, folders in unsure.items() if folders], whole

    def _spoilt(self, data: bytes, chance: random.Random) -> bytes:
        return chance.choice([data, b"", bytes(len(data)), data[: len(data) // 2], chance.randbytes(len(data))])

    def _names_after(self, count: int, lost: set[int]) -> dict[str, int]:
        found = dict(self._first[0])
        for number, call in enumerate(self.calls[:count]):
            if call.kind == "name" and number not in lost:
                _rename(found, call)
        return found

    def _tree(self, found: dict[str, int], data: dict[int, bytes]) -> Tree:
        """The files that can be reached: what lies in a folder that was lost is lost with it."""
        folders = {path for path, number in found.items() if number == FOLDER}
        return {
            path: None if number == FOLDER else data[number]
            for path, number in found.items()
            if all(str(above) in folders for above in Path(path).parents if above.name)
        }


def _rename(found: dict[str, int], call: Call) -> None:
    if call.former:
        found.pop(call.former, None)
    if call.file is None:
        found.pop(call.path, None)
    else:
        found[call.path] = call.file

"""Bytes of the vault to what stands in them, for a sealed and for an open vault alike.

Reading goes by the file's name, so that a vault that is half sealed is read whole; writing goes by the vault's mode.
"""

from collections.abc import Callable
from typing import Final, TypeVar

from trustkit.model.entry import Draft, Entry
from trustkit.vault import codec, durable, names, sentences
from trustkit.vault.folder import Folder
from trustkit.vault.sentences import Said

MOST: Final = codec.MAX_SEALED

T = TypeVar("T")


class BadFile(Exception):
    """One file cannot be used. `said` is two sentences for a person."""

    def __init__(self, said: Said) -> None:
        super().__init__(said[0])
        self.said = said


class Coder:
    """Turns entries and drafts into the bytes of a file, and back."""

    suffix: str = names.OPEN

    def seal(self, data: bytes) -> bytes:
        """What is written to disk for these bytes."""
        return data

    def unseal(self, sealed: bytes) -> bytes:
        """Raises BadFile."""
        del sealed  # there is no key here to try on it
        raise BadFile(sentences.SEALED_IN_OPEN)

    def encode(self, entry: Entry) -> bytes:
        """Raises WriteError."""
        return self.seal(codec.encode(entry))

    def encode_draft(self, draft: Draft) -> bytes:
        """Raises WriteError."""
        return self.seal(codec.encode_draft(draft))

    def read_entry(self, folder: Folder, path: str, suffix: str) -> Entry:
        """Raises FileNotFoundError, BadFile."""
        return _decoded(codec.decode, self.read(folder, path, suffix))

    def read_draft(self, folder: Folder, path: str, suffix: str) -> Draft:
        """Raises FileNotFoundError, BadFile."""
        draft = _decoded(codec.decode_draft, self.read(folder, path, suffix))
        if draft is None:
            raise BadFile(sentences.NEWER_DRAFT)
        return draft

    def read(self, folder: Folder, path: str, suffix: str) -> bytes:
        """The TOML in a file. Raises FileNotFoundError, BadFile."""
        try:
            data = folder.read(path, MOST)
        except FileNotFoundError:
            raise
        except durable.TooBig:
            raise BadFile(sentences.TOO_BIG) from None
        except durable.NotRegular:
            raise BadFile(sentences.NOT_A_FILE) from None
        except OSError:
            raise BadFile(sentences.UNREADABLE) from None
        return self.unseal(data) if suffix == names.SEALED else data


class SealedCoder(Coder):
    """With keys: everything is padded, then sealed to the newest identity."""

    suffix = names.SEALED

    def __init__(self, encrypt: Callable[[bytes], bytes], decrypt: Callable[[bytes], bytes]) -> None:
        self._encrypt = encrypt
        self._decrypt = decrypt

    def seal(self, data: bytes) -> bytes:
        return self._encrypt(codec.pad(data))

    def unseal(self, sealed: bytes) -> bytes:
        return self._decrypt(sealed)


def _decoded(decode: Callable[[bytes], T], data: bytes) -> T:
    try:
        return decode(data)
    except codec.Malformed:
        raise BadFile(sentences.WRONG_SHAPE) from None

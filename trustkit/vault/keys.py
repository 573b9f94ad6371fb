"""What stands in a key file: identities as text, with a few lines about them. Pure: no disk, no passphrase."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from trustkit.errors import ReadError
from trustkit.vault import age, sentences

if TYPE_CHECKING:
    from trustkit.vault.age_hybrid import HybridIdentity, HybridRecipient

_IDENTITY: Final = re.compile(r"AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]+")
_FOREIGN: Final = re.compile(r"AGE-[A-Z0-9-]+1[A-Z0-9]+")
"""An identity of any kind, those of `age`'s plugins included."""
_CREATED: Final = "# created: "
_PUBLIC: Final = "# public key: "
_RECOVERY: Final = "# recovery: "
_FROM_BACKUP: Final = "# from a backup: it opens, and never seals"
"""Stands before an identity whose backup, and the passphrase of that, may be in other hands."""
_ABOUT: Final = "# trustkit: this opens the journal beside it; see docs/vault-format.md"


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """What opens and seals, while the vault is unlocked. Shows nothing of itself in a `repr`."""

    text: str
    """The identity file as it stands, comments and all."""
    identities: "tuple[age.Identity | HybridIdentity, ...]"
    """The one that seals first: one of X25519, where there is any."""
    recovery: tuple[age.Recipient, ...] = ()
    unsupported: frozenset[str] = frozenset()
    """Lines of identities that cannot be used here: kept, and counted as keys when key files are compared."""

    @property
    def recipient(self) -> "age.Recipient | HybridRecipient":
        return self.identities[0].recipient

    @classmethod
    def read(cls, text: str) -> "Keys":
        """Raises ReadError where there is no identity in it that can be used."""
        found: dict[str, tuple[tuple[bool, bool, str], age.Identity | HybridIdentity]] = {}
        recovery: list[age.Recipient] = []
        unsupported: set[str] = set()
        created, ours = "", True
        try:
            for line in text.splitlines():
                if line.startswith(_CREATED):
                    created = _instant(line.removeprefix(_CREATED))
                elif line.startswith(_FROM_BACKUP):
                    ours = False
                elif line.startswith(_RECOVERY):
                    recovery.append(age.Recipient.from_text(line.removeprefix(_RECOVERY).strip()))
                elif _FOREIGN.fullmatch(line.strip()):
                    identity = _identity(line.strip())
                    if identity is None:
                        unsupported.add(line.strip())
                    else:
                        rank = (isinstance(identity, age.Identity), ours, created)
                        found.setdefault(_name(identity), (rank, identity))
                    created, ours = "", True
        except age.BadKey:
            raise ReadError(*sentences.KEY_DAMAGED) from None
        if not found:
            raise ReadError(*(sentences.KEY_UNSUPPORTED if unsupported else sentences.KEY_DAMAGED))
        # By date, then by public key: two devices that merged their keys choose the same one. Without a date is older.
        ordered = sorted(found.items(), key=lambda item: (item[1][0], item[0]), reverse=True)
        return cls(text, tuple(identity for _, (_, identity) in ordered), tuple(recovery), frozenset(unsupported))

    @classmethod
    def generate(cls, now: datetime) -> "Keys":
        """One new identity."""
        identity = age.Identity.generate()
        public = identity.recipient.to_text()
        lines = [_ABOUT, _CREATED + now.isoformat(timespec="seconds"), _PUBLIC + public, identity.to_text()]
        return cls.read("\n".join(lines) + "\n")

    def merged(self, others: Iterable["Keys"]) -> "Keys":
        """With every identity and recovery line of `others` that is not here yet."""
        text = self.text
        for other in others:
            mine = Keys.read(text)
            if not mine.holds(other):
                text = text.rstrip("\n") + "\n\n" + other.text
            missing = _texts(other.recovery) - _texts(Keys.read(text).recovery)
            if missing and not text.endswith("\n"):
                text += "\n"
            text += "".join(f"{_RECOVERY}{public}\n" for public in sorted(missing))
        return Keys.read(text)

    def opening_also(self, others: Iterable["Keys"]) -> "Keys":
        """As `merged`, but what seals is what sealed before: what `others` hold only opens."""
        merged = self.merged(others)
        more = [identity for identity in merged.identities if identity not in self.identities]
        return replace(merged, identities=(*self.identities, *more))

    def from_backup(self) -> "Keys":
        """As they are taken in from a backup: to open with and never to seal to, and for no recovery key."""
        lines: list[str] = []
        for line in self.text.splitlines():
            if _FOREIGN.fullmatch(line.strip()):
                lines += (_FROM_BACKUP, line)
            elif not line.startswith((_CREATED, _RECOVERY, _FROM_BACKUP)):
                lines.append(line)
        return Keys.read("\n".join(lines) + "\n")

    def with_recovery(self, recipients: Iterable[age.Recipient]) -> "Keys":
        """With these recovery lines in place of the old ones."""
        lines = [line for line in self.text.splitlines() if not line.startswith(_RECOVERY)]
        lines[1:1] = [_RECOVERY + recipient.to_text() for recipient in recipients]
        return Keys.read("\n".join(lines) + "\n")

    def holds(self, other: "Keys") -> bool:
        """Every identity of `other` is here too."""
        return other._names() <= self._names()

    def _names(self) -> set[str]:
        return {_name(identity) for identity in self.identities} | self.unsupported


def _identity(line: str) -> "age.Identity | HybridIdentity | None":
    """None for a kind that cannot be used here. Raises age.BadKey."""
    try:
        return age.read_identity(line) if _IDENTITY.fullmatch(line) else None
    except age.Unsupported:
        return None


def _name(identity: "age.Identity | HybridIdentity") -> str:
    """What an identity is known by: the public half; of a post-quantum one, whose public half is long, the secret."""
    return identity.recipient.to_text() if isinstance(identity, age.Identity) else identity.to_text()


def _instant(text: str) -> str:
    """A date as text that sorts by time; empty for one that cannot be read."""
    try:
        return f"{datetime.fromisoformat(text.strip()).timestamp():020.3f}"
    except (ValueError, OverflowError):
        return ""


def _texts(recipients: Iterable[age.Recipient]) -> set[str]:
    return {recipient.to_text() for recipient in recipients}

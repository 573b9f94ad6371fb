"""What stands in a key file: identities as text, with a few lines about them. Pure: no disk, no passphrase."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from trustkit.errors import ReadError
from trustkit.vault import age, sentences

_IDENTITY: Final = re.compile(r"AGE-SECRET-KEY-1[A-Z0-9]+")
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
    identities: tuple[age.Identity, ...]
    """The one that seals first."""
    recovery: tuple[age.Recipient, ...] = ()

    @property
    def recipient(self) -> age.Recipient:
        return self.identities[0].recipient

    @classmethod
    def read(cls, text: str) -> "Keys":
        """Raises ReadError where there is no identity in it."""
        found: dict[str, tuple[tuple[bool, str], age.Identity]] = {}
        recovery: list[age.Recipient] = []
        created, ours = "", True
        try:
            for line in text.splitlines():
                if line.startswith(_CREATED):
                    created = _instant(line.removeprefix(_CREATED))
                elif line.startswith(_FROM_BACKUP):
                    ours = False
                elif line.startswith(_RECOVERY):
                    recovery.append(age.Recipient.from_text(line.removeprefix(_RECOVERY).strip()))
                elif _IDENTITY.fullmatch(line.strip()):
                    identity = age.Identity.from_text(line.strip())
                    found.setdefault(identity.recipient.to_text(), ((ours, created), identity))
                    created, ours = "", True
        except age.BadKey:
            raise ReadError(*sentences.KEY_DAMAGED) from None
        if not found:
            raise ReadError(*sentences.KEY_DAMAGED)
        # By date, then by public key: two devices that merged their keys choose the same one. Without a date is older.
        ordered = sorted(found.items(), key=lambda item: (item[1][0], item[0]), reverse=True)
        return cls(text, tuple(identity for _, (_, identity) in ordered), tuple(recovery))

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
            if not _publics(other.identities) <= _publics(mine.identities):
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
            if _IDENTITY.fullmatch(line.strip()):
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
        return _publics(other.identities) <= _publics(self.identities)


def _instant(text: str) -> str:
    """A date as text that sorts by time; empty for one that cannot be read."""
    try:
        return f"{datetime.fromisoformat(text.strip()).timestamp():020.3f}"
    except (ValueError, OverflowError):
        return ""


def _publics(identities: Iterable[age.Identity]) -> set[str]:
    return _texts(identity.recipient for identity in identities)


def _texts(recipients: Iterable[age.Recipient]) -> set[str]:
    return {recipient.to_text() for recipient in recipients}

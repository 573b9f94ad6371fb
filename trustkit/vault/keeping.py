"""How a page that was being written becomes an entry, whatever happened to it meanwhile.

Both front ends save through the companion, and it through here, so that a write that was broken off, a second window
or an entry erased elsewhere never costs anybody their words.
"""

from contextlib import suppress
from typing import TYPE_CHECKING

from trustkit.errors import NotFound, TrustkitError, WriteError
from trustkit.model.entry import Draft, Entry

if TYPE_CHECKING:
    from trustkit.vault.store import Vault


def keep(vault: "Vault", draft: Draft, *, private: bool) -> Entry:
    """Keep what a draft holds and drop the draft. When this returns, it is on the disk for good.

    A write that failed late may have left the very name it aimed at: then the words go into another revision
    beneath it. If the entry that was edited is gone, they become an entry of their own.

    Raises:
        WriteError: It could not be written; the draft, if there is one, still stands.
        Locked: The vault is.
    """
    try:
        entry = _first_try(vault, draft, private)
    except WriteError:
        if not _is_there(vault, draft):
            raise
        entry = vault.revise(draft.id, draft.body, base=_newest_beneath(vault, draft), private=private)
    with suppress(TrustkitError):
        vault.drop_draft(draft.id)  # one whose target exists is dropped by itself the next time drafts are read
    return entry


def _first_try(vault: "Vault", draft: Draft, private: bool) -> Entry:
    if not draft.base:
        return vault.add(draft.body, private=private, entry_id=draft.id, rev=draft.target)
    try:
        return vault.revise(draft.id, draft.body, base=draft.base, rev=draft.target, private=private)
    except NotFound:
        return vault.add(draft.body, private=private)


def _is_there(vault: "Vault", draft: Draft) -> bool:
    """Whether the revision this draft aims at exists already."""
    try:
        return any(version.rev == draft.target for version in vault.versions(draft.id))
    except TrustkitError:
        return False


def _newest_beneath(vault: "Vault", draft: Draft) -> str:
    """The revision to write beneath: what this draft aimed at, or what another try left beneath that."""
    children = [head.rev for head in vault.heads(draft.id) if draft.target in head.parents]
    return children[0] if children else draft.target

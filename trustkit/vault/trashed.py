"""What lies in the trash of a kind that the journal's own lists leave out."""

from typing import TYPE_CHECKING

from trustkit.model.entry import Entry
from trustkit.vault import codec, tree
from trustkit.vault.rows import entry_of

if TYPE_CHECKING:
    from trustkit.vault.reading import Reading


def trashed(vault: "Reading", kind: str) -> list[Entry]:
    """The last version before its deletion of every entry of this kind that can be brought back, newest first.

    Args:
        kind: One whose whole body stands in the index (`rows.TABLED`).

    Raises:
        Locked: The vault is.
    """
    vault.load()
    found: list[Entry] = []
    with vault._lock:
        _, shelf = vault._opened()
        for month in shelf.read_months():
            for entry_id in month.ids():
                revisions = month.revisions(entry_id)
                last = tree.last_live(revisions) if tree.is_trashed(revisions) else None
                if last is None or last.kind != kind:
                    continue
                try:
                    found.append(entry_of(last))
                except codec.Malformed:
                    continue  # verify names it
    return sorted(found, key=lambda entry: (entry.created, entry.saved, entry.id), reverse=True)

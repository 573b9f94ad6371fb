"""The journal as both front ends use it: keeping a page, finding words again, a backup and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trustkit.companion.holding import Holding
from trustkit.later import later

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from trustkit.model import finding
    from trustkit.model.entry import Draft, Entry
    from trustkit.vault.backup import BackupReport
    from trustkit.vault.restoring import RestoreReport
else:
    finding = later("trustkit.model.finding")


class Journalling(Holding):
    """Mixed into the companion."""

    def keep_page(self, draft: Draft, *, private: bool) -> Entry:
        """Keep a page that was being written, and drop its draft. Raises WriteError, Locked; see `vault.keeping`."""
        from trustkit.vault import keeping

        return keeping.keep(self.vault, draft, private=private)

    def found_in(self, text: str, words: str) -> list[tuple[int, int]]:
        """Where these words stand in a text, compared as search compares: start and end of each place."""
        from trustkit.vault.fold import fold

        return finding.spans(text, words, fold)

    def last_entry_day(self) -> date | None:
        """The day of the newest listed entry; private ones do not show."""
        if self.locked:
            return None
        return next((newest.created.date() for newest in self.vault.summaries(limit=1)), None)

    def check_backup_target(self, target: Path) -> None:
        """Raise UsageError or WriteError where no backup can be put, before anybody types a passphrase for it."""
        from trustkit.vault import check_backup_target

        check_backup_target(self.paths, target, clock=self.clock)

    def back_up(self, target: Path, passphrase: str = "") -> BackupReport:
        """Write the whole journal into one new sealed file; see `trustkit.vault.back_up`. Slow with a passphrase."""
        from trustkit.vault import LOG_N, back_up

        self.not_as_a_ghost()
        log_n = LOG_N if self.new_key_work is None else self.new_key_work
        return back_up(self.paths, target, clock=self.clock, passphrase=passphrase, log_n=log_n)

    def restore_backup(
        self, file: Path, *, merge: bool = False, passphrase: str = "", backup_passphrase: str = ""
    ) -> RestoreReport:
        """Bring a backup back, with `merge` into the unlocked journal; see `trustkit.vault.restore_backup`."""
        from trustkit.vault import restore_backup

        self.not_as_a_ghost()
        return restore_backup(
            self.paths,
            file,
            clock=self.clock,
            into=self.require_vault() if merge else None,
            passphrase=passphrase,
            backup_passphrase=backup_passphrase,
        )

    @property
    def last_backup(self) -> datetime | None:
        """When this device made its last backup, as far as it remembers."""
        from trustkit.vault import last_backup

        return last_backup(self.paths)

    @property
    def copied_by(self) -> str:
        """The cloud service that seems to copy the data folder, or nothing."""
        from trustkit.vault import cloud_folder

        return cloud_folder(self.paths.data)

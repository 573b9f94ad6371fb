"""What trustkit is and is not, where it keeps things, and what it could not read."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from trustkit import __version__
from trustkit.tui.screens.page import Page
from trustkit.tui.widgets.said import Said
from trustkit.tui.words import plain, prose

if TYPE_CHECKING:
    from trustkit.companion import Slip


class AboutScreen(Page[None]):
    """The notices, the sources, and every file that was left out."""

    opened_by = "about"

    def compose_body(self) -> ComposeResult:
        library = self.companion.library
        pack = library.pack
        yield Static(plain(f"trustkit {__version__} · {pack.title} {pack.version}"), classes="title", markup=False)
        yield Said(prose(pack.notice), classes="says")
        reviewed = f"Read by {pack.reviewed_by}." if pack.reviewed_by else "No clinician has reviewed these words yet."
        yield Static(plain(reviewed), classes="says", markup=False)
        yield Static("Where things live", classes="label", markup=False)
        yield Static(plain(self._where()), classes="says", markup=False)
        settings = (*self.companion.setting_slips, *self.trustkit.key_slips)
        slips = [*settings, *(_in_words(slip) for slip in library.slips if slip.is_error)]
        problems = () if self.companion.locked else self.companion.vault.problems
        told = [*slips, *(f"{p.file}: {p.happened} {p.do_next}" for p in problems)]
        yield Static("What could not be read", classes="label", markup=False)
        yield Static(plain("\n".join(told) or "Everything was read."), classes="says", markup=False)
        yield Static("Where the ideas come from", classes="label", markup=False)
        credits = [
            " · ".join(
                part for part in (s.title, s.author, s.publisher, s.printed_date, s.article_kind, s.note) if part
            )
            for s in library.sources.values()
        ]
        yield Said(plain("\n\n".join(credits)), classes="says")

    def _where(self) -> str:
        vault = self.companion.vault
        if vault.mode == "nothing":
            return "You chose to keep nothing, so nothing is written."
        how = "sealed with your passphrase" if vault.mode == "sealed" else "open to anyone who uses this account"
        return f"Your words: {self.companion.paths.data} ({how}).\nSettings: {self.companion.paths.settings_file}"


def _in_words(slip: "Slip") -> str:
    return f"{slip.file} has a slip in line {slip.line} and was left out: {slip.what}. The rest are here."

"""The companion: every room of it in one object."""

from trustkit.companion.beginning import Beginning
from trustkit.companion.journalling import Journalling
from trustkit.companion.rereading import Rereading


class Companion(Rereading, Journalling, Beginning):
    """Library, vault, settings, clock and sitting, and everything that may be asked of them together."""

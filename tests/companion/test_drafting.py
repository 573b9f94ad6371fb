"""Drafts of what is written in an exercise: kept once, whatever the disk did on the way."""

import errno
import os

import pytest

from trustkit.companion import Companion
from trustkit.companion.drafting import DraftKeeper
from trustkit.errors import WriteError
from trustkit.model.entry import Answers
from trustkit.vault.durable import Layer


@pytest.mark.parametrize("revises", [False, True], ids=["new", "another version"])
@pytest.mark.parametrize("drafted", [False, True], ids=["no draft", "a draft"])
def test_what_a_disk_failed_on_late_is_kept_at_the_next_try(
    revises: bool, drafted: bool, sealed: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(self: Layer, path: object) -> None:
        """The file has its name by now, and neither that nor its removal is certain."""
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    before = sealed.vault.add(Answers("letter-not-sent", 1, {"dear": "as it was"})) if revises else None
    keeper = DraftKeeper(sealed, allowed=True, entry=before)
    if drafted:
        keeper.seal(Answers("letter-not-sent", 1, {"dear": "begun"}))
    with monkeypatch.context() as disk:
        disk.setattr(Layer, "sync_folder", fails)
        disk.setattr(Layer, "unlink", fails)
        with pytest.raises(WriteError):
            keeper.keep(Answers("letter-not-sent", 1, {"dear": "first try"}), private=False)

    keeper.keep(Answers("letter-not-sent", 1, {"dear": "second try"}), private=False)

    (kept,) = sealed.vault.summaries()
    assert sealed.vault.get(kept.id).body == Answers("letter-not-sent", 1, {"dear": "second try"})
    assert len(sealed.vault.heads(kept.id)) == 1
    assert sealed.vault.drafts() == []

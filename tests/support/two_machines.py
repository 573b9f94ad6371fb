"""One journal on two machines that both write before they meet: what each does, and what both must then hold.

Whatever carries the files: git, Syncthing. The second machine's clock is an hour behind.
"""

from datetime import timedelta
from typing import NamedTuple

from trustkit.model.entry import Choice, Draft, Mark, Note
from trustkit.vault import Vault


class Pages(NamedTuple):
    """Ids of the pages that both machines begin with, by what becomes of them."""

    edited: str
    crossed: str
    """Changed here, deleted there."""
    deleted: str
    erased: str
    untouched: str


def begin(vault: Vault) -> Pages:
    """Write what both machines begin with, and close the vault."""
    pages = Pages(*(vault.add(Note(f"page {number}")).id for number in range(len(Pages._fields))))
    vault.close()
    return pages


def write_apart(mine: Vault, theirs: Vault, pages: Pages, clock) -> None:  # type: ignore[no-untyped-def]
    """Edit, delete and erase the same pages on both, add some on each, and close both vaults."""
    mine.revise(pages.edited, Note("mine"))
    mine.revise(pages.crossed, Note("mine, crossed"))
    mine.delete(pages.deleted)
    mine.forget(pages.erased)
    mine.add(Note("new, mine"))
    mine.add(Mark("guide", "step", "later"))
    mine.add(Choice("roads", "mine"))
    mine.save_draft(Draft(mine.new_id(), Note("half"), clock.now))
    clock.forward(hours=-1)
    theirs.revise(pages.edited, Note("theirs"))
    theirs.delete(pages.crossed)
    theirs.delete(pages.deleted)
    theirs.revise(pages.erased, Note("theirs, after all"))
    theirs.add(Note("new, theirs"))
    theirs.add(Mark("guide", "step", "done"))
    theirs.add(Choice("roads", "theirs"))
    theirs.add(Note("years ago"), created=clock.now - timedelta(days=900))
    mine.close()
    theirs.close()


def assert_nothing_lost(mine: Vault, theirs: Vault, pages: Pages) -> None:
    """After `write_apart` and a meeting: both say the same, and everything is there."""
    assert everything(mine) == everything(theirs)
    assert {head.body for head in mine.heads(pages.edited)} == {Note("mine"), Note("theirs")}
    assert [head.deleted for head in mine.heads(pages.crossed)] == [False, True]
    assert mine.get(pages.crossed).body == Note("mine, crossed")
    assert mine.get(pages.deleted).deleted
    assert mine.get(pages.erased).body == Note("theirs, after all")
    assert mine.get(pages.untouched).body == Note("page 4")
    assert {one.title for one in mine.summaries()} >= {"new, mine", "new, theirs", "years ago", "page 4"}
    assert mine.marks()["guide", "step"].state == "later"  # the larger (saved, id) on both
    assert mine.choices()["roads"] == "mine"
    assert [draft.body for draft in mine.drafts()] == [Note("half")]
    assert theirs.drafts() == []  # drafts stay where they are written
    assert not any("words" in problem.happened for problem in mine.problems)


def everything(vault: Vault) -> tuple[object, ...]:
    """What a vault answers, for comparing two that should hold the same."""
    listed = [*vault.summaries(private=True), *vault.summaries(trash=True, private=True)]
    versions = {one.id: [(version.rev, version.body) for version in vault.versions(one.id)] for one in listed}
    heads = {one.id: [head.rev for head in vault.heads(one.id)] for one in listed}
    return (listed, versions, heads, vault.marks(), vault.choices())

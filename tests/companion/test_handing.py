"""What goes out of a journal: whole, in the order that was asked for, many pages as quickly as the index allows."""

import pytest

from trustkit.companion import Companion
from trustkit.companion.handing import MANY, Handing
from trustkit.errors import ReadError
from trustkit.model.entry import Entry, Mark, Note


def written(companion: Companion, count: int) -> list[Entry]:
    return [companion.vault.add(Note(f"page {number}"), private=number % 3 == 0) for number in range(count)]


@pytest.mark.parametrize("count", [1, MANY - 1, MANY, MANY + 5])
def test_pages_go_out_whole_and_in_the_order_that_was_asked_for(count: int, sealed: Companion) -> None:
    mark = sealed.vault.add(Mark("guide", "step", "done"))
    kept = [*written(sealed, count), mark]
    asked = [entry.id for entry in reversed(kept)]
    assert [(page.id, page.body) for page in Handing(sealed).pages(asked)] == [
        (entry.id, entry.body) for entry in reversed(kept)
    ]


def test_many_pages_are_not_opened_one_by_one(sealed: Companion, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = written(sealed, MANY)

    def opened(*_: object) -> Entry:
        raise AssertionError("a page was opened by itself")

    monkeypatch.setattr(sealed.vault, "get", opened)
    assert len(list(Handing(sealed).pages(entry.id for entry in kept))) == MANY


def test_one_damaged_page_among_many_is_said_and_nothing_half_is_handed_over_as_whole(sealed: Companion) -> None:
    kept = written(sealed, MANY)
    assert len(sealed.vault.summaries(private=True)) == MANY
    assert sealed.vault.data
    (file,) = (sealed.vault.data / "entries").rglob(f"{kept[7].id}.*")
    file.write_bytes(file.read_bytes()[:-9] + b"something")
    with pytest.raises(ReadError):
        list(Handing(sealed).pages(entry.id for entry in kept))


def test_what_lies_in_the_trash_is_left_out(sealed: Companion) -> None:
    kept = written(sealed, MANY + 1)
    sealed.vault.delete(kept[3].id)
    left = [page.id for page in Handing(sealed).pages(entry.id for entry in kept)]
    assert left == [entry.id for entry in kept if entry is not kept[3]]

"""What goes out of a journal: whole, oldest first, many pages as quickly as the index allows and one by one."""

from datetime import datetime, timedelta, timezone
from random import Random

import pytest

from trustkit.companion import Companion
from trustkit.companion.handing import MANY, Handing
from trustkit.errors import ReadError
from trustkit.model.entry import Entry, Mark, Note

FIRST = datetime(2024, 2, 27, 23, 40, tzinfo=timezone(timedelta(hours=13)))


def written(companion: Companion, count: int) -> list[Entry]:
    """Oldest first, over some months and wherever the writer was."""
    there = timezone(timedelta(hours=-9))
    moments = [FIRST + timedelta(hours=17 * number) for number in range(count)]
    return [
        companion.vault.add(
            Note(f"page {number}"),
            private=number % 3 == 0,
            created=moment.astimezone(there) if number % 2 else moment,
        )
        for number, moment in enumerate(moments)
    ]


@pytest.mark.parametrize("count", [1, MANY - 1, MANY, MANY + 5])
def test_pages_go_out_whole_and_oldest_first_in_whatever_order_they_were_asked_for(
    count: int, sealed: Companion
) -> None:
    kept = written(sealed, count)
    mark = sealed.vault.add(Mark("guide", "step", "done"), created=kept[-1].created + timedelta(minutes=1))
    same_moment = [sealed.vault.add(Note("again"), created=kept[0].created) for _ in range(2)]
    asked = [entry.id for entry in (*kept, mark, *same_moment)]
    Random(7).shuffle(asked)
    first = sorted([kept[0], *same_moment], key=lambda entry: entry.id)
    assert [(page.id, page.body) for page in Handing(sealed).pages([*asked, asked[0]])] == [
        (entry.id, entry.body) for entry in (*first, *kept[1:], mark)
    ]


def test_a_page_is_there_before_the_last_one_is_read(sealed: Companion, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = written(sealed, MANY)
    pages = Handing(sealed).pages(entry.id for entry in kept)
    assert next(pages).id == kept[0].id

    def failing(*_: object) -> Entry:
        raise RuntimeError

    monkeypatch.setattr(sealed.vault, "_opened", failing)
    with pytest.raises(RuntimeError):
        list(pages)


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
    pages = Handing(sealed).pages(entry.id for entry in kept)
    with pytest.raises(ReadError):
        list(pages)


def test_what_lies_in_the_trash_is_left_out(sealed: Companion) -> None:
    kept = written(sealed, MANY + 1)
    sealed.vault.delete(kept[3].id)
    left = [page.id for page in Handing(sealed).pages(entry.id for entry in kept)]
    assert left == [entry.id for entry in kept if entry is not kept[3]]

"""Finding pages again, from what the index says alone; and days, counted once."""

from datetime import date

import pytest

from trustkit.companion import Companion
from trustkit.model.entry import Answers, Note
from trustkit.model.query import parse_query

TODAY = date(2026, 11, 22)


def test_answers_begun_from_a_guide_are_found_without_opening_one(
    sealed: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = sealed.vault.add(Answers("letter", 1, {"a": "x"}, from_step="calm-body/breathe"))
    sealed.vault.add(Answers("letter", 1, {"a": "y"}, from_step="other/step"))
    sealed.vault.add(Note("calm-body"))

    def opened(*_: object) -> None:
        raise AssertionError("a file was opened")

    monkeypatch.setattr(sealed.vault, "get", opened)

    for line in ("guide:calm-body", "guide:Calm-Body/breathe"):
        assert [one.id for one in sealed.find(parse_query(line, TODAY))] == [begun.id]
    assert sealed.find(parse_query("guide:calm", TODAY)) == []


def test_days_are_counted_once_until_something_changes(sealed: Companion) -> None:
    sealed.vault.add(Note("a page"))
    before = sealed.days()

    assert sealed.days() is before
    sealed.vault.add(Note("kept privately"), private=True)
    assert sealed.days() == before
    assert [held.written for held in sealed.days(private=True).values()] == [2]
    sealed.vault.add(Note("another"))
    assert [held.written for held in sealed.days().values()] == [2]

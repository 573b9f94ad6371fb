"""A month's rows are held like a mapping of mappings, however they come and go."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from trustkit.model.entry import Entry, Note
from trustkit.vault.folder import Found
from trustkit.vault.gathered import Gathered
from trustkit.vault.rows import Row, row_of

WHEN = datetime(2026, 11, 22, tzinfo=UTC)
IDS, REVS = ("a" * 26, "b" * 26), ("c" * 10, "d" * 10, "e" * 10)


def row(entry_id: str, rev: str, words: str) -> Row:
    return row_of(Entry(entry_id, rev, "note", WHEN, WHEN, Note(words)), Found(f"{entry_id}.{rev}.toml", 1, 1))


steps = st.lists(st.tuples(st.booleans(), st.sampled_from(IDS), st.sampled_from(REVS), st.sampled_from(["x", "y"])))


@given(steps)
def test_it_answers_as_mappings_would(taken: list[tuple[bool, str, str, str]]) -> None:
    held, plain = Gathered(), dict[str, dict[str, Row]]()
    for comes, entry_id, rev, words in taken:
        if comes:
            held.put(row(entry_id, rev, words))
            plain.setdefault(entry_id, {})[rev] = row(entry_id, rev, words)
        else:
            assert held.drop(entry_id, rev) == (plain.get(entry_id, {}).pop(rev, None) is not None)
            plain = {key: revisions for key, revisions in plain.items() if revisions}
        assert {key: held[key] for key in held} == plain
        assert list(held.entries()) == [held[key] for key in held]
        assert list(held.rows()) == [one for revisions in held.entries() for one in revisions.values()]
        assert [key in held for key in IDS] == [key in plain for key in IDS]
        assert all(held.get(key, rev) == plain.get(key, {}).get(rev) for key in IDS for rev in REVS)
        assert held == Gathered(one for revisions in plain.values() for one in revisions.values())


def test_what_was_given_can_be_changed_without_changing_it() -> None:
    held = Gathered([row(IDS[0], rev, "x") for rev in REVS])
    held[IDS[0]].clear()
    assert set(held[IDS[0]]) == set(REVS)

"""Revisions merge by union: every answer depends on the set of revisions and nothing else."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from trustkit.vault import tree

START = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Node:
    rev: str
    parents: tuple[str, ...] = ()
    saved: datetime = START
    deleted: bool = False


def nodes(*all_nodes: Node) -> dict[str, Node]:
    return {node.rev: node for node in all_nodes}


def revs(found: list[Node]) -> list[str]:
    return [node.rev for node in found]


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def test_the_head_is_the_revision_that_is_nobodys_parent() -> None:
    assert revs(tree.heads(nodes(Node("a"), Node("b", ("a",)), Node("c", ("b",))))) == ["c"]


def test_of_two_heads_the_later_saved_is_shown_first() -> None:
    assert revs(tree.heads(nodes(Node("a"), Node("b", ("a",), at(2)), Node("c", ("a",), at(1))))) == ["b", "c"]


def test_at_the_same_second_the_larger_name_decides_so_that_all_devices_agree() -> None:
    assert revs(tree.heads(nodes(Node("a"), Node("b", ("a",)), Node("c", ("a",))))) == ["c", "b"]


def test_a_live_head_comes_before_a_later_tombstone() -> None:
    found = tree.heads(nodes(Node("a"), Node("b", ("a",), at(1)), Node("c", ("a",), at(9), deleted=True)))
    assert revs(found) == ["b", "c"]
    assert not tree.is_trashed(nodes(*found))


def test_a_revision_with_all_heads_as_parents_ends_the_conflict() -> None:
    assert revs(tree.heads(nodes(Node("a"), Node("b", ("a",)), Node("c", ("a",)), Node("d", ("b", "c"))))) == ["d"]


def test_parents_that_are_no_longer_kept_do_not_matter() -> None:
    assert revs(tree.heads(nodes(Node("b", ("gone",))))) == ["b"]


def test_a_revision_that_names_itself_as_its_parent_is_still_a_head() -> None:
    forged = Node("b", ("b",), at(1))
    assert revs(tree.heads(nodes(Node("a"), forged))) == ["b", "a"]
    assert revs(tree.heads(nodes(Node("a"), Node("b", ("a", "b"), at(1))))) == ["b"]
    assert tree.purgeable(nodes(Node("a", deleted=True), forged)) == set()
    assert not tree.is_trashed(nodes(Node("a", deleted=True), forged))


def test_a_forged_circle_still_shows_something() -> None:
    assert revs(tree.heads(nodes(Node("a", ("b",)), Node("b", ("a",))))) == ["b", "a"]
    assert revs(tree.heads(nodes(Node("a", ("a",)), Node("b", ("a",))))) == ["b"]


def test_the_next_revision_is_later_than_its_parents_even_when_the_clock_was_set_back() -> None:
    saved = tree.next_saved(at(-60), [Node("a", saved=at(5)), Node("b", saved=at(7))])
    assert saved == at(7) + timedelta(seconds=1)
    assert tree.next_saved(at(10), [Node("a", saved=at(5))]) == at(10)


def test_the_next_revision_keeps_the_zone_it_is_written_in() -> None:
    here = timezone(timedelta(hours=1))
    assert tree.next_saved(at(-60).astimezone(here), [Node("a", saved=at(5))]).utcoffset() == timedelta(hours=1)


def test_a_purge_removes_all_but_the_tombstones_it_ends_in() -> None:
    kept = nodes(Node("a"), Node("b", ("a",)), Node("t", ("a", "b"), deleted=True))
    assert tree.purgeable(kept) == {"a", "b"}


def test_nothing_is_purged_while_another_device_has_written_since() -> None:
    kept = nodes(Node("a"), Node("b", ("a",)), Node("t", ("a",), at(9), deleted=True))
    assert tree.purgeable(kept) == set()


def test_after_a_purge_nothing_is_left_to_bring_back() -> None:
    assert tree.last_live(nodes(Node("t", ("a",), deleted=True))) is None


@st.composite
def histories(draw: st.DrawFn) -> list[Node]:
    """A growing tree: each revision names some of those before it."""
    made: list[Node] = []
    for number in range(draw(st.integers(1, 8))):
        before = [node.rev for node in made]
        parents = draw(st.lists(st.sampled_from(before), unique=True)) if before else []
        saved = at(draw(st.integers(-5, 5)))
        made.append(Node(chr(ord("a") + number), tuple(parents), saved, draw(st.booleans())))
    return made


@given(histories(), st.data())
def test_files_arriving_in_any_order_give_the_same_heads(history: list[Node], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(history))
    assert revs(tree.heads(nodes(*history))) == revs(tree.heads(nodes(*shuffled)))


@given(histories(), st.data())
def test_two_halves_of_a_history_merge_to_the_whole(history: list[Node], data: st.DataObject) -> None:
    mine = [node for node in history if data.draw(st.booleans())]
    others = [node for node in history if node not in mine or data.draw(st.booleans())]
    one, two = nodes(*mine) | nodes(*others), nodes(*others) | nodes(*mine)
    assert revs(tree.heads(one)) == revs(tree.heads(two)) == revs(tree.heads(nodes(*history)))

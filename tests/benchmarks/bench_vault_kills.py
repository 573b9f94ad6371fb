"""The kills and writers of `tests/faults`, in the numbers that the vault was designed against. Minutes, not seconds."""

import vault_kills
from vault_bench import Bench

from trustkit.paths import Paths

KILLS = 300


def test_three_hundred_kills_in_add_lose_nothing_acknowledged(paths: Paths, clock) -> None:
    kept = vault_kills.kills_in_add(Bench(paths, clock), KILLS)
    print(f"\n{KILLS} kills in add: {kept:,} revisions acknowledged, all there")


def test_three_hundred_kills_in_a_change_of_passphrase_leave_exactly_one_that_opens(paths: Paths, clock) -> None:
    changed, undecided = vault_kills.kills_in_change(Bench(paths, clock), KILLS)
    print(f"\n{KILLS} kills in a change: {changed:,} changes acknowledged, {undecided} broken off, one opens each time")


def test_three_hundred_kills_while_the_index_is_written_change_no_answer(paths: Paths, clock) -> None:
    kept = vault_kills.kills_in_index(Bench(paths, clock), KILLS)
    print(f"\n{KILLS} kills in an index save: {kept:,} pages, every answer the same")


def test_three_hundred_kills_while_sealing_lose_nothing(paths: Paths, clock) -> None:
    halfway, whole = vault_kills.kills_in_sealing(Bench(paths, clock), KILLS)
    print(f"\n{KILLS} kills while sealing: {halfway} halfway, {whole} done, all read and sealed afterwards")


def test_four_processes_write_four_hundred_pages_each_and_all_are_kept(paths: Paths, clock) -> None:
    assert vault_kills.four_writers(Bench(paths, clock), 400) == 1600
    print("\n4 writers x 400: 1,600 pages and 3,200 revisions kept")

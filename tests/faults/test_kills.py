"""Killed at any instant: what was acknowledged is there, and nothing half is to be seen.

The 40 kills of each kind here are 300 in `tests/benchmarks/bench_vault_kills.py`.
"""

import vault_kills

KILLS = 40


def test_whatever_was_acknowledged_is_readable_after_a_kill_and_nothing_half_is_visible(bench) -> None:
    assert vault_kills.kills_in_add(bench, KILLS) > 0


def test_at_every_instant_exactly_one_passphrase_opens_and_the_recovery_key_does(bench) -> None:
    changed, undecided = vault_kills.kills_in_change(bench, KILLS)
    assert changed > 0
    assert undecided > 0


def test_killed_while_the_index_is_written_every_answer_is_the_same(bench) -> None:
    assert vault_kills.kills_in_index(bench, KILLS) > 0


def test_killed_while_sealing_everything_is_read_and_sealing_goes_on(bench) -> None:
    halfway, _ = vault_kills.kills_in_sealing(bench, KILLS)
    assert halfway > 0

"""A long journal in memory is not looked through for cycles again and again, and nothing of it outlives locking so."""

import gc
from collections.abc import Iterator

import pytest
from vault_bench import PASSPHRASE, Bench

from trustkit.model.entry import Note


@pytest.fixture(autouse=True)
def _nothing_passed_over() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_what_was_read_is_passed_over_once_and_until_it_is_locked(bench: Bench) -> None:
    vault = bench.seal()
    vault.add(Note("words"))
    assert gc.get_freeze_count() == 0

    vault.summaries()
    passed_over = gc.get_freeze_count()
    assert passed_over > 0

    vault.add(Note("more words"))
    vault.summaries()
    assert gc.get_freeze_count() <= passed_over, "each time would hold on to what is garbage by then"

    vault.lock()
    assert gc.get_freeze_count() == 0
    vault.unlock(PASSPHRASE)
    vault.summaries()
    assert gc.get_freeze_count() > 0


def test_a_first_screenful_is_no_reason_yet(bench: Bench) -> None:
    vault = bench.seal()
    vault.add(Note("words"))
    vault.summaries(limit=1)
    assert gc.get_freeze_count() == 0

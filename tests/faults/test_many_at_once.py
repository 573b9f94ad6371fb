"""Several windows on one journal: everybody's words are kept, and only one changes the key at a time.

The 4 × 25 pages here are 4 × 400 in `tests/benchmarks/bench_vault_kills.py`.
"""

import threading

import pytest
import vault_kills

from trustkit.errors import WriteError, WrongKey
from trustkit.vault import durable


def test_four_processes_write_at_once_and_every_page_is_kept(bench) -> None:
    assert vault_kills.four_writers(bench, 25) == 100


def test_of_two_changes_of_the_passphrase_the_second_is_refused(bench, monkeypatch) -> None:
    vault = bench.seal()
    other = bench.again()
    halfway, go_on = threading.Event(), threading.Event()
    original = durable.Layer.replace

    def wait(self, source, target) -> None:
        if target.name == "key.age":
            halfway.set()
            assert go_on.wait(20)
        original(self, source, target)

    monkeypatch.setattr(durable.Layer, "replace", wait)
    first = threading.Thread(target=vault.change_passphrase, args=(bench.passphrase, "first"))
    first.start()
    assert halfway.wait(20)
    with pytest.raises(WriteError, match="Another window") as caught:
        other.change_passphrase(bench.passphrase, "second")
    assert "nothing was changed" in caught.value.do_next
    go_on.set()
    first.join(20)
    assert not bench.again("first").locked
    for refused in (bench.passphrase, "second"):
        with pytest.raises(WrongKey):
            bench.again(refused)

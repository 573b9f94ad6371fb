"""Files that open with the right key and hold something else: reported, left alone, hiding no other."""

import pytest

from trustkit.errors import NotFound, ReadError
from trustkit.model.entry import Note
from trustkit.vault import codec

SHAPES = {
    "a format of the wrong kind": ("format = 1", 'format = "one"'),
    "no kind that is known": ('kind = "note"', 'kind = "poem"'),
    "a text that is a list": ('text = "bad words"', "text = [1]"),
    "a date without an offset": ("+01:00", ""),
    "a parent that is no name": ("parents = []", 'parents = ["../../x"]'),
    "another id": ('id = "', 'id = "x'),
    "a distress beyond the scale": ('kind = "note"', 'kind = "note"\ndistress = 11'),
    "a title that is a table": ('kind = "note"', 'kind = "note"\ntitle = {a = 1}'),
    "a number that nobody can write": ('kind = "note"', f'kind = "note"\nelse = 0x{"f" * 5000}'),
    "a number past sixty-three bits": ('kind = "note"', f'kind = "note"\nelse = {2**63}'),
    "tables in tables in tables": ('kind = "note"', 'kind = "note"\nelse = ' + "{a = " * 90 + "1" + "}" * 90),
    "lists that Python gives up on": ('kind = "note"', 'kind = "note"\nelse = ' + "[" * 5000 + "]" * 5000),
    "an exercise that is too deep": ('kind = "note"', 'kind = "exercise"\ncontent.' + "x." * 3000 + "x = 1"),
    "an exercise with too large a number": ('kind = "note"', f'kind = "exercise"\ncontent.n = 0x{"f" * 5000}'),
    "not TOML at all": ("format = 1", "dear diary"),
}


@pytest.mark.parametrize(("good", "bad"), SHAPES.values(), ids=SHAPES.keys())
@pytest.mark.parametrize("mode", ["sealed", "open"])
def test_what_opens_and_is_no_entry_is_reported_and_hides_no_other(bench, mode: str, good: str, bad: str) -> None:
    vault = bench.seal() if mode == "sealed" else bench.open()
    kept, spoilt = vault.add(Note("good words")), vault.add(Note("bad words"))
    coder = vault._open[0]
    path = bench.file(spoilt.id, spoilt.rev)
    text = codec.encode(spoilt).decode()
    assert good in text
    path.write_bytes(coder.seal(text.replace(good, bad).encode()))
    vault.refresh()
    assert [summary.title for summary in vault.summaries()] == ["good words"]
    assert [problem.file for problem in vault.problems] == [path.relative_to(bench.data).as_posix()]
    assert "words" not in vault.problems[0].happened
    with pytest.raises((NotFound, ReadError)):
        vault.get(spoilt.id)
    assert vault.get(kept.id).body == Note("good words")


def test_a_whole_journal_put_back_to_an_older_day_is_read_without_complaint_and_the_documents_say_so(bench) -> None:
    vault = bench.seal()
    vault.add(Note("old"))
    before = bench.elsewhere("yesterday")
    vault.add(Note("new"))
    vault.close()
    rolled_back = before.again()
    assert [summary.title for summary in rolled_back.summaries()] == ["old"]
    assert rolled_back.problems == ()

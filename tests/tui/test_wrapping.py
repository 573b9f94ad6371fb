"""Breaks found the short way are the breaks that wrapping everything anew would find."""

from hypothesis import given
from hypothesis import strategies as st
from textual._wrap import compute_wrap_offsets
from textual.document._document import Document
from textual.document._wrapped_document import WrappedDocument

from trustkit.text_width import cells, is_inside
from trustkit.tui.widgets.wrapping import QuickWrapped, breaks_again, whole_breaks

TEXT = st.text(st.sampled_from("aaaab  日é\u200d👩\u00a0"), max_size=120)
LONG = st.builds("".join, st.lists(TEXT, min_size=3, max_size=12))


@given(LONG, st.integers(2, 12), st.data())
def test_after_any_change_the_breaks_are_those_of_the_whole(text: str, width: int, data: st.DataObject) -> None:
    old = whole_breaks(text, width)
    for _ in range(3):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 6)))
        new = data.draw(st.one_of(st.just(""), st.sampled_from(["a", " ", "日"]), TEXT))
        text = text[:start] + new + text[end:]
        old = breaks_again(text, width, old, start, start + len(new), len(new) - (end - start))
        assert old == whole_breaks(text, width)


@given(st.lists(LONG, min_size=1, max_size=4), st.integers(3, 12), st.data())
def test_a_document_knows_as_much_as_one_that_is_wrapped_anew(
    lines: list[str], width: int, data: st.DataObject
) -> None:
    document = Document("\n".join(lines))
    quick = QuickWrapped(document, width)
    for _ in range(3):
        row = data.draw(st.integers(0, document.line_count - 1))
        line = document.get_line(row)
        start = data.draw(st.integers(0, len(line)))
        end = data.draw(st.integers(start, len(line)))
        new = data.draw(st.sampled_from(["", "a", " ", "aa aa", "a\nb", "\t", "日本 語"]))
        done = document.replace_range((row, start), (row, end), new)
        quick.wrap_range((row, start), (row, end), done.end_location)
        anew = WrappedDocument(document, width)
        anew.__class__ = QuickWrapped
        anew.keep_whole()
        assert quick._wrap_offsets == anew._wrap_offsets
        assert quick._offset_to_line_info == anew._offset_to_line_info
        assert quick._line_index_to_offsets == anew._line_index_to_offsets
        assert quick.lines == [quick.get_sections(at) for at in range(document.line_count)]


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=20), max_size=40), st.integers(20, 60))
def test_a_word_that_fits_on_a_line_is_never_broken(words: list[str], width: int) -> None:
    text = " ".join(words)
    breaks = compute_wrap_offsets(text, width, 4)
    assert all(text[at - 1] == " " or text[at] == " " for at in breaks)


@given(
    st.lists(st.sampled_from(["🇩🇪", "👨\u200d👩\u200d👧", "👍🏽", "e\u0301", "a", "日", " "]), max_size=60),
    st.integers(2, 30),
)
def test_no_line_parts_a_character_and_none_is_too_wide(pieces: list[str], width: int) -> None:
    text = "".join(pieces)
    breaks = QuickWrapped(Document(text), width)._wrap_offsets[0]

    assert not [at for at in breaks if is_inside(text, at)]
    lines = [text[start:end] for start, end in zip([0, *breaks], [*breaks, len(text)], strict=True)]
    assert all(cells(line.rstrip()) <= width for line in lines)


@given(st.text("aab  日é", max_size=120), st.integers(2, 20))
def test_where_no_character_is_parted_the_breaks_are_textual_s(text: str, width: int) -> None:
    assert whole_breaks(text, width) == compute_wrap_offsets(text, width, width)

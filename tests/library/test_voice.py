"""Plain words: reading age, and the words this content avoids."""

import pytest

from trustkit.library.readability import measure, syllables
from trustkit.library.voice import avoided

WORDS = {
    1: "you time asked hurt through our fire whole times tried friend hour guess change",
    2: "trusted table quiet wishes people breathing something someone safely client being wanted trouble always lion",
    3: "another betrayal idea deciding furious certainly usual",
    4: "experience society relationship ability",
}


@pytest.mark.parametrize(("count", "word"), [(n, word) for n, words in WORDS.items() for word in words.split()])
def test_syllables_are_counted_as_they_are_spoken(count: int, word: str) -> None:
    assert syllables(word) == count
    assert syllables(word.upper()) == count


def test_plain_words_are_read_young_and_heavy_ones_old() -> None:
    plain = measure("You may feel on guard all day, even in your own kitchen. After what happened, that makes sense.")
    heavy = measure("Experiencing hypervigilance subsequent to betrayal is a normative psychological response.")
    assert plain.age < 12
    assert heavy.age > 18
    assert heavy.longest.startswith("Experiencing")


def test_the_items_of_a_list_are_sentences_of_their_own() -> None:
    listed = measure("- drink some water\n- sit where your back is held\n- let the tears come if they come")
    joined = measure("drink some water sit where your back is held let the tears come if they come")
    assert listed.grade < joined.grade


def test_nothing_has_no_age() -> None:
    assert measure("", "– …").words == 0


@pytest.mark.parametrize(
    ("text", "word", "instead"),
    [
        ("You need closure now.", "closure", "an ending you can live with"),
        ("It is time to move on.", "move on", "carry it more lightly"),
        ("They kept moving\non.", "moving\non", "carry it more lightly"),
        ("You'll get over it.", "get over it", "carry it more lightly"),
        ("That triggered me.", "triggered", "set off"),
        ("You should go.", "should", "could"),
        ("You SHOULDN'T go.", "SHOULDN'T", "could"),
        ("You must go.", "must", "could"),
        ("Just breathe.", "Just", "nothing: leave it out"),
        ("It is simply so.", "simply", "nothing: leave it out"),
        ("It is easy.", "easy", "nothing: leave it out"),
        ("Trust issues are common.", "Trust issues", "trouble trusting"),
        ("Time to work on yourself.", "work on yourself", "look after"),
        ("A red flag.", "red flag", "warning sign"),
        ("Your healing journey.", "healing journey", "nothing: leave it out"),
        ("A victim of this.", "victim", "the person who was hurt"),
        ("The betrayer left.", "betrayer", "the person who broke the trust"),
        ("A toxic bond.", "toxic", "harmful"),
        ("They committed suicide.", "committed suicide", "die by suicide"),
        ("A narcissist.", "narcissist", "what was done"),
    ],
)
def test_a_word_to_avoid_is_found_with_what_to_say_instead(text: str, word: str, instead: str) -> None:
    assert list(avoided(text)) == [(word, instead)]


@pytest.mark.parametrize(
    "text",
    ["Adjust the easel.", "A mustard seed.", "They moved along.", "unjust", "justice", "an issue", "get it over"],
)
def test_words_that_only_look_like_them_are_left_alone(text: str) -> None:
    assert list(avoided(text)) == []

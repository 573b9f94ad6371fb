"""A recovery key made later, made anew or dropped; and a forgotten passphrase replaced with it at the locked page."""

import re
from collections.abc import Callable
from threading import Event

import pytest
from app_driver import Driver, driving
from textual.widgets import Input, Static

from trustkit import vault
from trustkit.companion import Companion
from trustkit.errors import ReadError, WrongKey
from trustkit.model.entry import Note
from trustkit.vault import age
from trustkit.vault.sealed import SealedVault

PASSPHRASE = "plum otter lantern"
SIZES = [(80, 24), (40, 15)]


def again(companion: Companion) -> vault.Vault:
    """What lies on disk, as another run finds it."""
    return vault.open_vault(companion.paths, clock=companion.clock, log_n=4)


def opens(companion: Companion, recovery_key: str) -> bool:
    other = again(companion)
    try:
        other.unlock_recovery(recovery_key)
    except (WrongKey, ReadError):
        return False
    return not other.locked


def shown_key(d: Driver) -> str:
    """The key as it stands on the screen, or nothing."""
    lines = [line.replace(" ", "") for line in d.text.splitlines()]
    key = "".join(line for line in lines if re.fullmatch("[A-Z0-9-]{2,}", line))
    return key if key.startswith("AGE-SECRET-KEY-1") else ""


async def give(d: Driver, field: str, words: str) -> None:
    """Put words into a line as a paste would, and press Enter."""
    line = d.app.screen.query_one(field, Input)
    line.focus()
    line.value = words
    await d.press("enter")


async def begin(d: Driver) -> None:
    await d.press("comma")
    await settled(d)
    await d.choose("Recovery key")
    await d.until("A recovery key")


async def settled(d: Driver) -> None:
    """Back at the settings."""
    await d.done(lambda: d.screen_name == "SettingsScreen")


async def shown(d: Driver, offer: str) -> str:
    """The key that is shown once the passphrase was given."""
    await d.choose(offer)
    await d.until("The passphrase you have now")
    await give(d, "#present", PASSPHRASE)
    await d.until("I've put it away", "AGE-SE")
    return shown_key(d)


def existing(companion: Companion) -> str:
    """A recovery key that was made before."""
    key = companion.vault.make_recovery()
    companion.vault.keep_recovery(key, PASSPHRASE)
    return key


@pytest.mark.parametrize("size", SIZES)
async def test_a_recovery_key_made_later_opens_the_notes_once_it_was_typed_back(
    sealed: Companion, size: tuple[int, int]
) -> None:
    async with driving(sealed, size=size) as d:
        await begin(d)
        await d.until("if you forget the passphrase")
        key = await shown(d, "Show me one")
        assert len(key) == 74
        await d.choose("I've put it away")
        assert not shown_key(d)
        assert not sealed.vault.has_recovery
        await give(d, "#key-back", "  ".join(key[at : at + 5] for at in range(0, len(key), 5)).lower())
        await d.until("It is kept", "as the passphrase does")
        await d.press("enter")
        await settled(d)
    assert opens(sealed, key)
    again(sealed).unlock(PASSPHRASE)


async def test_what_was_copied_with_a_slip_is_never_shown_again_but_another_one_is(sealed: Companion) -> None:
    async with driving(sealed) as d:
        await begin(d)
        first = await shown(d, "Show me one")
        await d.choose("I've put it away")
        await give(d, "#key-back", first[:-1] + ("Q" if first[-1] != "Q" else "P"))
        await d.until("That is not a whole recovery key.")
        await d.choose("Show me another one")
        await d.until("AGE-SE")
        second = shown_key(d)
        assert second not in ("", first)
        await d.choose("I've put it away")
        await give(d, "#key-back", first)
        await d.until("not the recovery key that was just shown")
        assert not sealed.vault.has_recovery
        await give(d, "#key-back", second)
        await d.until("It is kept")
    assert opens(sealed, second)
    assert not opens(sealed, first)


@pytest.mark.parametrize("size", SIZES)
async def test_a_new_key_in_place_of_the_old_says_plainly_what_the_old_paper_still_opens(
    sealed: Companion, size: tuple[int, int]
) -> None:
    old = existing(sealed)
    async with driving(sealed, size=size) as d:
        await begin(d)
        await d.until("It can't be shown again.")
        new = await shown(d, "Make a new one in its place")
        await d.choose("I've put it away")
        await give(d, "#key-back", new)
        await d.until("It is kept")
        said = " ".join(str(line.render()) for line in d.app.screen.query(Static))
        assert "The old paper opens nothing in this folder now." in said
        assert "can read all your notes, those you write from now on too" in said
    assert opens(sealed, new)
    assert not opens(sealed, old)


@pytest.mark.parametrize("answer", ["Make a new one in its place", "Do without one from now on"])
async def test_a_file_that_the_old_paper_still_opens_here_is_named(sealed: Companion, answer: str) -> None:
    """Something lies there that no key here opens, so that no other key may be let go of."""
    existing(sealed)
    written = sealed.vault.add(Note("mine"))
    mine = next(sealed.paths.data.glob(f"entries/*/*/{written.id}.*"))
    foreign = age.encrypt(b"x", [age.Identity.generate().recipient])
    mine.with_name(f"{'a' * 26}.{'b' * 10}.toml.age").write_bytes(foreign)
    async with driving(sealed) as d:
        await begin(d)
        if answer.startswith("Make"):
            new = await shown(d, answer)
            await d.choose("I've put it away")
            await give(d, "#key-back", new)
        else:
            await d.choose(answer)
            await give(d, "Input", PASSPHRASE)
        await d.until("Back to the settings")
        said = " ".join(str(line.render()) for line in d.app.screen.query(Static))
        assert "opens nothing in this folder" not in said
        assert next(sealed.paths.data.glob("key.recovery.aside-*")).name in said
        assert "The older paper still opens it" in said


async def test_what_the_page_says_of_an_old_paper_is_so(sealed: Companion) -> None:
    old = existing(sealed)
    kept = (sealed.paths.data / "key.recovery.age").read_bytes()
    existing(sealed)
    later = sealed.vault.add(Note("written later"))
    identities = age.decrypt(kept, [age.Identity.from_text(old)]).decode()
    opened = age.Identity.from_text(re.search("AGE-SECRET-KEY-1[A-Z0-9]+", identities)[0])
    page = next(sealed.paths.data.glob(f"entries/*/*/{later.id}.*"))
    assert b"written later" in age.decrypt(page.read_bytes(), [opened])


async def test_it_can_be_done_without_again(sealed: Companion) -> None:
    old = existing(sealed)
    async with driving(sealed) as d:
        await begin(d)
        await d.choose("Do without one from now on")
        await d.until("Do without a recovery key")
        await give(d, "#present", "not it")
        await d.until("That passphrase doesn't open it.")
        assert sealed.vault.has_recovery
        await give(d, "#present", PASSPHRASE)
        await d.until("There is none any more", "The old paper opens nothing in this folder now.")
    assert not sealed.vault.has_recovery
    assert not opens(sealed, old)
    again(sealed).unlock(PASSPHRASE)


async def test_leaving_a_page_of_it_changes_nothing(sealed: Companion) -> None:
    old = existing(sealed)
    before = (sealed.paths.data / "key.age").read_bytes()
    async with driving(sealed) as d:
        await begin(d)
        await shown(d, "Make a new one in its place")
        await d.choose("Leave it as it is")
        await settled(d)
        await d.choose("Recovery key")
        await d.choose("Do without one from now on")
        await d.press("escape")
        await settled(d)
        await d.choose("Recovery key")
        await d.press("enter")
        await settled(d)
    assert (sealed.paths.data / "key.age").read_bytes() == before
    assert opens(sealed, old)


@pytest.mark.parametrize("way", ["ctrl+g", "ctrl+l"])
@pytest.mark.parametrize("while_typing", [False, True])
async def test_hiding_or_locking_clears_the_key_and_the_passphrase_from_every_page(
    sealed: Companion, way: str, while_typing: bool
) -> None:
    async with driving(sealed) as d:
        await begin(d)
        key = await shown(d, "Show me one")
        page = d.app.screen
        if while_typing:
            await d.choose("I've put it away")
            page.query_one("#key-back", Input).value = key
        field, words = page.query_one("#key-back", Input), page.query_one("#key-text", Static)
        await d.press(way)
        assert sealed.vault.locked
        assert not shown_key(d)
        assert field.value == ""
        assert str(words.render()).strip() == ""
        held = {name: value for name, value in vars(page).items() if isinstance(value, str)}
        assert PASSPHRASE not in held.values()
        assert key not in str(held)
        assert not sealed.vault.has_recovery


async def test_a_crash_while_the_key_is_shown_tells_nothing_of_it(
    sealed: Companion, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[tuple[str, Driver]] = []

    async def crash() -> None:
        async with driving(sealed) as d:
            await begin(d)
            key = await shown(d, "Show me one")
            seen.append((key, d))

            def stop() -> None:
                raise RuntimeError(f"stopped at {key}")

            d.app.call_later(stop)
            await d.rest()

    with pytest.raises(RuntimeError):
        await crash()
    [(key, d)] = seen
    printed = "".join(str(one) for one in d.app._exit_renderables) + "".join(capsys.readouterr())
    assert "RuntimeError" in printed
    assert key[:24] not in printed
    assert PASSPHRASE not in printed


async def test_a_page_that_cannot_forget_never_keeps_the_notes_from_being_locked(
    sealed: Companion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError

    async with driving(sealed) as d:
        monkeypatch.setattr(type(d.app.screen), "forget", fail)
        await d.press("ctrl+l")
        await d.until("Passphrase")
        assert sealed.vault.locked


async def test_an_open_journal_has_no_recovery_key_to_look_after(opened: Companion) -> None:
    async with driving(opened, size=(80, 60)) as d:
        await d.press("comma")
        await d.until("Settings", "Back")
        assert "ecovery key" not in d.text


# At the locked page


@pytest.fixture
def forgotten(sealed: Companion) -> tuple[Companion, str]:
    """A locked vault with one page, its passphrase forgotten, its recovery key at hand."""
    sealed.new_key_work = 4
    key = existing(sealed)
    sealed.vault.add(Note("still here"))
    sealed.vault.lock()
    return sealed, key


@pytest.mark.parametrize("size", SIZES)
async def test_a_forgotten_passphrase_is_replaced_at_the_locked_page(
    forgotten: tuple[Companion, str], size: tuple[int, int]
) -> None:
    companion, key = forgotten
    async with driving(companion, size=size) as d:
        await d.press("ctrl+r")
        await d.until("Recovery key, as it was printed")
        await give(d, "#door-key", key.lower())
        await d.until("The recovery key fits.")
        assert companion.locked
        await give(d, "#new-first", "four other words")
        await give(d, "#new-again", "four other words")
        await d.until("How are you right now?")
        assert [one.title for one in companion.vault.summaries()] == ["still here"]
    with pytest.raises(WrongKey):
        again(companion).unlock(PASSPHRASE)
    again(companion).unlock("four other words")
    assert opens(companion, key)


async def test_it_may_also_be_opened_this_once_and_the_passphrase_stays(forgotten: tuple[Companion, str]) -> None:
    companion, key = forgotten
    async with driving(companion) as d:
        await d.press("ctrl+r")
        await give(d, "#door-key", key)
        await d.until("The recovery key fits.")
        await d.choose("Open this once")
        await d.until("How are you right now?")
        await d.press("ctrl+l")
        await d.until("trustkit is locked.", "Passphrase")
        await give(d, "#door-key", PASSPHRASE)
        await d.until("How are you right now?")
    again(companion).unlock(PASSPHRASE)


async def test_a_recovery_key_that_does_not_fit_leads_nowhere(forgotten: tuple[Companion, str]) -> None:
    companion, _ = forgotten
    async with driving(companion) as d:
        await d.press("ctrl+r")
        await give(d, "#door-key", "AGE-SECRET-KEY-1 and so on")
        await d.until("That is not a whole recovery key.")
        await give(d, "#door-key", age.Identity.generate().to_text())
        await d.until("That recovery key does not open this journal.")
        assert companion.locked


async def test_going_back_to_the_door_opens_nothing(forgotten: tuple[Companion, str]) -> None:
    companion, key = forgotten
    async with driving(companion) as d:
        await d.press("ctrl+r")
        await give(d, "#door-key", key)
        await d.until("The recovery key fits.")
        page = d.app.screen
        await d.press("escape")
        await d.until("trustkit is locked.")
        assert companion.locked
        assert key not in str(vars(page).values())


@pytest.mark.parametrize("by", ["passphrase", "recovery key", "new passphrase", "once"])
async def test_whoever_hides_while_it_opens_finds_it_locked_and_nothing_shown(
    forgotten: tuple[Companion, str], by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    companion, key = forgotten
    begun, go_on, done = Event(), Event(), Event()

    def held_back(method: Callable[..., None]) -> Callable[..., None]:
        def wait(*arguments: object, **named: object) -> None:
            begun.set()
            go_on.wait(20)
            try:
                method(*arguments, **named)
            finally:
                done.set()

        return wait

    async with driving(companion) as d:
        slow = {"passphrase": "unlock", "recovery key": "check_recovery", "new passphrase": "recover"}
        name = slow.get(by, "unlock_recovery")
        if by == "passphrase":
            monkeypatch.setattr(SealedVault, name, held_back(getattr(SealedVault, name)))
            await give(d, "#door-key", PASSPHRASE)
        else:
            await d.press("ctrl+r")
            if by == "recovery key":
                monkeypatch.setattr(SealedVault, name, held_back(getattr(SealedVault, name)))
            await give(d, "#door-key", key)
            if by != "recovery key":
                await d.until("The recovery key fits.")
                monkeypatch.setattr(SealedVault, name, held_back(getattr(SealedVault, name)))
            if by == "new passphrase":
                await give(d, "#new-first", "four other words")
                await give(d, "#new-again", "four other words")
            elif by == "once":
                await d.choose("Open this once")
        await d.done(begun.is_set)
        await d.press("ctrl+g")
        go_on.set()
        await d.done(done.is_set)
        await d.done(lambda: companion.locked, "it stayed open behind the empty page")
        assert d.text.strip() == ""
        await d.press("enter")
        await d.until("Passphrase")
        assert companion.locked

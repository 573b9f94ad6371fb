"""A whole sitting, in a real terminal and through the verbs, with one word in every place that takes words.

Afterwards that word is nowhere: in no file, no file's name, no log, no crash output; and nobody was called. The world
around it is as unkind as it gets: logging switched on for the screen library, a umask that hides nothing, core dumps
allowed.
"""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pty_terminal import Terminal

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
CANARY = "zugvogelcanary"
FIRST = f"{CANARY} plum otter"
SECOND = f"{CANARY} another three"
THIRD = f"{CANARY} and a last one"

CHEAP = """
import sys
import trustkit.vault
trustkit.vault.LOG_N = 10  # what a new key costs; the real cost has tests of its own
"""
START = """
sys.argv = ["trustkit", *sys.argv[1:]]
from trustkit.__main__ import main
sys.exit(main())
"""
PROGRAM = ("-c", CHEAP + START)
BROKEN_VERB = """
from trustkit.vault.store import Vault

def add(self, body, **about):
    text = body.text
    raise ValueError(f"no: {text} {body}")

Vault.add = add
"""
BROKEN_SCREEN = """
from trustkit.hardening import harden
harden()
from trustkit.tui.app import TrustkitApp

def action_support(self):
    text = str([area.text for area in self.screen.query("TextArea")])
    raise ValueError(f"no: {text}")

TrustkitApp.action_support = action_support
"""
"""trustkit with a mistake in it: an exception whose message and locals hold the words that are being written."""


@dataclass
class World:
    """A home, and everything that was printed in it beside the screens."""

    home: Path
    trace: list[str]
    environment: dict[str, str]
    printed: list[bytes] = field(default_factory=list)
    said: bytes = b""
    """What the last verb gave as its result."""
    recovery_key: str = ""
    """What was shown once, on the screen alone."""

    def verb(self, *words: str, given: str = "", program: tuple[str, ...] = PROGRAM) -> int:
        """Run a verb in a process of its own. What it prints about a result is left out: that is the reader's own."""
        done = subprocess.run(
            [*self.trace, sys.executable, *program, *words],
            input=given.encode(), capture_output=True, cwd=self.home / "here", env=os.environ | self.environment,
            check=False, start_new_session=True,
        )  # fmt: skip
        self.printed.append(done.stderr)
        self.said = done.stdout
        return done.returncode

    def screen(self, program: tuple[str, ...] = PROGRAM) -> Terminal:
        """Open the screens."""
        return Terminal(environment=self.environment, program=[*self.trace, sys.executable, *program])


def passphrase_typed(t: Terminal, passphrase: str) -> None:
    t.see("Passphrase")
    t.type(passphrase)
    t.press("enter")
    t.see("How are you right now?")


def through_the_welcome(t: Terminal) -> None:
    """To Today, with a sealed journal."""
    t.see("You can go slowly here.", "Begin")
    t.press("enter")
    t.see("Can anyone else get at this computer?", "Maybe")
    t.press("enter")
    t.see("Go on")
    t.press("enter")
    t.see("Where would you like your words to live?", "Keep nothing")
    t.press("enter")
    t.see("A few unrelated words work well.")
    t.type(FIRST)
    t.press("enter")
    t.see("Once more, so that we both have it right.")
    t.type(FIRST)
    t.press("enter")
    t.see("A recovery key opens your notes", "Do without")
    t.press("down", "enter")
    t.see("What brought you here?")
    t.press("^q")
    assert t.wait() == 0


def write(t: Terminal) -> None:
    t.press("w")
    t.see("One line is enough.")
    t.type(f"{CANARY} in the evening")
    t.see("sealed as a draft")
    t.press("^s")
    t.see("Keep this note?")
    t.press("enter")


def on_the_screens(world: World) -> None:
    """Welcome; write; find; edit; lock in the middle of it; unlock; keep; delete; another passphrase; lock; unlock."""
    with world.screen() as t:
        through_the_welcome(t)
    with world.screen() as t:
        passphrase_typed(t, FIRST)
        write(t)
        t.see("Saved.")
        t.press("esc")
        t.see("How are you right now?")
        t.press("j")
        t.see(CANARY)
        t.press("/")
        t.see("▌")
        t.type(CANARY)
        t.see(f"▌ {CANARY}", f"{CANARY} in the evening")
        t.press("esc")
        t.see_no("▌")
        t.press("e")
        t.see("^s keep")
        t.type(f"{CANARY} again ")
        t.see(f"{CANARY} again")
        t.press("^l")
        passphrase_typed(t, FIRST)
        keep_and_delete(t)
        change_the_passphrase(t)
        world.recovery_key = make_a_recovery_key(t)
        t.press("^l")
        opened_with_the_recovery_key(t, world.recovery_key)
        t.press("^l")
        passphrase_typed(t, SECOND)
        t.press("^q")
        assert t.wait() == 0
        assert CANARY not in t.normal_text
        assert world.recovery_key not in "".join(t.normal_text.split())


def keep_and_delete(t: Terminal) -> None:
    """Go on with the page that was being changed, keep it, and move it to the trash."""
    t.press("j")
    t.see(CANARY)
    t.press("e")
    t.see("^s keep", f"{CANARY} again")
    t.press("^s")
    t.see("Keep this note?")
    t.press("enter")
    t.see("Saved.")
    t.press("esc")
    t.see("find")
    t.press("d")
    t.see("Move this to the trash?")
    t.press("enter")
    t.see("Moved to the trash.")


def change_the_passphrase(t: Terminal) -> None:
    """In the settings: the old one, the new one twice."""
    t.press(",")
    t.see("Change the passphrase", "Last backup")
    t.press("up", "up", "up", "up", "up", "enter")
    t.see("The passphrase you have now")
    for words, then in ((FIRST, "The new one."), (SECOND, "Once more"), (SECOND, "It is changed")):
        t.type(words)
        t.press("enter")
        t.see(then)
    t.press("enter")
    t.see("Lock after quiet minutes")


def make_a_recovery_key(t: Terminal) -> str:
    """In the settings, one line further down: shown once, typed back. The key."""
    t.press("down", "enter")
    t.see("A recovery key", "Show me one")
    t.press("enter")
    t.see("The passphrase you have now")
    t.type(SECOND)
    t.press("enter")
    t.see("AGE-SE", "I've put it away")
    key = re.search(r"AGE-SECRET-KEY-1[A-Z0-9]{58}", "".join(t.text.split()))
    assert key is not None
    t.press("enter")
    t.see("Type it back once")
    t.type(key[0].lower())
    t.press("enter")
    t.see("It is kept")
    t.press("enter")
    t.see("Lock after quiet minutes")
    return key[0]


def opened_with_the_recovery_key(t: Terminal, key: str) -> None:
    """At the locked page, this once."""
    t.see("Passphrase")
    t.press("^r")
    t.see("Recovery key, as it was printed")
    t.type(key)
    t.press("enter")
    t.see("The recovery key fits.", "Open this once")
    t.press("tab", "down", "enter")
    t.see("How are you right now?")


def a_mistake_on_the_screens(world: World) -> None:
    """The program stops by mistake in the middle of a page."""
    with world.screen(("-c", CHEAP + BROKEN_SCREEN + START)) as t:
        passphrase_typed(t, SECOND)
        t.press("w")
        t.see("One line is enough.")
        t.type(f"{CANARY} when it broke")
        t.see(f"{CANARY} when it broke")
        t.press("^o")
        t.wait_until(lambda: not t.on_alternate_screen, "the ordinary screen again")
        assert t.wait() != 0
        left = max(t.raw.rfind(b"\x1b[?1049l"), 0)
        assert b"trustkit stopped by mistake" in t.raw[left:]
        world.printed += [bytes(t.raw[left:]), t.normal_text.encode()]


def through_the_verbs(world: World) -> None:
    """Write, list, find, show, delete, bring back, verify, back up, change the passphrase; and one mistake."""
    here = world.home / "here"
    secret, new = world.home.parent / "first", world.home.parent / "second"
    for file, words in ((secret, SECOND), (new, THIRD)):
        file.write_text(words + "\n", encoding="utf-8")
        file.chmod(0o600)
    known = ("--passphrase-file", str(secret))
    assert world.verb("write", *known, given=f"{CANARY} by pipe\n{CANARY}") == 0
    assert world.verb("journal", "list", *known) == 0
    assert world.verb("journal", "search", "-", *known, given=CANARY) == 0
    assert world.verb("journal", "search", CANARY, *known) == 0
    assert world.verb("journal", "list", "--json", *known) == 0
    for entry in json.loads(world.said)["entries"]:
        assert world.verb("journal", "show", entry["id"], *known) == 0
        assert world.verb("journal", "delete", entry["id"], *known) == 0
    assert world.verb("journal", "restore", entry["id"], *known) == 0
    assert world.verb("vault", "verify", *known) == 0
    assert world.verb("backup", str(here / "backup.tar"), *known) == 0
    assert world.verb("write", *known, given=CANARY, program=("-c", CHEAP + BROKEN_VERB + START)) == 70
    assert world.verb("vault", "passphrase", "--new-passphrase-file", str(new), *known) == 0
    assert world.verb("vault", "verify", *known) == 4
    assert world.verb(CANARY) == 2
    assert world.verb("journal", "show", CANARY, *known) != 0
    secret.unlink()
    new.unlink()


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The world after a whole sitting."""
    home = tmp_path_factory.mktemp("world") / "home"
    for folder in (home, home / "tmp", home / "here", home / "log"):
        folder.mkdir()
    environment = {name: str(home) for name in ("HOME", "USERPROFILE")}
    environment |= {f"XDG_{name}_HOME": str(home / f".{name.lower()}") for name in ("CACHE", "CONFIG", "DATA", "STATE")}
    environment |= {"TMPDIR": str(home / "tmp"), "TRUSTKIT_HOME": "", "PYTHONPATH": str(ROOT)}
    environment |= {
        "TEXTUAL": "devtools,debug",
        "TEXTUAL_LOG": str(home / "log" / "textual.log"),
        "PYTHONFAULTHANDLER": "1",
    }
    trace = []
    if shutil.which("strace"):
        trace = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", f"{home.parent}/calls", "-A", "-e", "trace=network"]
        if subprocess.run([*trace, "true"], capture_output=True, check=False).returncode:
            trace = []
    world = World(home, trace, environment)
    umask, limits = os.umask(0), resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (limits[1], limits[1]))
    before = Path.cwd()
    os.chdir(home / "here")
    try:
        on_the_screens(world)
        a_mistake_on_the_screens(world)
        through_the_verbs(world)
        yield world
    finally:
        os.chdir(before)
        os.umask(umask)
        resource.setrlimit(resource.RLIMIT_CORE, limits)


def test_after_a_whole_sitting_no_file_and_no_name_holds_a_word_of_it(after: World) -> None:
    seen = 0
    for path in after.home.rglob("*"):
        assert CANARY not in path.name
        if path.is_file():
            seen += 1
            data = path.read_bytes()
            for spelling in (CANARY.encode(), CANARY.encode("utf-16-le"), CANARY.upper().encode()):
                assert spelling not in data, path
            for spelling in key_spellings(after.recovery_key):
                assert spelling not in data.upper(), path
    assert seen > 5
    assert list((after.home / ".data" / "trustkit" / "entries").rglob("*.toml.age"))
    assert (after.home / "here" / "backup.tar").stat().st_size > 2048


def key_spellings(key: str) -> list[bytes]:
    """A recovery key, whole, in part, and as it is laid out to be copied."""
    assert len(key) == 74
    return [key.encode(), key[20:44].encode(), "  ".join((key[24:30], key[30:36])).encode()]


def test_nothing_it_said_about_its_work_or_its_mistakes_holds_a_word(after: World) -> None:
    assert sum(b"trustkit stopped by mistake" in said for said in after.printed) >= 2
    for said in after.printed:
        assert CANARY.encode() not in said
        for spelling in key_spellings(after.recovery_key):
            assert spelling not in said.upper()


def test_no_log_and_no_dump_of_its_memory_was_written(after: World) -> None:
    assert list((after.home / "log").iterdir()) == []
    assert list((after.home / "tmp").iterdir()) == []
    assert [path.name for path in (after.home / "here").iterdir()] == ["backup.tar"]


def test_everything_it_wrote_is_for_its_owner_alone(after: World) -> None:
    ours = [path for path in after.home.rglob("*") if "trustkit" in path.relative_to(after.home).parts]
    assert ours
    for path in (*ours, after.home / "here" / "backup.tar"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_it_called_nobody(after: World) -> None:
    if not after.trace:
        pytest.skip("strace is not installed, or may not trace here")
    calls = (after.home.parent / "calls").read_text().splitlines()
    called = [line.split(None, 1)[1] for line in calls]
    assert any(call.startswith("socketpair(AF_UNIX") for call in called)  # the screen's own loop: the trace does see
    assert [call for call in called if call.startswith(("connect", "bind", "listen", "accept", "sendmsg"))] == []
    assert [call for call in called if call.startswith("sendto") and "NULL, 0" not in call] == []
    assert [call for call in called if "AF_INET" in call or "AF_NETLINK" in call] == []

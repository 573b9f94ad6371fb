"""A page in an editor of the reader's own: opt-in, since editors leave copies of what they edit.

The page lies in a fresh folder of its own, 0700, in memory (`$XDG_RUNTIME_DIR` on a tmpfs), or nowhere: where there is
no such place, it is refused. What an editor puts beside a file goes into the same folder, as far as it can be told to,
and everything there is overwritten and removed afterwards, or at the next start if this one was killed.
"""

import codecs
import os
import re
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Final

from trustkit.companion.stopping import Signals, Stopped, stoppable
from trustkit.errors import ReadError, UsageError, WriteError
from trustkit.model.frozen import frozen
from trustkit.model.line_ends import as_kept, in_field

LARGEST: Final = 16 * 1024 * 1024
"""Bytes of a page that are taken back: some four thousand pages of a book."""
AT_ONCE: Final = 1.0
"""Seconds in which nobody opens an editor, looks at the page and leaves."""
AT_ONCE_UNKNOWN: Final = 3.0
"""The same for an editor that may open a window, and take its time to do so."""
BOM: Final = "\ufeff"
IN_A_WINDOW: Final = (
    "Your editor came back right away. If the page is open in a window, save and close it there, then press enter here."
)
NOT_YET: Final = (
    "Nothing has changed there yet. Press enter when you have saved, or type n and enter to leave the page as it was."
)
PREFIX: Final = "trustkit-edit-"
_LEFT: Final = re.compile(rf"{PREFIX}(\d+)-")
_NAME: Final = "page.txt"

_VIM: Final = (
    "-n",
    "-i",
    "NONE",
    "--cmd",
    "set noundofile nobackup nowritebackup noswapfile viminfo= history=0",
)
QUIET: Final[Mapping[str, tuple[str, ...]]] = {
    "vim": _VIM,
    "vi": _VIM,
    "nvim": _VIM,
    "view": _VIM,
    "nano": ("--ignorercfiles",),
    "emacs": ("-nw", "-Q", "--eval", "(setq make-backup-files nil auto-save-default nil create-lockfiles nil)"),
    "micro": ("-backup", "false", "-savehistory", "false", "-saveundo", "false"),
}
"""What keeps each editor from leaving copies. Others are run as they are, after a word about it."""

NO_EDITOR: Final = (
    "No editor is named in $VISUAL or $EDITOR that this computer has.",
    "Name one there, or write in trustkit itself, which has an editor of its own.",
)
NO_PLACE: Final = (
    "There is no place in memory where an editor could have your words without leaving them on the disk.",
    "Write in trustkit itself: its own editor needs no file.",
)
NO_ROOM: Final = ("The page could not be put where an editor sees it.", "Nothing was changed.")
GONE: Final = ("The editor took its file away, so there is nothing to take back.", "The page is as it was.")
NOT_READ: Final = ("What the editor left can't be read, or is far too long.", "The page is as it was.")


@frozen
class Edited:
    """What came back from an editor."""

    text: str
    finished: bool
    """It ended well. False: it failed, or was stopped, and the text may be half of what was meant."""
    stopped_by: int = 0
    """The signal that stopped trustkit meanwhile."""
    guessed: bool = False
    """It was not UTF-8, and was read as Western European text, so that no word is lost."""


def command() -> list[str]:
    """The reader's editor, told to leave no copies. Raises UsageError where none is named."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(named)
    except ValueError:
        words = []
    if not words or shutil.which(words[0]) is None:
        raise UsageError(*NO_EDITOR)
    return [*words, *QUIET.get(Path(words[0]).name, ())]


def ready() -> list[str]:
    """The editor, as `command` names it, if there is also a place for what it is given. Raises UsageError."""
    words = command()
    place()
    return words


def is_known(words: list[str]) -> bool:
    """Whether trustkit knows how to keep this editor from leaving copies."""
    return Path(words[0]).name in QUIET


def edit(text: str, words: list[str]) -> Edited:
    """Let an editor change a text.

    Args:
        text: What it is given.
        words: The editor and its options, from `command`.

    Raises:
        UsageError: There is no place in memory for it.
        WriteError: The place is full.
        ReadError: It left nothing that can be read.
    """
    sweep()
    given = text if text.endswith("\n") or not text else f"{text}\n"
    with stoppable() as signals, signals.held(), _folder() as folder:
        page = folder / _NAME
        try:
            handle = os.open(page, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(given.encode())
        except OSError as error:
            raise WriteError(*NO_ROOM) from error
        begun = monotonic()
        finished, stopped_by = _run([*words, str(page)], folder, signals)
        quick = monotonic() - begun < (AT_ONCE if is_known(words) else AT_ONCE_UNKNOWN)
        if not stopped_by and (is_in_use(page) or (finished and quick and _is_untouched(page, given))):
            finished, stopped_by = _wait_for_saving(page, given, signals)
        try:
            left, guessed = _read(page)
        except ReadError:
            if not stopped_by:
                raise
            left, guessed = given, False
    stopped_by = stopped_by or signals.asked or 0
    left = _with_its_line_ends(left, given)
    if left == given:
        return Edited(text, finished, stopped_by)
    # Editors end a file with a line end; the page had none of its own.
    return Edited(left if text.endswith("\n") else left.removesuffix("\n"), finished, stopped_by, guessed)


def _run(words: list[str], folder: Path, signals: Signals) -> tuple[bool, int]:
    """Run it until it ends; ctrl-c belongs to the editor. Whether it ended well, and the signal that stopped us."""
    its_own = dict.fromkeys(("TMPDIR", "XDG_STATE_HOME", "XDG_CACHE_HOME"), str(folder))
    with _terminal_as_it_was():
        return _wait(words, folder, os.environ | its_own, signals)


def _wait(words: list[str], folder: Path, environment: Mapping[str, str], signals: Signals) -> tuple[bool, int]:
    try:
        editor = subprocess.Popen(words, cwd=folder, env=environment)
    except OSError:
        return False, 0
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with signals.let_in():
            return editor.wait() == 0, 0
    except Stopped as stopped:
        editor.terminate()
        with suppress(subprocess.TimeoutExpired):
            editor.wait(2)
        editor.kill()
        editor.wait()
        return False, stopped.number
    finally:
        signal.signal(signal.SIGINT, before)


def is_in_use(page: Path) -> bool:
    """Whether another program has this file open, or was started with it: a window may be left. Only Linux says."""
    try:
        processes = [process for process in Path("/proc").iterdir() if process.name.isdecimal()]
    except OSError:
        return False
    return any(_uses(process, page) for process in processes if process.name != str(os.getpid()))


def _uses(process: Path, page: Path) -> bool:
    with suppress(OSError):
        if os.fsencode(page) in (process / "cmdline").read_bytes().split(b"\0"):
            return True
        for handle in (process / "fd").iterdir():
            with suppress(OSError):
                if handle.readlink() == page:
                    return True
    return False


def _is_untouched(page: Path, given: str) -> bool:
    try:
        return page.read_bytes() == given.encode()
    except OSError:
        return False


def _wait_for_saving(page: Path, given: str, signals: Signals) -> tuple[bool, int]:
    """The editor may be a window that is still open: its file stays until a person says that it is done there.

    Returns:
        Whether it was said to be done, and the signal that stopped us.
    """
    question = IN_A_WINDOW
    while True:
        try:
            with signals.let_in():
                answer = _ask(question)
        except Stopped as stopped:
            # ctrl-c at this question is an answer to it.
            return stopped.number == signal.SIGINT, 0 if stopped.number == signal.SIGINT else stopped.number
        if answer is None or answer.strip().casefold().startswith("n") or not _is_untouched(page, given):
            return True, 0
        question = NOT_YET


def _ask(question: str) -> str | None:
    """Ask on the terminal; None at the end of what can be typed."""
    if sys.__stderr__ is None or sys.__stdin__ is None:
        return None
    import textwrap

    said = textwrap.fill(question, max(20, shutil.get_terminal_size().columns - 2))
    print(f"\n{said} ", end="", file=sys.__stderr__, flush=True)
    handle = sys.__stdin__.fileno()
    typed = b""
    while not typed.endswith(b"\n"):
        piece = os.read(handle, 4096)
        if not piece:
            return None
        typed += piece
    return typed.decode("utf-8", "replace")


def _with_its_line_ends(left: str, given: str) -> str:
    """The text without what an editor put in by itself: a byte-order mark, and line ends of another system."""
    if not given.startswith(BOM):
        left = left.removeprefix(BOM)
    if in_field(given) == given:
        return left.replace("\r\n", "\n").replace("\r", "\n")
    return as_kept(given, in_field(left))


@contextmanager
def _terminal_as_it_was() -> Iterator[None]:
    """Put the terminal's modes right afterwards: an editor that crashed leaves it without echo and lines."""
    try:
        import termios
    except ImportError:  # not this kind of system
        yield
        return
    try:
        number = sys.__stdin__.fileno() if sys.__stdin__ is not None else -1
        modes = termios.tcgetattr(number)
    except (OSError, ValueError, termios.error):  # no terminal
        yield
        return
    try:
        yield
    finally:
        with suppress(termios.error):
            termios.tcsetattr(number, termios.TCSADRAIN, modes)


def _read(page: Path) -> tuple[str, bool]:
    """What it left, and whether its encoding had to be guessed. Raises ReadError."""
    try:
        with page.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise ReadError(*GONE) from None
    except OSError:
        raise ReadError(*NOT_READ) from None
    if len(data) > LARGEST:
        raise ReadError(*NOT_READ)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        with suppress(UnicodeDecodeError):
            return data.decode("utf-16"), False
    for encoding in ("utf-8", "cp1252"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding), encoding != "utf-8"
    return data.decode("latin-1"), True


# The place


def place() -> Path:
    """The reader's own folder in memory. Raises UsageError where there is none that serves."""
    named = os.environ.get("XDG_RUNTIME_DIR", "")
    if named and os.name == "posix":
        found = Path(named)
        with suppress(OSError):
            about = found.lstat()
            own = stat.S_ISDIR(about.st_mode) and about.st_uid == os.getuid() and not about.st_mode & 0o077
            if own and in_memory(found):
                return found
    raise UsageError(*NO_PLACE)


def in_memory(folder: Path) -> bool:
    """Whether a folder lies on a file system that is never written to a disk. Only Linux says."""
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
        number = folder.stat().st_dev
    except OSError:
        return False
    wanted = f"{os.major(number)}:{os.minor(number)}"
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        if before.split()[2] == wanted:
            return after.split()[0] in ("tmpfs", "ramfs")
    return False


@contextmanager
def _folder() -> Iterator[Path]:
    """A fresh folder there, wiped afterwards."""
    parent = place()
    try:
        folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=parent))
    except OSError as error:
        raise WriteError(*NO_ROOM) from error
    try:
        yield folder
    finally:
        wipe(folder)


def sweep() -> None:
    """Remove what was left there by runs that were killed."""
    try:
        things = list(place().iterdir())
    except (OSError, UsageError):
        return
    for thing in things:
        left = _LEFT.match(thing.name)
        if left and not _runs(int(left[1])):
            wipe(thing)


def leftovers() -> list[Path]:
    """Folders that an editor was given, of any run, in memory or not: all that there are for this account."""
    if os.name != "posix":
        return []
    found: dict[str, Path] = {}
    for place in {os.environ.get("XDG_RUNTIME_DIR", ""), f"/run/user/{os.getuid()}"} - {""}:
        with suppress(OSError):
            for thing in Path(place).iterdir():
                about = thing.lstat()
                if _LEFT.match(thing.name) and stat.S_ISDIR(about.st_mode) and about.st_uid == os.getuid():
                    found[os.path.realpath(thing)] = thing
    return sorted(found.values())


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def wipe(folder: Path) -> None:
    """Overwrite every file of a folder, then remove it. Follows no link."""
    if folder.is_symlink():
        return
    for root, _, files in os.walk(folder):
        for name in files:
            file = Path(root, name)
            with suppress(OSError):
                size = file.lstat().st_size
                handle = os.open(file, os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
                try:
                    os.write(handle, bytes(min(size, LARGEST)))
                finally:
                    os.close(handle)
    shutil.rmtree(folder, ignore_errors=True)

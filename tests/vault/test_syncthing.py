"""Two machines kept together by Syncthing, as `docs/sync.md` says: two real instances that know only each other.

Some fifteen seconds, nearly all of them Syncthing's own starting and greeting. Nothing leaves this computer: each
instance listens on loopback alone, and everything that announces or looks for others is off. Skipped by name where it
is not installed.
"""

import json
import select
import shutil
import socket
import subprocess
import time
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from two_machines import Pages, assert_nothing_lost, begin, write_apart
from vault_bench import Bench

from trustkit.errors import ReadError
from trustkit.model.entry import Note
from trustkit.paths import Paths

DEADLINE = 120.0
"""Seconds until two instances that do not come together count as broken."""
OFF = (
    "globalAnnounceEnabled", "localAnnounceEnabled", "relaysEnabled", "natEnabled", "crashReportingEnabled",
    "announceLANAddresses", "startBrowser",
)  # fmt: skip
FOLDER = "journal"


def free_port() -> int:
    """One that nobody has right now."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port: int = tried.getsockname()[1]
        return port


class Machine:
    """One instance and the folder it shares."""

    def __init__(self, home: Path, data: Path) -> None:
        self.home, self.data = home, data
        self.process: subprocess.Popen[bytes] | None = None
        self.listen, self.gui = free_port(), free_port()
        subprocess.run(["syncthing", "generate", f"--home={home}"], check=True, capture_output=True)
        self.tree = ET.parse(home / "config.xml")
        root = self.tree.getroot()
        self.key = root.findtext("gui/apikey") or ""
        self.id = str(root.find("device").get("id"))  # type: ignore[union-attr]

    def share_with(self, other: "Machine") -> None:
        """Write the configuration: one folder, one friend, no way out of this computer."""
        root = self.tree.getroot()
        root.find("gui/address").text = f"127.0.0.1:{self.gui}"  # type: ignore[union-attr]
        options = root.find("options")
        assert options is not None
        for name in OFF:
            (options.find(name) if options.find(name) is not None else ET.SubElement(options, name)).text = "false"
        for name, value in (("listenAddress", f"tcp://127.0.0.1:{self.listen}"), ("urAccepted", "-1"),
                            ("autoUpgradeIntervalH", "0"), ("reconnectionIntervalS", "1")):  # fmt: skip
            for old in options.findall(name):
                options.remove(old)
            ET.SubElement(options, name).text = value
        for old in root.findall("folder"):
            root.remove(old)
        folder = ET.SubElement(root, "folder", id=FOLDER, path=str(self.data), type="sendreceive",
                               rescanIntervalS="3600", fsWatcherEnabled="false")  # fmt: skip
        for machine in (self, other):
            ET.SubElement(folder, "device", id=machine.id)
        ET.SubElement(folder, "maxConflicts").text = "10"  # what a folder that is made on its page has
        device = ET.SubElement(root, "device", id=other.id, name="other", compression="never")
        ET.SubElement(device, "address").text = f"tcp://127.0.0.1:{other.listen}"
        self.tree.write(self.home / "config.xml")

    def start(self) -> None:
        self.process = subprocess.Popen(
            [str(shutil.which("syncthing")), "serve", f"--home={self.home}", "--no-browser", "--no-restart"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={"HOME": str(self.home), "STNOUPGRADE": "1"},
        )  # fmt: skip

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait()

    def is_connected_to(self, other: "Machine") -> bool:
        connections = self.ask("system/connections")["connections"]
        assert isinstance(connections, dict)
        return bool(connections[other.id]["connected"])

    def ask(self, path: str, method: str = "GET") -> dict[str, object]:
        """Its own interface, on loopback."""
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.gui}/rest/{path}", method=method, headers={"X-API-Key": self.key}
        )
        with urllib.request.urlopen(asked, timeout=30) as answer:
            text = answer.read()
        found: dict[str, object] = json.loads(text) if text.strip() else {}
        return found


def until(true: "object", what: str) -> None:
    """Wait for a condition."""
    deadline = time.monotonic() + DEADLINE
    assert callable(true)
    while True:
        try:
            if true():
                return
        except OSError:
            pass  # not listening yet
        assert time.monotonic() < deadline, f"never came to {what}"
        select.select([], [], [], 0.2)


def sync(one: Machine, two: Machine) -> None:
    """Let both look at their folders, and wait until neither lacks anything and both know the same."""
    for _ in range(2):
        for machine in (one, two):
            machine.ask(f"db/scan?folder={FOLDER}", "POST")

        def alike() -> bool:
            states = [machine.ask(f"db/status?folder={FOLDER}") for machine in (one, two)]
            same = [{name: state[name] for name in ("globalFiles", "globalBytes", "globalDeleted")} for state in states]
            return all(s["state"] == "idle" and s["needTotalItems"] == 0 for s in states) and same[0] == same[1]

        until(alike, "both the same")


def connect(one: Machine, two: Machine) -> None:
    """Start both, and wait until they talk."""
    for machine in (one, two):
        machine.start()
    for machine, friend in ((one, two), (two, one)):
        until(lambda m=machine, f=friend: m.is_connected_to(f), "a connection")


@pytest.fixture
def machines(paths: Paths, clock, tmp_path: Path) -> Iterator[tuple[Bench, Bench, Machine, Machine, Pages]]:
    """One journal on two machines, connected."""
    if shutil.which("syncthing") is None:
        pytest.skip("syncthing is not installed")
    bench = Bench(paths, clock)
    pages = begin(bench.seal())
    other = bench.elsewhere("other")
    one, two = Machine(tmp_path / "st-one", bench.data), Machine(tmp_path / "st-two", other.data)
    one.share_with(two)
    two.share_with(one)
    try:
        connect(one, two)
        sync(one, two)
        yield bench, other, one, two, pages
    finally:
        for machine in (one, two):
            machine.stop()


def test_whatever_two_machines_did_nothing_is_lost_and_they_end_equal(machines, clock) -> None:
    bench, other, one, two, pages = machines
    write_apart(bench.again(), other.again(), pages, clock)
    sync(one, two)
    assert_nothing_lost(bench.again(), other.again(), pages)
    assert list(bench.data.rglob("*sync-conflict*")) == []


def test_a_passphrase_changed_on_both_at_once_locks_nobody_out(machines) -> None:
    bench, other, one, two, ids = machines
    for machine in (one, two):
        machine.stop()  # neither sees the other's change before it has made its own
    for where, passphrase in ((bench, "one's words"), (other, "two's words")):
        vault = where.again()
        vault.change_passphrase(bench.passphrase, passphrase)
        vault.close()
    connect(one, two)

    def copies(where: Bench) -> list[str]:
        return [path.name for path in where.data.iterdir() if "sync-conflict" in path.name]

    def copied() -> bool:
        sync(one, two)
        return len(copies(bench)) == 1 and copies(bench) == copies(other)

    until(copied, "a conflict copy on both")  # made on purpose: two different key files of one name
    for where in (bench, other):
        opened = 0
        for passphrase in ("one's words", "two's words"):
            try:
                opened += where.again(passphrase).get(ids[0]).body == Note("page 0")
            except ReadError:
                continue
        assert opened == 2

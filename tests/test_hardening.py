"""What the process must not leak. Each measure is looked at in a process of its own: it lasts as long as that."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from trustkit import hardening

ROOT = Path(__file__).parents[1]
CANARY = "quince-and-thistle"


def hardened(then: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run some Python behind `harden()`."""
    return subprocess.run(
        [sys.executable, "-c", f"from trustkit.hardening import *\nimport os, sys\nharden()\n{then}"],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def found(then: str, **environment: str) -> Any:
    """What this Python prints as JSON."""
    done = hardened(f"import json\n{then}", **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_textual_s_variables_are_dropped_but_the_three_that_leak_nothing() -> None:
    given = {
        "TEXTUAL": "devtools",
        "TEXTUAL_LOG": "/tmp/keys",
        "TEXTUAL_DRIVER": "other:Driver",
        "TEXTUAL_SCREENSHOT": "1",
        "TEXTUAL_ANIMATIONS": "none",
        "TEXTUAL_FPS": "30",
        "TEXTUAL_COLOR_SYSTEM": "256",
    }

    left = found("print(json.dumps([n for n in os.environ if n.startswith('TEXTUAL')]))", **given)

    assert sorted(left) == ["TEXTUAL_ANIMATIONS", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_FPS"]


def test_textual_then_writes_no_log_of_keys(tmp_path: Path) -> None:
    log = tmp_path / "keys.log"

    constant = found("from textual import constants\nprint(json.dumps(constants.LOG_FILE))", TEXTUAL_LOG=str(log))

    assert constant is None
    assert not log.exists()


def test_variables_of_others_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found("print(json.dumps(os.environ.get('TEXTUALLY')))", TEXTUALLY="mine") == "mine"


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_new_files_are_the_owner_s_alone() -> None:
    assert found("print(json.dumps(os.umask(0)))") == 0o077


@pytest.mark.skipif(os.name != "posix", reason="core dumps as POSIX has them")
def test_no_core_is_ever_dumped() -> None:
    assert found("import resource\nprint(json.dumps(resource.getrlimit(resource.RLIMIT_CORE)))") == [0, 0]


@pytest.mark.skipif(sys.platform != "linux", reason="PR_GET_DUMPABLE is Linux's")
def test_other_processes_may_not_read_its_memory() -> None:
    get_dumpable = 3  # PR_GET_DUMPABLE, linux/prctl.h

    assert found(f"import ctypes\nprint(json.dumps(ctypes.CDLL(None).prctl({get_dumpable}, 0, 0, 0, 0)))") == 0


FAILING = f"""
def inner(words):
    passphrase = words + "!"
    raise ValueError(f"could not keep {{passphrase}}")

def outer():
    try:
        inner("{CANARY}")
    except ValueError as error:
        raise RuntimeError("{CANARY}") from error
"""


def test_a_mistake_tells_its_kind_and_place_and_nothing_of_what_was_held() -> None:
    done = hardened(f"{FAILING}\nouter()")

    assert done.returncode == 1
    assert "RuntimeError" in done.stderr
    assert "ValueError" in done.stderr
    assert "in inner" in done.stderr
    assert CANARY not in done.stderr + done.stdout


def test_a_mistake_in_a_thread_tells_no_more() -> None:
    done = hardened(
        f"import threading\nharden_threads()\n{FAILING}\nt = threading.Thread(target=outer)\nt.start()\nt.join()"
    )

    assert "RuntimeError" in done.stderr
    assert CANARY not in done.stderr + done.stdout


def test_a_mistake_while_something_is_thrown_away_tells_no_more() -> None:
    done = hardened(f"{FAILING}\nclass Gone:\n    def __del__(self):\n        outer()\nGone()")

    assert "RuntimeError" in done.stderr
    assert CANARY not in done.stderr + done.stdout


def test_ctrl_c_is_quiet() -> None:
    done = hardened("raise KeyboardInterrupt")

    assert done.stderr == ""


def test_a_report_of_errors_that_point_at_each_other_ends() -> None:
    first, second = ValueError("one"), ValueError("two")
    first.__cause__, second.__cause__ = second, first

    assert hardening.crash_report(first).count("ValueError") == 2


def test_a_report_shows_no_more_of_a_path_than_its_end(tmp_path: Path) -> None:
    home = tmp_path / "a-person-s-name"
    home.mkdir()
    module = home / "a" / "b" / "c.py"
    module.parent.mkdir(parents=True)
    module.write_text("1 / 0\n")
    try:
        exec(compile(module.read_text(), module, "exec"))
    except ZeroDivisionError as error:
        report = hardening.crash_report(error)

    assert "a/b/c.py:1" in report
    assert "a-person-s-name" not in report


@pytest.mark.parametrize(
    "refusal",
    [
        "import resource\nresource.setrlimit = refuse",
        "import ctypes\nctypes.CDLL = refuse",
        "sys.modules['resource'] = None\nsys.modules['ctypes'] = None",
    ],
    ids=["no limits", "no libc", "neither module"],
)
def test_hardening_goes_on_where_the_system_refuses(refusal: str) -> None:
    done = hardened(f"def refuse(*_):\n    raise OSError\n{refusal}\nharden()\nprint(oct(os.umask(0)))")

    assert done.stdout == "0o77\n"
    assert done.stderr == ""

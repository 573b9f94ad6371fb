"""Measurements stay out of an ordinary run: `bench_*.py` is collected only when this folder or the marker is asked for.

python -m pytest tests/benchmarks -m benchmark -s
"""

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Collect a benchmark when somebody asked for one. One that is named itself, pytest collects on its own."""
    config = parent.config
    asked = _asked_for(config)
    by_path = any(path == HERE or HERE in path.parents for path in asked)
    by_marker = "benchmark" in config.option.markexpr
    if file_path.match("bench_*.py") and file_path not in asked and (by_path or by_marker):
        return pytest.Module.from_parent(parent, path=file_path)
    return None


def pytest_itemcollected(item: pytest.Item) -> None:
    """Everything in here is a benchmark, whether it says so or not."""
    if HERE in item.path.parents:
        item.add_marker("benchmark")


def _asked_for(config: pytest.Config) -> list[Path]:
    """The paths on pytest's own command line."""
    where = config.invocation_params.dir
    return [(where / str(word).partition("::")[0]).resolve() for word in config.args]

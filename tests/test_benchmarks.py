"""The benchmarks still run: what they ask of the rooms changes with the rooms. What they measure is
not looked at; what is asked at full size is asked nowhere here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from serving import PATIENCE

ROOT = Path(__file__).parents[1]


@pytest.mark.timeout(int(3 * PATIENCE))
def test_every_benchmark_runs_once_in_small() -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.smoke"],
        cwd=ROOT,
        env=kept,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=2 * PATIENCE,
    )
    assert ran.returncode == 0, ran.stdout[-8000:]

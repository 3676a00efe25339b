"""The jobs of this room. Each can be killed at any statement and run again."""

from __future__ import annotations

from procrastinate.contrib.django import app

from phaseout.evidence.text import READ, read_text


@app.task(name=READ, retry=3)
def read_the_text(digest: str) -> None:
    """Read the text of a file that was kept."""
    read_text(digest)

"""Where a database is, in libpq's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from phaseout.law.refusals import Refusal

VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "passfile": "PGPASSFILE",
    "channel_binding": "PGCHANNELBINDING",
}


@dataclass(frozen=True, slots=True)
class Address:
    """Connection words of libpq: host (or folder of the socket), port, user, password, dbname …"""

    words: Mapping[str, str]

    @classmethod
    def of_url(cls, url: str) -> Address:
        """From `postgresql://user:password@host:port/name?sslmode=…` (or libpq's key=value form).

        Raises:
            Refusal: `database_address_unreadable`.
        """
        try:
            found = conninfo_to_dict(url)
        except psycopg.Error as problem:
            raise _unreadable(str(problem).strip()) from None
        words = {name: str(value) for name, value in found.items() if value is not None}
        if not words.get("dbname"):
            raise _unreadable("no database is named")
        return cls(words)

    @property
    def name(self) -> str:
        return self.words["dbname"]

    def named(self, name: str) -> Address:
        """The same server, another database."""
        return Address({**self.words, "dbname": name})

    def connect(self, **options: Any) -> psycopg.Connection:
        """A connection of its own, in autocommit."""
        conninfo = make_conninfo(**{"connect_timeout": "10", **self.words})
        return psycopg.connect(conninfo, autocommit=True, **options)

    def environment(self) -> dict[str, str]:
        """For psql, pg_dump and pg_restore: a password on a command line could be read by all."""
        return {VARIABLES[name]: text for name, text in self.words.items() if name in VARIABLES}

    def shown(self) -> str:
        """For people: no password."""
        port = f":{self.words['port']}" if "port" in self.words else ""
        return f"{self.words.get('host', 'localhost')}{port}/{self.name}"


def one_line(problem: Exception) -> str:
    """What libpq says of a problem, for a sentence: its lines in one, no full stop."""
    return " ".join(str(problem).split()).rstrip(".")


def _unreadable(why: str) -> Refusal:
    return Refusal(
        "database_address_unreadable",
        what=("不能使用 DATABASE_URL", "DATABASE_URL cannot be used"),
        why=(f"地址写法不正确（{why}）。", f"it is not written as an address ({why})."),
        instead=(
            "请写成 postgresql://用户:口令@主机:端口/库名；口令中的特殊字符须用 %XX 表示。",
            "Write postgresql://user:password@host:port/name; special characters as %XX.",
        ),
    )

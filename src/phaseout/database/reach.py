"""Which rows a connection shows: those within a reach, to a role that owns no table.

The policies of row-level security are made by a migration (`phaseout.web.migrations`); they ask
five settings of the session, which this module writes. Without them every policied table is empty
to `ROLE`. Whoever owns the tables (jobs, migrations, commands) sees all of them.

    Reach(places=("64",), …)     what somebody may read
    show(connection, reach)      from now on only that
    cleared(role)                what a pool does with a connection that comes back
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import psycopg
from psycopg import sql

from phaseout.law.refusals import Refusal

ROLE = "phaseout_site"
"""Whose rights a request has. It cannot sign in and owns nothing; `grant` lets our own login act
as it."""


AS_SITE = f"-c role={ROLE}"
"""Among a connection's `options`: it acts as the role from its first statement on."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What somebody may read, in the words of the columns that policies look at.

    `places`: prefixes of division codes. `matters`: dimension and prefix, `energy:6401`. `usccs`:
    enterprises. `offices`: function and prefix of those who hold tasks, `hr:64`. `person`: the id
    of who asks, for what is one's own wherever it lies.
    """

    places: frozenset[str] = frozenset()
    matters: frozenset[str] = frozenset()
    usccs: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    person: str = ""

    def settings(self) -> tuple[str, str, str, str, str]:
        """The five settings: lists by commas, prefixes as patterns of LIKE."""
        return (
            _patterns(self.places),
            _patterns(self.matters),
            ",".join(sorted(self.usccs)),
            _patterns(self.offices),
            self.person,
        )


NOTHING = Reach()

_SHOW = """SELECT set_config('phaseout.places', %s, false),
 set_config('phaseout.matters', %s, false), set_config('phaseout.usccs', %s, false),
 set_config('phaseout.offices', %s, false), set_config('phaseout.person', %s, false)"""
_ACT_AS = "SELECT set_config('role', %s, false)"


def show(connection: psycopg.Connection, reach: Reach) -> None:
    """From now on the connection shows what lies within `reach`: one round trip."""
    connection.execute(_SHOW, reach.settings())


def act_as(connection: psycopg.Connection, role: str) -> None:
    """Act as `role`; `none` for the login itself."""
    connection.execute(_ACT_AS, [role])


def cleared(role: str) -> Callable[[psycopg.Connection], None]:
    """For a pool: whatever a connection showed, the next who gets it is `role` and sees nothing."""

    def clear(connection: psycopg.Connection) -> None:
        act_as(connection, role)
        show(connection, NOTHING)

    return clear


def grant(connection: psycopg.Connection) -> None:
    """See that the role is there, may read and write rows, and that we may act as it; idempotent.

    It is done after every migration, since a dump holds policies but neither roles nor rights.

    Raises:
        Refusal: `no_role_for_the_site`.
    """
    role = sql.Identifier(ROLE)
    there = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone()
    try:
        if there is None:
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(role))
        way = "SET" if connection.info.server_version >= 160000 else "MEMBER"
        ours = connection.execute("SELECT pg_has_role(current_user, %s, %s)", [ROLE, way])
        if ours.fetchone() != (True,):
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(role))
    except psycopg.errors.InsufficientPrivilege:
        raise _no_role(connection.info.user) from None
    for rights in _RIGHTS:
        connection.execute(sql.SQL(rights).format(role))
    connection.execute(_CHECKS_SEE_EVERYTHING)
    if superuser(connection):
        for name in INDEXED:
            connection.execute(
                sql.SQL("ALTER FUNCTION pg_catalog.{} LEAKPROOF").format(_call(name))
            )


_CHECKS_SEE_EVERYTHING = """
DO $$
DECLARE
  one regprocedure;
BEGIN
  FOR one IN
    SELECT DISTINCT f.oid FROM pg_trigger AS t JOIN pg_proc AS f ON f.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND NOT f.prosecdef AND f.proname NOT LIKE 'procrastinate%'
      AND f.pronamespace = 'public'::regnamespace
  LOOP
    EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = public, pg_temp', one);
  END LOOP;
END $$"""
"""What the database itself checks and keeps true (a case is whole, tallies, standings) looks over
all rows, whoever wrote: its functions run as the owner. A deferred one may run when the request
that wrote is over and shows nothing any more."""


def superuser(connection: psycopg.Connection) -> bool:
    return connection.info.parameter_status("is_superuser") == "on"


def not_indexed(connection: psycopg.Connection) -> tuple[str, ...]:
    """Those of `INDEXED` that this database does not yet take first."""
    found = connection.execute(
        "SELECT name FROM unnest(%s::text[]) AS name"
        " WHERE NOT (SELECT proleakproof FROM pg_proc WHERE oid = name::regprocedure)",
        [list(INDEXED)],
    )
    return tuple(name for (name,) in found)


INDEXED = (
    "numeric_lt(numeric,numeric)",
    "numeric_gt(numeric,numeric)",
    "numeric_le(numeric,numeric)",
    "numeric_ge(numeric,numeric)",
    "numeric_eq(numeric,numeric)",
    "textlike(text,text)",
)
"""Comparisons that our pages find their rows by. PostgreSQL asks a policy first, and uses an index
for such a comparison only if it is declared to leak nothing of rows that the policy then hides.
What it guards against is somebody who writes queries of his own; here nobody does."""

_RIGHTS = (
    "GRANT USAGE ON SCHEMA public TO {}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
    "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {}",
)


def _no_role(login: str) -> Refusal:
    asked = f"CREATE ROLE {ROLE} NOLOGIN; GRANT {ROLE} TO {login};"
    return Refusal(
        "no_role_for_the_site",
        what=("不能建立网站所用的数据库角色", "the role of the site cannot be made"),
        why=(
            f"数据库用户 {login} 没有 CREATEROLE 权限；网页只能以无表权属的角色读取数据。",
            f"{login} may not create roles, and pages read as a role that owns no table.",
        ),
        instead=(
            f"请由数据库管理员执行一次：{asked}",
            f"Let the database's administrator run: {asked}",
        ),
    )


def _call(name: str) -> sql.Composable:
    return sql.SQL(name)


def _patterns(prefixes: frozenset[str]) -> str:
    return ",".join(f"{prefix}%" for prefix in sorted(prefixes))

"""The database as a thing that runs: the embedded server, one-file backups. It knows no Django.

    embedded.start(home), .stop(home), .status(home)    one server an installation, on a socket
    Address                                             where a database is, embedded or not
    backup.write(…)                                     database and evidence into one file
    restore.read(…)                                     verified beside the old one, then swapped in

Of our tables it names two: Django's list of migrations, and the digests of the evidence.
"""

from phaseout.database.address import Address

__all__ = ["Address"]

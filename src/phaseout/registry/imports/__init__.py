"""How facts come in: seen before they are taken, whole or not at all.

    receive       files are kept as evidence, and their check is deferred
    ask_to_check  have them checked again
    check         what would be new, changed, unchanged, refused (a job)
    ask_to_take   defer the taking; `take_import` is the taking itself, one transaction
    abandon       nothing of it is taken
    take_folder   all of it at once, for the demo and for tests

States: received → checked → taken | refused | abandoned. The row tells how far a job is.
"""

from phaseout.registry.imports.checking import check
from phaseout.registry.imports.folders import take_folder
from phaseout.registry.imports.receiving import Arriving, ask_to_check, receive
from phaseout.registry.imports.taking import abandon, ask_to_take, take_import

__all__ = [
    "Arriving",
    "abandon",
    "ask_to_check",
    "ask_to_take",
    "check",
    "receive",
    "take_folder",
    "take_import",
]

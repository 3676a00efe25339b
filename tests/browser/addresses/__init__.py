"""Every page that the browser looks at: add yours here, and it is checked at both widths.

`Address(url_name, who, args, query)`: the name in `urls.py`; the demo person who looks ("" for
nobody); its arguments, or a function that takes them from the site's database when the test runs
(an empty answer skips the page: say why there may be none); a query string. Two addresses of one
name are told apart by `note`.
"""

from addresses.accounts_and_library import ACCOUNTS, API, LIBRARY
from addresses.address import Address
from addresses.coordination import ANNUAL, COORDINATION
from addresses.exits import EXITS, RESTART
from addresses.lists import LISTS
from addresses.measures import MEASURES, SANCTIONS
from addresses.notices import NOTICES
from addresses.public import PUBLIC
from addresses.registry_and_casework import CASEWORK, REGISTRY

__all__ = ["ADDRESSES", "Address"]

ADDRESSES = [
    *ACCOUNTS,
    *LIBRARY,
    *REGISTRY,
    *CASEWORK,
    *MEASURES,
    *EXITS,
    *RESTART,
    *SANCTIONS,
    *PUBLIC,
    *ANNUAL,
    *LISTS,
    *COORDINATION,
    *NOTICES,
    *API,
]

"""The registry, imports, findings, norms and cases over HTTP, under /api/v1/.

    house.api            all operations; `web.api_urls` gives them their addresses
    keys.held(power)     who asks: a bearer token, or the session of the site (with its form token)
    answers              what goes wrong, in one shape: refused, what, why, instead
    paging.turn(…)       a page of a list, and the address of the next
    registry, imports, findings, norms, cases, runs, me      the operations, one module a subject

Every operation calls what the pages call: the same scopes, the same acts. Decimals travel as text,
days as ISO dates, words in Chinese and English side by side.
"""

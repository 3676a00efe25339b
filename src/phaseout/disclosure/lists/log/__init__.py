"""The publication log: an append-only Merkle tree (RFC 9162) over what happened to the lists.

Come in by one of these doors:

    merkle          the tree: hashing, inclusion and consistency; pure
    appending       add events, inside the transaction of the act that brings them about
    heads           the tree at its size, signed by the office
    proving         a proof file: events, their paths, the signed head
    verifying       a proof file checked with nothing but a public key; pure

Words used in one sense only:
    event       published, entered, left, cancelled; one leaf
    head        size and root of the tree, signed
    path        the hashes that lead from a leaf to the root
"""

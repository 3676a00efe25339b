"""That nothing was altered unseen: chains verified, checkpoints over all acts signed.

Come in by one of these doors:

    checkpoints.make        today's checkpoint over every act up to now, signed by the office
    links.of_the_site       every act as a link of its chain, read from the database
    bundle.write, read      the same as files, with the checkpoints and the public key
    columns, papers         what stands beside the chain, compared with it
    verifying.verify        recompute everything; the first thing that is wrong, by name

Words used in one sense only:
    link        what of an act is hashed: its place in its case, its record, two digests
    root        the digest over all acts between two checkpoints, in the order they were written
    bundle      a folder that can be verified anywhere, without the database
"""

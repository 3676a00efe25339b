"""A case act by act: who may do what next, the chain, and what the acts make of the case.

Come in by one of these doors:

    standing.standing_of    where a case stands on a day, as `law.procedures` reads its acts
    holders.holder          in which office a person may do an act of a case, if in any
    preparing.examine       whether an act may be done now, by this person, with these facts
    chain.sealed            the record and digest of an act that follows another
    deriving.derive         stage, deadlines and tasks from the acts
    replaying.differences   where what is kept differs from what the acts say

`casework.acts` does the acts; nothing here writes but `deriving.keep`.

Words used in one sense only:
    act         a row of `casework.Act`; its `kind` is one of the procedure's table
    facts       what an act carries, by item of the table (`law.procedures` items.csv)
    proposal    an act prepared for a signature; it changes nothing until it is signed
    holder      the office and function in which a person acts
"""

"""The lists of clause (21), and of clause (8), as the law has them: who stands on them, and why.

Come in by one of these doors:

    kinds       the lists: who publishes them, of which standard
    grounds     which act puts a line on a list, which takes it off, which undoes that it was on it
    spells      from the acts of a case: since when a ground stands, and how it ended
    columns     what an entry says; which of it is public
    terms       how long one may object before publication

No clock, no database: days and acts are arguments. The tables are in `tables/`, each row with what
it rests on and how sure we are of it.

Words used in one sense only:
    kind        one list of one publisher: `yellow-energy`; `family` is what it is: `yellow`
    ground      one act of one case that puts a line on a list
    enter       列入: the ground stands and an edition says so
    leave       移出: the ground has ended; that it stood stays true
    cancel      撤销: it should not have been there: a decision annulled, an objection upheld
"""

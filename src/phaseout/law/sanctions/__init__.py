"""Joint sanctions (clause 17) and the credit records that go with them, as the law has them.

Come in by one of these doors:

    grounds     which period that ran out is a ground of a sanction; what ends it
    areas       the nine areas, who carries each, what it asks
    bases       what a sanction may rest on: law, regulation, central policy; the national list
    fields      a record of the national credit publicity, checked against its edition
    repair      how long a record is published, and when it may be repaired

No clock, no database: days and facts are arguments. The tables are in `tables/`, each row with what
it rests on and how sure we are of it. No row for a day is a hole in our record, never a licence.

Words used in one sense only:
    sanction    one act against an enterprise on one ground; its areas are tasks of authorities
    ground      a period of a case that ran out with the duty not met
    severity    slight, general, serious: the class that the credit rules give an act of dishonesty
    record      one row of the national credit publicity (licence, penalty, penalty_2015)
"""

"""Funds (clause 10): award money, regional money, surcharge income, and what they pay.

    models      programmes, income, applications, allocations, payments, ledger; all appended to
    acts        what can be done: one function, one durable transaction, one appended row
    eligible    whether an application may get money, with reasons
    ledger      balances of a programme, each made of entries that lead to acts

The ledger is double entry: the entries of one act add up to nought (the database sees to it at the
end of the transaction), no account may fall below nought, and a payment names a use that the
programme's document allows.

Words used in one sense only:
    programme   money with a document: what it is for, who may get it, until when
    income      money that came into a programme, with the document that says so
    allocation  one division of a programme's money of a year among applications
    committed   allocated to an application and not paid out yet
"""

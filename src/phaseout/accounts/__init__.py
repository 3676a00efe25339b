"""Who acts: organisations and their names through time, posts that people hold, what a post may do.

    scope_of(user, on=day)              what this person may see and do on that day
    scope.findings()  scope.enterprises()  scope.lines()      conditions for querysets (Q)
    scope.may(Power.OPEN_CASE, dimension="energy", division="640100")

A power comes from a role, its subject from the function of the office (clauses 4 to 8 give each
function its dimensions), its reach from the division. What is not granted is denied.
"""

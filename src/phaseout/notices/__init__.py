"""Notices: who was told what, once; in the site, at once or in one message a day.

    telling.tell(users, …)      a room tells people something: in the transaction of its own act
    saying.speak(prefix, …)     a room says its notices in words where they are shown
    kinds                       what is told, how urgent it is, how it goes out unless chosen
    choices                     what each person chose
    addresses                   where a person is told besides the site; confirmed by a code
    composing.compose(on, now)  notices laid into messages: each into one, for ever
    sending.post(on, now)       messages out; each is handed over once

That somebody is told once is a unique row (`Notice`); that it goes out once, that a notice is in
one message and that a message is claimed before it is handed over
(docs/decisions/0053-notices.md).

Words used in one sense only:
    told        written as a `Notice` for one person
    message     what goes out to one person by one way: a few notices, or a code
    digest      the message of a working day with what is not told at once
    claimed     a message of which nobody knows yet whether it has gone out
"""

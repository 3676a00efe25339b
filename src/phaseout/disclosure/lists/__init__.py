"""Published lists (clause 21): one publisher's list of one thing, in editions that never change.

    acts         drafted, opened to objections, signed, published, corrected, ended
    gathering    who has a ground to stand on a list on a day, by the acts of cases
    published    what was published, to be read by anyone: the one door of the public site
    log          the publication log: every edition, entry and end, provable without the site

Words used in one sense only:
    ground     one act of one case that puts a firm on a list, until what ends it
    draft      what an officer gathered and a leader signs by its digest
    edition    what was published under a number; a correction is another edition
    entry      a row of an edition; it has ended where its ground has ended since
"""

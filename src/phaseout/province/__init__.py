"""A demo province: a synthetic Ningxia whose every enterprise is fictional and says so.

    province.making.make(wish, out)      writes a facts folder, `province.json` and `README.txt`
    province.menu                        what the norm book offers to each kind of line on a day

The same wish gives the same bytes, and enterprise number k is the same whatever the count: each
enterprise draws from its own stream of chance (`province.chance`), seeded by what it is drawn for.
Two public sets of real measurements (`phaseout.real`) hang on the first enterprise.
"""

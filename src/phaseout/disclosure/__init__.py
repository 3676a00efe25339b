"""Disclosure (clause 21): lists that offices publish, and the site on which anyone reads them.

- lists: officials draft, hear, sign and publish; what was published is never changed
- site: the public: no sign-in, only what stands on a published list
"""

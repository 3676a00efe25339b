"""Signing on the site: what waits for whose signature, and the page on which it is read and signed.

waiting.to_sign     the proposals that wait for a signature of this person
pages.proposal      the page: what would be done, by whom prepared, sign, return, take back
"""

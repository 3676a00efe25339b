"""Doing an act on the site: one screen that says what will happen, a form made from the rule.

before.foresee      what the act would do to the case, if it were done today
forms.ActForm       the fields the procedure's table asks for; `asked()` is the act
uploading           files are kept as they arrive, so that a refusal loses none
pages.case_act      the page
"""

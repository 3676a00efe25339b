"""What all pages share: the base page, its pieces, refusals shown, pages of long lists.

    templates/pages/base.html          one title, one main action; blocks: title, main, actions
    templates/pages/_*.html            the pieces that recur (deadline chip, explanation card, …)
    keyset.page(queryset, …)           a page of a long list whose cost does not grow
    refusing.refused(request, …)       a lawful refusal as an answer (409) that says what instead
    templatetags.phaseout              {% both zh en %}, |quantity, |day_in_words, |unit …

It knows no case and no fact.
"""

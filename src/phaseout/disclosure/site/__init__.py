"""公众网站: what anyone may read, and how anyone tells. Nobody signs in here.

Come in by one of these doors:

    showing.public_page   a page that is the same for whoever reads it, and may therefore be kept
    keeping               the middleware before it: kept pages, limits, sizes
    pages                 lists, enterprises, pictures, procedures, calculator, open data, reports
    acts                  a message is received, a message is answered

What is shown of enterprises is read through `lists.published` and nowhere else: what stands on no
published list is not there. A page of this room asks neither who reads it nor what they may see.
"""

"""Official documents from plain data: a form, its fields, the official layout; PDF and DOCX out.

Come in by one of these doors:

    forms, form     the forms there are, each with the fields it needs
    fill            a form and its values to an `OfficialDocument`; a Refusal names what is missing
    render          an `OfficialDocument` to a PDF: the same bytes for the same document
    editable        the same document as DOCX, to be worked on
    sample          a fictional document of a form, marked as such

No Django, no case, no clock: days, numbers and names are arguments. A further form is one more
file in `forms/`; the layout is in `layout/official.typ`.

Words used in one sense only:
    form        the template of a kind of document: its fields, its text
    imprint     what every document bears: office, number, day, signed or not, copies
    right       what the enterprise may do against it, where, and until when
    piece       one block of the text: heading, paragraph, items, table, boxes
    draft       a document that nobody has signed yet: it bears a watermark
"""

from phaseout.documents.filling import fill
from phaseout.documents.pieces import Box, Boxes, Heading, Items, Paragraph, Piece, Table
from phaseout.documents.records import (
    Annex,
    Imprint,
    Layout,
    Named,
    Office,
    Officer,
    OfficialDocument,
    Party,
)
from phaseout.documents.rights import BasisCited, Right, RightKind
from phaseout.documents.samples import sample
from phaseout.documents.templates import Field, Form, form, forms
from phaseout.documents.typefaces import Typefaces
from phaseout.documents.typesetting import pictures, render
from phaseout.documents.wordfile import editable

__all__ = [
    "Annex",
    "BasisCited",
    "Box",
    "Boxes",
    "Field",
    "Form",
    "Heading",
    "Imprint",
    "Items",
    "Layout",
    "Named",
    "Office",
    "Officer",
    "OfficialDocument",
    "Paragraph",
    "Party",
    "Piece",
    "Right",
    "RightKind",
    "Table",
    "Typefaces",
    "editable",
    "fill",
    "form",
    "forms",
    "pictures",
    "render",
    "sample",
]

"""The table of exports that are read and not written; the first that knows a file reads it."""

from ..format import Format
from . import doccano, label_studio_min, offsets, unread

EXPORTS: dict[str, Format] = {
    "unread": unread.FORMAT,
    "label-studio-min": label_studio_min.FORMAT,
    "spacy": offsets.SPACY,
    "gate": offsets.GATE,
    "doccano": doccano.FORMAT,
}

"""The table of exports that are read and not written; the first that knows a file reads it."""

from ..format import Format
from . import bio, cas, doccano, label_studio_min, offsets, unread, webanno_tsv

EXPORTS: dict[str, Format] = {
    "unread": unread.FORMAT,
    "label-studio-min": label_studio_min.FORMAT,
    "spacy": offsets.SPACY,
    "gate": offsets.GATE,
    "uima-cas": cas.FORMAT,
    "webanno-tsv": webanno_tsv.FORMAT,
    "bio": bio.FORMAT,
    "doccano": doccano.FORMAT,
}

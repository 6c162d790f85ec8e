"""Documents as word processors write them, as small as they can be."""

import io
import zipfile

from sayso.data.articles.files import read_articles

_DOCX_NAMES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    }.items()
)
_CORE_NAMES = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
)


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    """Give the bytes of a zip file of parts, in their order; what is called ``mimetype`` is not compressed."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else compression)
    return raw.getvalue()


def docx(body, properties="", **parts):
    """Give a Word document; ``parts`` are further ones, ``word__styles`` for word/styles.xml."""
    named = {f"{name.replace('__', '/')}.xml": content for name, content in parts.items()}
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {_DOCX_NAMES}><w:body>{body}</w:body></w:document>",
            "docProps/core.xml": f"<cp:coreProperties {_CORE_NAMES}>{properties}</cp:coreProperties>",
            **{name: content.replace("NAMES", _DOCX_NAMES) for name, content in named.items()},
        }
    )


def paragraph(*runs, properties=""):
    """Give a paragraph of a Word document; what is no markup becomes a run."""
    inner = "".join(run if run.startswith("<") else word_run(run) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def word_run(words, properties=""):
    """Give a run of a Word document."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def pdf(*pages, info="", extra=""):
    """Give a PDF of pages, each a list of (x, y, size, words) from the page's foot, or of drawing instructions."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< {info} >>",
    ]
    kids = []
    for page in pages:
        drawn = "\n".join(part if isinstance(part, str) else _drawn(*part) for part in page)
        resources = f"<< /Font << /F1 3 0 R >> {extra} >>"
        content = len(objects) + 2
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {content} 0 R /Resources {resources} >>"
        )
        kids.append(f"{len(objects)} 0 R")
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    raw, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(raw))
        raw += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{at:010d} 00000 n \n" for at in places)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(raw)}\n%%EOF\n"
    return raw + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def _drawn(x, y, size, words):
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf {x} {y} Td ({escaped}) Tj ET"


def read_file(path):
    """Read a file; give its articles, its errors and the notices, both as lines without the path."""
    errors, notices = [], []
    articles = list(read_articles([str(path)], on_error=errors.append, notice=notices.append))
    return articles, [str(e).replace(str(path), "FILE") for e in errors], [n.replace(str(path), "FILE") for n in notices]


def read_bytes(folder, name, raw):
    """Write a file into a folder and read it."""
    path = folder / name
    path.write_bytes(raw)
    return read_file(path)

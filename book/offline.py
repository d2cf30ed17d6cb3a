"""Packs the built site into a zip: who opens its index.html reads the site from a disk, without the search."""

import io
import zipfile

TOP = "unrolled"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # one site makes one zip, whenever it is made


def packed(folder):
    """The zip of all files in a folder, below one folder of its own."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = f"{TOP}/{path.relative_to(folder).as_posix()}"
            archive.writestr(entry(name), path.read_bytes())
    return made.getvalue()


def entry(name):
    """What a zip says of a file, but for its bytes."""
    told = zipfile.ZipInfo(name, LONG_AGO)
    told.compress_type = zipfile.ZIP_DEFLATED
    told.external_attr = 0o644 << 16
    return told

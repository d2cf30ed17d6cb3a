"""An equation in one line of text, for those who hear the book: h_t = tanh(x_t W + h_(t − 1) U + b)."""

import re

SCRIPTS = {
    "msub": "{0}_{1}",
    "munder": "{0}_{1}",
    "msup": "{0}^{1}",
    "msubsup": "{0}_{1}^{2}",
    "munderover": "{0}_{1}^{2}",
    "mfrac": "{0}/{1}",
}
ACCENTS = {"~": "\u0303", "^": "\u0302", "¯": "\u0304"}
BETWEEN = {"mtable": "; ", "mtr": ", "}
UNSEEN = re.compile("[\u2061-\u2064]")
PARTED = re.compile(r" (?=[)\],;])|(?<=[(\[]) |(?<=[^\W\d]{2}) (?=\()|(?<=√) ")


def in_words(math):
    """The line of text for a <math> element."""
    told = " ".join(UNSEEN.sub("", _told(math)).split())
    return PARTED.sub("", told)


def _told(node):
    parts = [_told(child) for child in node.iter()]
    if node.tag in ("mi", "mn", "mtext"):
        return f"{node.text()} "
    if node.tag == "mo":
        return f" {node.text()} "
    if node.tag == "mover" and parts[1].strip() in ACCENTS:
        return parts[0].strip() + ACCENTS[parts[1].strip()]
    if node.tag in SCRIPTS:
        base, *others = (part.strip() for part in parts)
        return SCRIPTS[node.tag].format(base, *map(_grouped, others)) + " "
    if node.tag == "mover":
        return f"{parts[0].strip()}^{_grouped(parts[1].strip())} "
    if node.tag == "msqrt":
        return f" √ {_grouped(''.join(parts).strip())} "
    return BETWEEN.get(node.tag, "").join(parts)


def _grouped(told):
    return told if len(told) == 1 else f"({told})"

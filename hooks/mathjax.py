r"""Lets MathJax typeset equations, each distinct one once.

MathJax runs in one Node process, which is started when the first equation
asks for it. What it answers is kept in .cache/equations, named by a hash of
what the equation says and of what typesets it.
"""

import functools
import hashlib
import json
import re
import threading
from pathlib import Path
from typing import Any

from hooks import cache, node

CACHE = node.ROOT / ".cache" / "equations"
TYPESETTER = "equations.mjs"
SECONDS, CHARACTERS = 60, 10_000_000  # that one answer may take

COMMAND = re.compile(r"\\(?:([A-Za-z]+)|.)", re.DOTALL)
TIE = re.compile(r"\{v=[\w.;\[\]-]+\}")
# What TeX could do to the page around it.
REFUSED = "href style class cssId mmlToken".split()
# What authors know from elsewhere, and what to write here.
INSTEAD = {
    r"\mathbf{x} is a bold letter": "boldsymbol bm",
    r"write out what it stands for; \operatorname{name} is a function": "newcommand renewcommand "
    "providecommand newenvironment renewenvironment DeclareMathOperator def gdef let",
    "symbols get their colours by themselves": "color textcolor colorbox fcolorbox definecolor",
    "show the line before and the line after": "cancel bcancel xcancel cancelto",
    r"number the equation with \tag{1} and write (1) in the text": "ref eqref label",
    r"write \lvert x \rvert or \lVert x \rVert": "abs norm",
    r"write \operatorname{name}": "argmax argmin softmax sigmoid relu",
    r"write \mathbb{x}": "mathds mathbbm",
    r"write \mathrm{x}": "ce pu si SI unit",
    "write the character itself": "unicode char",
    "a page loads no packages": "require usepackage",
}
ADVICE = {command: advice for advice, commands in INSTEAD.items() for command in commands.split()}

_process: Any = None  # subprocess.Popen, once MathJax is needed
_turn = threading.Lock()  # it answers one question after the other, whoever asks
_answers = {}  # key: what MathJax answered


class EquationError(Exception):
    """The TeX of an equation has a mistake."""

    def __init__(self, reason, tex):
        super().__init__(f"{reason} in the equation {tex}")


class MathJaxStopped(node.BuildStopped):
    """MathJax ended, or gave no answer in time."""


def typeset(tex, display):
    """Typeset one equation, or find it in the cache, and return its key.

    Raises EquationError, saying what to mend, if the TeX has a mistake.
    """
    _check(tex, display)
    key = _key(tex, display)
    if not known(key):
        with _turn:
            answer = _ask(tex, display)
        if "error" in answer:
            raise EquationError(answer["error"], tex)
        _answers[key] = answer
        cache.write(CACHE / f"{key}.json", json.dumps(answer, ensure_ascii=False))
    return key


def known(key):
    """Whether an equation has been typeset."""
    return key in _answers or (CACHE / f"{key}.json").exists()


def answer(key):
    """What MathJax made of an equation: {svg, mathml, text, short, number}."""
    if key not in _answers:
        _answers[key] = json.loads((CACHE / f"{key}.json").read_text(encoding="utf-8"))
    return _answers[key]


def stop():
    """End MathJax, if it was needed; the next equation starts it anew."""
    global _process
    if _process:
        _process.kill()
        _process.communicate()
        _process = None


def _check(tex, display):
    for command in COMMAND.finditer(tex):
        name = command[1]
        if name in REFUSED or name == "data" and not TIE.match(tex, command.end()):
            raise EquationError(rf"\{name} is not allowed", tex)
        if name in ADVICE:
            raise EquationError(rf"\{name} is not known here ({ADVICE[name]})", tex)
        if name == "tag" and not display:
            raise EquationError(r"\tag numbers an equation on lines of its own, not one", tex)


@functools.cache
def typesetter():
    """A hash of what typesets: another MathJax would typeset otherwise."""
    files = node.ROOT / "package-lock.json", Path(__file__).with_name(TYPESETTER)
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).digest()


def _key(tex, display):
    said = f"{'display' if display else 'inline'} {tex}".encode()
    return hashlib.sha256(said + typesetter()).hexdigest()[:32]


def _ask(tex, display):
    global _process
    if _process and _process.poll() is not None:  # it has ended since
        stop()
    if _process is None:
        _process = node.start(TYPESETTER)
    patience = threading.Timer(SECONDS, _process.kill)
    patience.start()
    try:
        _process.stdin.write(json.dumps({"tex": tex, "display": display}) + "\n")
        _process.stdin.flush()
        line = _process.stdout.readline(CHARACTERS)
    except OSError:
        line = ""
    finally:
        patience.cancel()
    if not line.endswith("\n"):
        stop()
        raise MathJaxStopped(
            f"MathJax stopped, or gave no answer in {SECONDS} s, at the equation {tex}: build again. "
            "If it stops again, delete node_modules/ and run: python -m hooks.node"
        )
    return json.loads(line)

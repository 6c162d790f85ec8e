"""Plain text as LaTeX prints it."""

from ..display import printable

_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "–": "--",
    "−": "$-$",
    "κ": r"$\kappa$",
    "␣": r"\textvisiblespace{}",
    "[": "{[}",  # after \\ or \midrule it would begin an option
    "*": "{*}",  # after \\ too
    "\N{NO-BREAK SPACE}": "~",
    "\N{NARROW NO-BREAK SPACE}": r"\,",
}


def escaped(text: str) -> str:
    r"""Write plain text so that LaTeX prints it; line ends and runs of spaces are one space.

    Examples
    --------
    >>> print(escaped("50 % of {a_b} [sic]"))
    50 \% of \{a\_b\} {[}sic]
    """
    line = "".join(sign if sign in _SIGNS or not sign.isspace() else " " for sign in text)
    return "".join(_SIGNS.get(sign) or printable(sign) or " " for sign in " ".join(line.split(" ")).strip())

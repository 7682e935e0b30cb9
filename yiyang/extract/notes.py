"""Set footnotes apart: their marks are no part of the text, their words stand by themselves."""

from __future__ import annotations

from yiyang.core import characters
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

NOTE_REMEDY = tell("extract.read_beside_text_mark_stands")
# a mark of a note, on its way through the words of a paragraph: never in a text (writable)
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARK = expression(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_RAISED = expression("[⁰¹²³⁴-⁹]+")


class Notes:
    """The marks of notes that a document has shown so far."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def raised(self, text: str) -> str:
        """Make a superscript ready to be put among the words of its paragraph; `note` and `marked`
        take the marks away again that are put around it."""
        shown = characters.raised(text)
        return shown if shown and not _RAISED.fullmatch(shown) else f"{_OPEN}{text.strip()}{_CLOSE}"

    def note(self, text: str) -> str:
        """Return the words of a footnote, its mark before them, where a paragraph is one: it begins
        with a mark that stood in the text before."""
        found = _MARK.match(text)
        return f"{found[1]} {_MARK.sub('', text)}" if found and found[1] in self._seen else ""

    def marked(self, text: str) -> str:
        """Return the text with figures raised, other marks gone; the marks are remembered."""
        self._seen.update(_MARK.findall(text))
        return _MARK.sub(lambda m: characters.raised(m[1]), text)

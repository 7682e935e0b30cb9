"""Hold the nouns of a document in paragraphs: its parts, its items, and its outline."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Part:
    """A stretch of a paragraph: text, a list of units, a labelled deadline, people, or a number."""

    position: int
    line: int
    text: str
    use: str
    goes_on: bool = False
    """Whether it goes on with the part before it, of which the line ended."""


@dataclass
class Item:
    """A numbered item, or a paragraph with units of its own.

    `level` is the place of its number in `numbers.STYLES`, -1 where it has none.
    """

    level: int
    number: str
    parts: list[Part] = field(default_factory=list)
    parent: Item | None = None
    children: list[Item] = field(default_factory=list)
    heading: Part | None = None
    is_task: bool = False
    is_point: bool = False
    """Whether it is a point over labels or beside such points, and no text of another."""
    above: Item | None = None
    """What holds units for it too: the heading of its section, or a sentence (`spread`)."""
    why_not: str = ""
    """Why it is no task, where that is known."""
    is_said_elsewhere: bool = False
    """Whether its units are printed on a line of another use: the title, a note."""

    @property
    def has_units(self) -> bool:
        return any(part.use == "units" for part in self.parts)

    @property
    def is_named(self) -> bool:
        """Whether it has units, its own or those that hold for it too."""
        return self.has_units or bool(self.above and self.above.has_units)

    @property
    def words(self) -> str:
        return "".join(part.text for part in self.parts if part.use == "text").strip()


@dataclass
class Outline:
    """The items of a document in order, and the paragraphs that belong to none."""

    items: list[Item] = field(default_factory=list)
    loose: list[Part] = field(default_factory=list)
    headings: list[Part] = field(default_factory=list)
    covers: list[Item] = field(default_factory=list)
    """What holds units for several items, and is none itself."""
    unheld: list[tuple[Item, str]] = field(default_factory=list)
    """Items below a heading that states a part (牵头任务) and names nobody whose it is."""
    signed: int = -1
    """The position of the first date below the name of an agency; -1 where there is none."""

"""Which typing errors people make: of all that turn one word into another, some are much likelier than the rest."""

from __future__ import annotations


def is_usual(typed: str, meant: str) -> bool:
    """Whether a letter was left out, doubled, or swapped with its neighbour, rather than another one hit or added.

    There is one way to leave out, double or swap a letter, and some 25 ways to hit another, so that of two words that
    are equally near the one that a usual slip explains is the one meant. Of `meant` only what has been typed counts.
    """
    same = 0
    for one, other in zip(typed, meant, strict=False):
        if one != other:
            break
        same += 1
    rest, left = typed[same:], meant[same:]
    left_out = not rest or left[1:].startswith(rest)
    # A last letter that is that of before and not the one meant is another letter hit.
    doubled = same > 0 and rest[:1] == typed[same - 1] and left.startswith(rest[1:]) and (len(rest) > 1 or not left)
    swapped = len(left) > 1 and rest[:2] == left[1::-1] and left[2:].startswith(rest[2:])
    return left_out or doubled or swapped

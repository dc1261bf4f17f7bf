"""A mutant is found by what its statement says, so that lines above it may come and go."""

from __future__ import annotations

import ast

import pytest

from tests.mutants.operators import mutations
from tests.mutants.places import Mutant, NotFoundError, functions, mutated, parsed, statements, text_of

SOURCE = '''
class Shelf:
    """A docstring."""

    def room(self, books):
        """Whether there is room."""
        for book in books:
            if book.wide and len(books) < self.most:  # a remark
                return True
        if book.wide:
            return True
        return False
'''


def mutant(was: str, now: str, nth: int = 0) -> Mutant:
    return Mutant(1, "shelves", "Shelf.room", was, now, "any", "", nth)


@pytest.mark.parametrize("above", ["", "\n# more\n\n\ndef other():\n    return True\n"])
def test_a_statement_is_changed_wherever_its_function_stands(above: str) -> None:
    changed = mutant("if book.wide and len(books) < self.most:", "if book.wide and len(books) <= self.most:")
    text = ast.unparse(mutated(above + SOURCE, changed))
    assert text == ast.unparse(ast.parse(above + SOURCE)).replace("< self.most", "<= self.most")


def test_of_equal_statements_the_one_is_changed_that_the_number_tells() -> None:
    text = ast.unparse(mutated(SOURCE, mutant("return True", "return None", 1)))
    assert text.index("return True") < text.index("return None")
    with pytest.raises(NotFoundError):
        mutated(SOURCE, mutant("return True", "return None", 2))


def test_a_statement_that_is_left_out_takes_its_body_with_it() -> None:
    text = ast.unparse(mutated(SOURCE, mutant("if book.wide:", "pass")))
    assert text.count("return True") == 1


def test_docstrings_are_never_changed_and_every_mutation_is_another_statement() -> None:
    (function,) = (node for _, node in functions(ast.parse(SOURCE)))
    found = {text_of(body[place]): {text for _, text in mutations(body[place])} for body, place in statements(function)}
    assert [was for was, changed in found.items() if not changed] == ["'Whether there is room.'", "for book in books:"]
    for was, changed in found.items():
        assert was not in changed
        assert all(text_of(parsed(text)) == text for text in changed)

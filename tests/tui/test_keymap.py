"""Which keys the explorer takes, and what it says of a user's own."""

from __future__ import annotations

import pytest

from tests.keys_page import PAGE, page
from tests.tui.unfolding import lines
from tui.explorer.actions import ACTIONS, CHAINS, PLACES
from tui.explorer.keymap import FILE, bindings, clashes, defaults, load, remap
from tui.explorer.keynames import KeyNameError, canonical, is_letter, shown
from tui.explorer.pages.help import help_items
from tui.explorer.symbols import Symbols
from tui.explorer.tasks import TASKS
from tui.explorer.user_toml import user_file


def test_the_usual_keys_do_not_clash() -> None:
    assert list(clashes(defaults().keys)) == []


def test_every_action_has_an_id_of_its_own_a_place_and_keys_that_arrive() -> None:
    ids = [action.id for action in ACTIONS]
    assert len(ids) == len(set(ids))
    assert {action.place for action in ACTIONS} == set(PLACES) == {place for chain in CHAINS for place in chain}
    for action in ACTIONS:
        assert action.words
        assert [canonical(key) for key in action.keys] == list(action.keys)


@pytest.mark.parametrize("key", ["ctrl+m", "ctrl+i", "ctrl+h", "CTRL+H", "ctrl+[", "ctrl+1", "ctrl+enter", "super+a"])
def test_keys_that_a_plain_terminal_cannot_send_are_refused(key: str) -> None:
    with pytest.raises(KeyNameError, match="plain terminal"):
        canonical(key)


@pytest.mark.parametrize("key", ["", "entr", "a+b", "\x1b", "\u202e", "ctrl+", "f13", "hyper"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(KeyNameError, match="no key"):
        canonical(key)


@pytest.mark.parametrize(
    ("written", "name"),
    [("/", "slash"), ("?", "question_mark"), ("Return", "enter"), ("esc", "escape"), ("Ctrl+F", "ctrl+f"), ("G", "G"),
     ("g", "g"), (" ", "space"), ("+", "plus"), ("alt+left", "alt+left"), ("shift+tab", "shift+tab"), ("é", "é"),
     ("PgDn", "pagedown"), ("F1", "f1")],
)  # fmt: skip
def test_keys_may_be_written_as_people_write_them(written: str, name: str) -> None:
    assert canonical(written) == name


@pytest.mark.parametrize(
    ("key", "words", "plain"),
    [("enter", "↵", "Enter"), ("backspace", "⌫", "Bksp"), ("slash", "/", "/"), ("ctrl+q", "Ctrl+q", "Ctrl+q"),
     ("f1", "F1", "F1"), ("question_mark", "?", "?")],
)  # fmt: skip
def test_keys_are_shown_as_people_read_them(key: str, words: str, plain: str) -> None:
    assert (shown(key), shown(key, plain=True)) == (words, plain)


def test_an_unknown_action_is_told_with_the_nearest() -> None:
    keymap = remap({"bakc": "b"})
    assert keymap.problems == ("keys.toml: unknown action 'bakc', did you mean 'back'?",)
    assert keymap.keys == defaults().keys


def test_a_users_key_beats_a_usual_one_and_the_loss_is_told() -> None:
    keymap = remap({"down": ["y", "down"]})
    assert keymap.of("down") == ("y", "down")
    assert keymap.of("copy-key") == ()
    assert keymap.problems == ("keys.toml: 'y' is both 'down' and 'copy-key': it stays with 'down'",)
    assert set(keymap.changes()) == {"down", "copy-key"}


def test_of_two_actions_given_one_key_by_the_user_one_keeps_it_and_the_other_is_told() -> None:
    keymap = remap({"evidence": ["é", "ö"], "back": ["é", "ü"]})
    assert (keymap.of("back"), keymap.of("evidence")) == (("é", "ü"), ("ö",))
    assert keymap.problems == ("keys.toml: 'é' is both 'back' and 'evidence': it stays with 'back'",)


def test_two_actions_may_swap_their_keys() -> None:
    keymap = remap({"back": "right_square_bracket", "forward": "["})
    assert keymap.problems == ()
    assert (keymap.of("back"), keymap.of("forward")) == (("right_square_bracket",), ("left_square_bracket",))


def test_the_same_key_may_mean_different_things_in_different_places() -> None:
    assert remap({"closed": "é", "to-results": "é"}).problems == ()


def test_leaving_always_keeps_a_key() -> None:
    keymap = remap({"quit-now": [], "evidence": ["ctrl+q", "ctrl+c"]})
    assert keymap.of("quit-now")
    assert keymap.problems


def test_an_action_may_have_no_key() -> None:
    keymap = remap({"copy-row": []})
    assert (keymap.of("copy-row"), keymap.display("copy-row"), keymap.problems) == ((), "", ())


@pytest.mark.parametrize("value", [3, {"a": "b"}, ["a", 3], None])
def test_what_is_neither_key_nor_list_is_told(value: object) -> None:
    assert remap({"back": value}).problems == ("keys.toml: back: a key or a list of keys is wanted",)


def test_without_a_file_the_usual_keys_work() -> None:
    assert load() == defaults()


def write(text: str) -> None:
    user_file(FILE).parent.mkdir(parents=True)
    user_file(FILE).write_text(text, encoding="utf-8")


def test_the_users_file_is_read() -> None:
    write('[keys]\nback = ["b", "["]\n')
    assert load().of("back") == ("b", "left_square_bracket")


@pytest.mark.parametrize("text", ["back = ", "keys = 3", "\x00"])
def test_a_file_that_cannot_be_read_is_one_line_and_the_usual_keys(text: str) -> None:
    write(text)
    keymap = load()
    assert keymap.keys == defaults().keys
    assert len(keymap.problems) == 1
    assert "\n" not in keymap.problems[0]


def test_every_binding_of_a_place_has_the_id_of_its_action() -> None:
    for place in PLACES:
        assert [getattr(binding, "id", None) for binding in bindings(place)] == [
            action.id for action in ACTIONS if action.place == place
        ]


def test_while_typing_a_hint_shows_a_key_that_is_no_letter() -> None:
    assert (defaults().display("help"), defaults().display("help", typing=True)) == ("?", "F1")
    assert defaults().display("quit", typing=True) == ""


def test_the_page_of_keys_is_made_from_the_registry() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `make docs`"


def test_every_place_stands_in_the_page_of_keys_with_the_ids_of_its_actions() -> None:
    sections = page().split("\n## ")[1:]
    assert [section.partition("\n")[0] for section in sections[: len(PLACES)]] == list(PLACES.values())
    for place, section in zip(PLACES, sections, strict=False):
        ids = [line.rsplit("| ", 1)[1].strip("` |") for line in section.splitlines() if line.startswith("| `")]
        assert ids == [action.id for action in ACTIONS if action.place == place and action.keys]


def test_every_action_is_for_one_task_and_every_task_names_actions() -> None:
    named = [name for names in TASKS.values() for name in names]
    assert sorted(named) == sorted(action.id for action in ACTIONS)
    assert next(reversed(TASKS.values())) == tuple(one.id for one in ACTIONS if one.place == "editing")


@pytest.mark.parametrize("chain", [chain for chain in CHAINS if "explore" in chain])
def test_the_first_screen_of_the_help_has_the_keys_of_the_place(chain: tuple[str, ...]) -> None:
    items = help_items(defaults(), chain, "keys.toml", (), None, frozenset(), 76, Symbols())
    rows = lines(items)
    first = "\n".join(rows[:20])
    for action in ACTIONS:
        if action.place in chain and action.hint and not ("search" in chain and is_letter(action.keys[0])):
            assert action.hint in first, action.id
    titles = [rows.index(title) for title in (PLACES[chain[0]], "Commands, typed behind :", PLACES["editing"])]
    assert titles == sorted(titles)


def test_no_two_actions_have_one_word_on_the_command_line() -> None:
    words = [action.word for action in ACTIONS if action.word]
    assert len(words) == len(set(words))

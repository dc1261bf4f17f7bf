"""What the lists show, without a screen."""

from __future__ import annotations

import pytest

from db.model import Record
from db.results import Brief, Hit, Match, Results, TypeCount
from tests.tui.fake_register import EVIDENCE, FakeRegister, hostile, hub, link, record
from tests.tui.unfolding import lines, record_items, shown, unfolded
from tui.explorer.list_state import ListState
from tui.explorer.pages.evidence import evidence_items
from tui.explorer.pages.folding import ListFold
from tui.explorer.pages.items import Piece, wrap
from tui.explorer.pages.landing import last_time_items, type_items
from tui.explorer.pages.record import HEAD, first_stop
from tui.explorer.pages.results import found_letters, result_items
from tui.explorer.symbols import PLAIN, Symbols
from tui.explorer.views.show import ShowView
from tui.text import phrases
from tui.text.safe import width
from tui.text.values import Claim

STORY = FakeRegister().record("arr:foundation-group")


def page(one: Record, cells: int = 90) -> list[str]:
    """The text of a record's page, all of it open."""
    return lines(unfolded(record_items(one, cells, Symbols()), cells))


def test_a_record_shows_links_with_roles_what_stays_separate_facts_events_and_sources() -> None:
    text = "\n".join(page(STORY))
    told = ["Foundation Group", "planned", "Participants", "Wye Valley NHS Trust", "member", "Stays separate",
            "Each trust keeps its own board.", "aim: Learn from each other.", "£2,000,000", "Timeline", "2017",
            "Announced.", "8 July, year unknown", "date unknown", "Evidence", "Two trusts to form a group"]  # fmt: skip
    assert [words for words in told if words not in text] == []
    assert text.index("Stays separate") < text.index("Learn from each other")


def test_links_are_grouped_by_label_with_their_counts() -> None:
    text = page(STORY)
    at = next(n for n, line in enumerate(text) if line.split()[:5] == ["▾", "Participants", "2", "all", "planned"])
    assert text[at].endswith(" · undated source")
    assert text[at + 1].split() == "● Wye Valley NHS Trust member planned".split()


def test_columns_begin_at_the_same_cells_in_every_group_of_a_page() -> None:
    links = (link("ods:A", "organisation", "Short", "member", role="chair", role_label="chair"),
             link("ods:B", "organisation", "A much longer name", "runs", role="host", role_label="host"))  # fmt: skip
    text = page(STORY._replace(links=links))
    chair, host = (next(line for line in text if words in line) for words in ("chair", " host"))
    assert chair.index("chair") == host.index("host")


@pytest.mark.parametrize("cells", [8, 20, 47, 48, 60, 84, 138])
@pytest.mark.parametrize("one", [STORY, hostile(), hub(30)], ids=["story", "hostile", "hub"])
def test_no_line_is_wider_than_its_list(one: Record, cells: int) -> None:
    assert [line for line in page(one, cells) if width(line) > cells] == []


def test_names_of_ten_thousand_letters_are_cut() -> None:
    assert len(page(hostile(), 80)) < 200


def test_a_line_says_what_the_other_end_was_called_then_where_it_has_room() -> None:
    tied = link("ods:A", "organisation", "Dale ICB", "partner", name_then="Dale CCG", role="partner")
    assert any(
        "Dale ICB" in line and "then called Dale CCG" in line for line in page(STORY._replace(links=(tied,)), 120)
    )
    followed = tied._replace(category="succession")
    assert not any("then called" in line for line in page(STORY._replace(links=(followed,)), 120))


def test_folded_details_say_what_each_is() -> None:
    told = STORY._replace(legal_form="none", form="contract")
    (details,) = (part for part in record_items(told, 90, Symbols()) if getattr(part, "ident", "") == "section:details")
    assert isinstance(details, ListFold)
    assert details.header.preview.startswith("form: contract · legal form: none")


def test_long_groups_are_folded_at_first_and_open_whole() -> None:
    parts = record_items(hub(40_000), 90, Symbols())
    closed = lines(shown(parts))
    assert any(line.split()[:4] == ["▸", "Member", "practices", "40,000"] for line in closed)
    assert len(closed) < 20
    fold = next(part for part in parts if isinstance(part, ListFold) and part.header.total == 40_000)
    items = shown(parts, ListState(folds={fold.ident: True}))
    at = items.stop_of("link:member-practices:in:ods:H39999:None:1")
    assert at is not None
    assert "Practice 39999" in lines([items[at]])[0]


def test_every_stated_line_leads_to_its_evidence() -> None:
    items = unfolded(record_items(STORY, 90, Symbols()))
    assert [item.ident for item in items if item.stops and not item.evidence and not item.fold] == []


def test_idents_are_unique_so_that_the_mark_can_be_found_again() -> None:
    twice = record("ods:X", "organisation", "X", *(link("ods:Y", "organisation", "Y", "parts") for _ in range(3)))
    idents = [item.ident for item in unfolded(record_items(twice, 90, Symbols())) if item.stops]
    assert len(idents) == len(set(idents))


def test_the_mark_starts_at_the_first_link_that_does_not_lead_back() -> None:
    items = shown(record_items(STORY, 90, Symbols()))
    assert "ods:RLQ" in first_stop(items, None)
    assert "ods:RJC" in first_stop(items, "ods:RLQ")
    alone = record("ods:X", "organisation", "X", link("ods:Y", "organisation", "Y", "parts"), evidence=())
    assert "ods:Y" in first_stop(shown(record_items(alone, 90, Symbols())), "ods:Y")
    assert first_stop(shown(record_items(record("ods:X", "site", "X", evidence=()), 90, Symbols())), None) == HEAD
    sites = [link(f"ods:Y{n}", "site", f"Y{n}", "sites") for n in range(30)]
    folded = record("ods:X", "organisation", "X", *sites, evidence=())
    assert first_stop(shown(record_items(folded, 90, Symbols(), 5)), None) == "links:sites"


def test_kinds_are_told_apart_without_colour() -> None:
    kinds = ("organisation", "arrangement", "person", "site", "document", "")
    for symbols in (Symbols(), PLAIN):
        signs = [symbols.of(kind) for kind in kinds]
        assert len(set(signs)) == len(kinds)
        assert {width(sign) for sign in signs} == {1}
    assert all(PLAIN.of(kind).isascii() for kind in kinds)


def test_ascii_keeps_the_width() -> None:
    assert PLAIN.fit("naïve · 東 …") == "na?ve - ?? ~"
    assert Symbols().fit("naïve") == "naïve"


def test_evidence_is_told_source_by_source_with_places_and_claims() -> None:
    proofs = {proof.id: proof for proof in EVIDENCE}
    items = evidence_items(tuple(proofs), (), proofs, 70, Symbols())
    text = "\n".join(lines(items))
    assert text.count("Two trusts to form a group") == 1
    assert "paragraph 5  claimed by Glen Burley" in text
    assert "inferred: the list gives the code" in text
    assert [item.target.key for item in items if item.target] == ["doc:announcement", "person:glen-burley"]
    assert "No source is named" in lines(evidence_items((), (), proofs, 70, Symbols()))[0]


def test_what_is_noted_of_several_places_is_said_at_the_first() -> None:
    inferred = next(one for one in EVIDENCE if one.note)
    proofs = {n: inferred._replace(id=n, locator=f"row {n}") for n in (1, 2, 3)}
    told = "\n".join(lines(evidence_items((1, 2, 3), (), proofs, 90, Symbols())))
    assert inferred.note is not None
    assert (told.count(inferred.note), told.count("inferred: see above")) == (1, 2)


def test_where_sources_differ_each_value_has_those_who_state_it_under_it() -> None:
    proofs = {proof.id: proof for proof in EVIDENCE}
    first, second, third = proofs
    claims = (
        Claim("opened", "February 2002", "newer", True, (first,)),
        Claim("opened", "January 2001", "older", False, (third,)),
    )
    text = "\n".join(lines(evidence_items((first,), claims, proofs, 70, Symbols())))
    values = [
        text.index(words) for words in ("opened: February 2002", "Two trusts", "opened: January 2001", "inferred")
    ]
    assert values == sorted(values)
    assert ("shown: newer" in text, "not shown: older" in text) == (True, True)
    both = "\n".join(lines(evidence_items((first, second), claims, proofs, 70, Symbols())))
    assert both.index("claimed by Glen Burley") < both.index("opened: February 2002")


def test_results_say_what_was_found_where_it_is_not_the_name() -> None:
    brief = Brief("ods:RJC", "organisation", None, "South Warwickshire", "open", True, "Warwick")

    def second(field: str, text: str) -> list[str]:
        found = Results("x", 1, (Hit(brief, 90, Match(field, text, "exact")),))
        return [line.strip() for line in lines(result_items(found, 60, Symbols()))[1:]]

    assert second("acronym", "SWFT") == ["acronym: SWFT"]
    assert second("tied", "WVT") == ["linked to WVT"]
    assert second("name", "South Warwickshire") == []
    assert second("short name", "warwickshire") == []
    assert second("kind", "organisation") == []


def test_of_a_day_a_result_says_that_nothing_dates_it() -> None:
    then = Brief("arr:ics", "arrangement", None, "Vale ICS", "open", True, None, dated=False)
    results = Results("x", 1, (Hit(then, 90, Match("name", "x", "exact")),), as_of="2016-12-31")
    assert " ".join(lines(result_items(results, 60, Symbols()))[0].split()[1:]) == "Vale ICS not dated"
    assert phrases.status(then) == "not dated"
    assert phrases.status(then._replace(status=None, open=None)) == "not dated"
    assert phrases.status(then._replace(dated=True)) == "open"
    assert phrases.status(then._replace(gone="file:x")) == "no longer listed, not dated"


def test_over_several_results_it_is_said_once_what_they_are_linked_to() -> None:
    def hit(n: int, field: str, text: str) -> Hit:
        return Hit(
            Brief(f"ods:{n}", "organisation", None, f"Body {n}", "open", True, None), 90, Match(field, text, "word")
        )

    hits = (hit(1, "name", "Body 1"), *(hit(n, "tied", "Leeds CCG") for n in (2, 3, 4)),
            *(hit(n, "tied", "X") for n in (5, 6)))  # fmt: skip
    items = result_items(Results("x", 6, hits), 60, Symbols())
    assert [line.replace("●", " ").rstrip() for line in lines(items)] == [
        "    Body 1", "", "  linked to Leeds CCG", "    Body 2", "    Body 3", "    Body 4", "",
        "    Body 5", "    linked to X", "    Body 6", "    linked to X",
    ]  # fmt: skip
    assert [item.stops for item in items] == [True, False, False, True, True, True, False, True, True]


def test_results_that_are_sorted_each_say_what_they_are_linked_to() -> None:
    def hit(name: str, text: str) -> Hit:
        field = "tied" if text else "name"
        brief = Brief(f"ods:{name}", "organisation", None, f"Body {name}", "open", True, None)
        return Hit(brief, 90, Match(field, text, "word"))

    hits = (hit("D", ""), *(hit(name, "Leeds CCG") for name in ("C", "B", "E")), hit("A", ""))
    items = result_items(Results("x", 9, hits), 60, Symbols())
    in_order = shown(items, ListState(orders={"": "name"}), 60)
    assert [line.replace("●", " ").strip() for line in lines(in_order)] == [
        "Body A", "Body B", "linked to Leeds CCG", "Body C", "linked to Leeds CCG", "Body D", "Body E",
        "linked to Leeds CCG",
        "… 4 more, Enter shows more",
    ]  # fmt: skip


def test_a_result_says_its_type_where_its_name_does_not() -> None:
    types = {"nhs-trust": "NHS trust", "icb": "integrated care board (ICB)"}
    trusts = ("Wye Valley NHS Trust", "nhs-trust"), ("Barts Health", "nhs-trust")
    boards = ("NHS Kent Integrated Care Board", "icb"), ("NHS Kent", "icb")
    results = _results(*((name, of, None, True) for name, of in (*trusts, *boards)))
    found = result_items(results, 60, Symbols(), types=types)
    assert [" ".join(line.replace("●", "").split()) for line in lines(found)] == [
        "Wye Valley NHS Trust", "Barts Health NHS trust", "NHS Kent Integrated Care Board", "NHS Kent ICB"
    ]  # fmt: skip
    assert [item.keys.type for item in found if item.keys] == ["NHS trust", "NHS trust", "ICB", "ICB"]


def _results(*named: tuple[str, str, str | None, bool]) -> Results:
    """Return results: name, type, place, whether open."""
    briefs = [
        Brief(f"ods:{n}", "organisation", type_, name, "open" if is_open else "closed", is_open, place)
        for n, (name, type_, place, is_open) in enumerate(named)
    ]
    hits = tuple(Hit(one, 90, Match("name", one.name, "word")) for one in briefs)
    return Results("wye", len(hits), hits)


def test_results_stand_in_columns_or_where_names_are_long_say_at_the_edge_what_there_is_room_for() -> None:
    types = {"icb": "integrated care board (ICB)", "trust": "NHS trust"}
    short = _results(("Wye", "icb", "Ross", True), ("Wye Valley", "trust", "Hereford", False))
    assert lines(result_items(short, 60, Symbols(), types=types)) == [
        "  ● Wye         Ross      ICB",
        "  ● Wye Valley  Hereford  NHS trust  closed",
    ]
    long = _results((f"Wye {'x' * 30}", "icb", "Ross", True), (f"Wye {'x' * 40}", "trust", "Hereford", False))
    shown = lines(result_items(long, 50, Symbols(), types=types))
    assert shown[0] == f"  ● Wye {'x' * 30}   Ross  ICB"
    assert shown[1:] == [f"  ● Wye {'x' * 40}", "    closed · NHS trust · Hereford"]


def test_a_type_that_all_results_have_is_not_said_of_each() -> None:
    same = _results(("The Surgery", "trust", "Ross", True), ("The Surgery", "trust", "Bath", True))
    assert [line.split() for line in lines(result_items(same, 60, Symbols()))] == [
        ["●", "The", "Surgery", "Ross"],
        ["●", "The", "Surgery", "Bath"],
    ]


def test_the_letters_that_were_asked_for_are_marked_where_a_word_begins_with_them() -> None:
    def marked(text: str, *asked: str) -> list[str]:
        return [part.text for part in found_letters(Piece(text, "link"), asked) if part.style == "found"]

    assert marked("Wye Valley NHS Trust", "valley", "wy") == ["Wy", "Valley"]
    assert marked("Wyevalley", "valley") == []
    assert marked("St Mary's (Wye)", "wye", "st") == ["St", "Wye"]
    assert "".join(part.text for part in found_letters(Piece("Wye (a)"), ["(", "a"])) == "Wye (a)"


def test_a_line_says_where_a_match_is_no_more_than_near_or_only_a_part_of_a_word() -> None:
    brief = Brief("ods:RJC", "organisation", None, "Wye Valley", "open", True, "Hereford")

    def first(how: str) -> str:
        found = Results("wye valy", 1, (Hit(brief, 90, Match("name", "Wye Valley", how)),))
        return lines(result_items(found, 60, Symbols()))[0]

    assert first("fuzzy").rstrip().endswith("Hereford  near match")
    assert first("substring").rstrip().endswith("Hereford  partial match")
    assert first("prefix").rstrip().endswith("Hereford")


def test_results_that_were_cut_say_how_many_are_left() -> None:
    brief = Brief("ods:RJC", "organisation", None, "X", "open", True, None)
    found = Results("x", 251, (Hit(brief, 90, Match("name", "X", "exact")),))
    assert lines(result_items(found, 60, Symbols()))[-1].strip() == "… 250 more, Enter shows more"


def test_results_that_were_not_all_counted_say_that_there_are_more_than_that() -> None:
    hit = Hit(Brief("ods:RJC", "organisation", None, "X", "open", True, None), 90, Match("name", "X", "exact"))
    found = Results("x", 20_000, (hit,), total_is_exact=False)
    assert found.counted == "20,000+"
    assert lines(result_items(found, 60, Symbols()))[-1].strip() == "… 19,999+ more, Enter shows more"


def test_the_end_of_results_of_which_not_all_were_looked_at_offers_no_more_of_them() -> None:
    hit = Hit(Brief("ods:RJC", "organisation", None, "X", "open", True, None), 90, Match("name", "X", "fuzzy"))
    *_, last = result_items(Results("x", 1, (hit,), total_is_exact=False), 70, Symbols())
    assert not last.more
    assert not last.stops
    assert "There may be more that match less surely" in lines((last,))[0]


@pytest.mark.parametrize(
    ("text", "wrapped"),
    [("a bb ccc", ["a bb", "ccc"]), ("abcdefgh", ["abcd", "efgh"]), ("", [""]), ("東京東京", ["東京", "東京"]),
     ("a\n\nb", ["a b"]), ("a\x00b", ["a␀b"])],
)  # fmt: skip
def test_text_is_wrapped_by_cells(text: str, wrapped: list[str]) -> None:
    assert wrap(text, 4) == wrapped


def test_wrapping_stops_after_so_many_lines_and_says_so() -> None:
    assert wrap("aaa bbb ccc ddd", 4, 2) == ["aaa", "bbb…"]
    assert wrap("W" * 10_000, 5, 2) == ["WWWWW", "WWWW…"]


def test_closed_ones_that_were_left_out_are_told_below_the_results_with_the_key_that_shows_them() -> None:
    brief = Brief("ods:RLQ", "organisation", "nhs-trust", "Wye Valley NHS Trust", "open", True, "Hereford")
    found = Results("wye", 1, (Hit(brief, 100.0, Match("name", "Wye Valley NHS Trust", "prefix")),), closed_left_out=3)
    *_, last = result_items(found, 60, Symbols(), closed_key="x")
    assert lines((last,)) == ["    3 closed ones match: x in this list shows them"]
    assert not last.stops


def test_the_types_say_how_many_are_left_out_as_closed() -> None:
    counts = [TypeCount("arrangement", "alliance", "alliance", 2, 3), TypeCount("person", None, None, 1, 1)]
    told = lines(type_items(counts, 60, Symbols(), closed_too=False))
    assert "2 arrangements, not counting 1 closed" in told and "1 person" in told
    assert "3 arrangements" in lines(type_items(counts, 60, Symbols(), closed_too=True))


def test_the_place_of_last_time_is_named_to_its_end() -> None:
    name = "Birmingham Women's and Children's NHS Foundation Trust"
    _, there, _ = last_time_items(ShowView("ods:RQ3", name=name, as_of="2016-12-31"), 40)
    assert " ".join(" ".join(lines([there])).split()) == f"{name} · as of 31 December 2016"

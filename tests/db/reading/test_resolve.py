"""Whatever a person writes for a key: one record is meant, or the candidates are named."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from db.errors import AmbiguousKeyError, NotFoundError, UsageError
from db.results import Brief, Hit, Match, Results
from db.vocabularies import sync_vocabularies
from tests.db.reading.small import Small


class FakeSearch(ModuleType):
    """A search that finds what a test tells it to, so that resolving is tested apart from ranking."""

    def __init__(self) -> None:
        super().__init__("db.search.find")
        self.hits: dict[bool, tuple[Hit, ...]] = {}

    def find(self, connection: object, text: str, *, closed: bool, limit: int, **rest: object) -> Results:
        """Return the hits told for open records only, or for closed ones as well."""
        hits = self.hits.get(closed, ())
        return Results(text, len(hits), hits[:limit])


@pytest.fixture
def search(monkeypatch: pytest.MonkeyPatch) -> FakeSearch:
    """A search that finds nothing until it is told to."""
    fake = FakeSearch()
    monkeypatch.setitem(sys.modules, "db.search.find", fake)
    return fake


def _hit(key: str, score: float, how: str) -> Hit:
    return Hit(Brief(key, "organisation", None, f"Name of {key}", None, True, None), score, Match("name", "x", how))


@pytest.mark.parametrize(
    "text", ["ods:RLQ", "ods:rlq", "ODS:rlq", " RLQ ", "rlq", "gb-coh:01234567", "GB-COH:01234567"]
)
def test_a_key_an_identifier_and_a_bare_code_stand_for_their_record_in_any_case(small: Small, text: str) -> None:
    row = small.record("ods:RLQ", "Wye Valley NHS Trust")
    small.insert("identifier", record_id=row, scheme="ods", value="RLQ")
    small.insert("identifier", record_id=row, scheme="gb-coh", value="01234567")

    assert small.register().resolve(text) == "ods:RLQ"


@pytest.mark.parametrize(
    "text",
    ["Queen Mary's Hospital", "QUEEN MARYS HOSPITAL", "queen mary’s  hosp", "Québec & Co", "quebec and co", "qmh"],
)
def test_an_exact_name_or_alias_does_but_for_case_accents_and_punctuation(small: Small, text: str) -> None:
    row = small.record("site:qmh", "Queen Mary's Hospital", "site")
    small.name(row, "Québec & Co.", "trading")
    small.name(row, "QMH", "acronym")
    small.record("site:other", "Queen Mary's Hospital Annexe", "site")

    small.index()
    assert small.register().resolve(text) == "site:qmh"


def test_two_records_of_one_name_are_ambiguous_and_listed_with_their_names(small: Small) -> None:
    for number in range(7):
        small.record(f"person:ann-lee-{number}", "Ann Lee", "person")
    small.index()

    with pytest.raises(AmbiguousKeyError) as caught:
        small.register().resolve("ann lee")

    message = str(caught.value)
    assert caught.value.exit_code == 2
    assert len(caught.value.candidates) == 7
    assert message.count("Ann Lee") == 5
    assert "person:ann-lee-0" in message
    assert "and others" in message
    assert "\n" not in message


def test_a_name_in_use_is_surer_than_a_former_one_and_an_open_record_than_a_closed_one(small: Small) -> None:
    small.record("ods:NOW", "County Trust")
    former = small.record("ods:WAS", "Shire Trust")
    small.name(former, "County Trust", "former")
    small.record("ods:SHUT", "County Trust", open=0)
    small.record("ods:OLD", "Only Closed", open=0)
    small.index()
    register = small.register()

    assert register.resolve("County Trust") == "ods:NOW"
    assert register.resolve("only closed") == "ods:OLD"


def test_one_hit_or_a_surer_or_far_better_first_hit_wins(small: Small, search: FakeSearch) -> None:
    register = small.register()
    for hits in (
        (_hit("a:1", 40, "fuzzy"),),
        (_hit("a:1", 61, "prefix"), _hit("a:2", 60, "word")),
        (_hit("a:1", 70, "word"), _hit("a:2", 60, "word")),
    ):
        search.hits[False] = hits
        assert register.resolve("some words") == "a:1"


def test_equally_good_hits_are_ambiguous_and_worse_ones_no_candidates(small: Small, search: FakeSearch) -> None:
    search.hits[False] = (_hit("a:1", 70, "word"), _hit("a:2", 69, "word"), _hit("a:3", 10, "word"))

    with pytest.raises(AmbiguousKeyError, match=r"a:1 \(Name of a:1\), a:2 \(Name of a:2\)") as caught:
        small.register().resolve("some words")

    assert caught.value.candidates == ("a:1", "a:2")


@pytest.mark.parametrize("field", ["fact", "summary", "place", "tied", "type"])
def test_a_word_that_is_only_like_one_told_of_a_record_names_none(small: Small, search: FakeSearch, field: str) -> None:
    guess = _hit("a:1", 42, "fuzzy")
    search.hits[False] = (guess._replace(matched=guess.matched._replace(field=field)),)
    with pytest.raises(NotFoundError):
        small.register().resolve("nosuch")
    search.hits[False] = (guess._replace(matched=guess.matched._replace(field=field, how="word")),)
    assert small.register().resolve("nosuch") == "a:1"


def test_closed_records_are_searched_only_where_nothing_else_answers(small: Small, search: FakeSearch) -> None:
    search.hits[True] = (_hit("a:closed", 40, "word"),)
    register = small.register()
    assert register.resolve("some words") == "a:closed"

    search.hits[False] = (_hit("a:open", 30, "word"),)
    assert register.resolve("some words") == "a:open"


@pytest.mark.parametrize("text", ["ods:NOPE", "nothing at all", "x\x00y", "\udcff", "'; DROP TABLE record --", "???"])
def test_nothing_found_repeats_the_text_and_points_to_find(small: Small, search: FakeSearch, text: str) -> None:
    with pytest.raises(NotFoundError, match="interlock find") as caught:
        small.register().resolve(text)
    assert text[:5].encode("utf-8", "replace").decode().strip() in str(caught.value)


def test_no_text_is_a_wrong_use(small: Small) -> None:
    with pytest.raises(UsageError):
        small.register().resolve("  ")


def test_the_real_search_answers_where_no_name_is_exact(small: Small) -> None:
    small.record("arr:team", "Single integrated management team", "arrangement")
    small.record("ods:A", "Wye Valley NHS Trust")
    small.record("ods:B", "Dormant Care Trust", open=0)
    small.index()
    register = small.register()

    assert register.resolve("integrated management") == "arr:team"
    assert register.resolve("wye vally") == "ods:A"
    assert register.resolve("dormant care") == "ods:B"
    with pytest.raises(NotFoundError):
        register.resolve("zzzzqqqq")


@pytest.mark.parametrize(
    ("type", "kind", "placeholder"),
    [
        ("prescribing-cost-centre", "organisation", 0),
        ("hospital-service", "organisation", 0),
        ("gp-practice", "organisation", 0),
        ("branch-surgery", "organisation", 0),
        ("sub-icb-location", "organisation", 0),
        ("nhs-site", "site", 0),
        (None, "organisation", 0),
        ("nhs-trust", "organisation", 1),
    ],
)
def test_a_name_means_the_public_body_before_its_codes_and_places(
    small: Small, type: str | None, kind: str, placeholder: int
) -> None:
    sync_vocabularies(small.connection)
    small.record("x:other", "Weir Valley NHS Trust", kind, type=type, placeholder=placeholder)
    small.record("ods:RZ1", "Weir Valley NHS Trust", type="nhs-trust")
    small.record("x:else", "Weir Valley NHS Trust", "document")
    small.index()
    register = small.register()

    assert register.resolve("weir valley nhs trust") == "ods:RZ1"
    assert register.resolve("weir valey nhs trust") == "ods:RZ1"
    assert register.resolve("weir valley nhs") == "ods:RZ1"


@pytest.mark.parametrize(("one", "other"), [("nhs-trust", "county-council"), ("gp-practice", "pharmacy")])
def test_two_bodies_of_one_name_that_weigh_the_same_stay_ambiguous(small: Small, one: str, other: str) -> None:
    sync_vocabularies(small.connection)
    small.record("x:one", "Weir Valley", type=one)
    small.record("x:other", "Weir Valley", type=other)
    small.record("x:site", "Weir Valley", "site")
    small.index()

    for text in ("weir valley", "weir valey", "weir val"):
        with pytest.raises(AmbiguousKeyError) as caught:
            small.register().resolve(text)
        assert caught.value.candidates == ("x:one", "x:other")


def test_what_is_open_is_meant_before_what_is_closed_whatever_it_is(small: Small) -> None:
    sync_vocabularies(small.connection)
    small.record("x:trust", "Weir Valley", type="nhs-trust", open=0)
    small.record("x:practice", "Weir Valley", type="gp-practice")
    small.index()

    assert small.register().resolve("weir valley") == "x:practice"


def test_records_of_other_names_are_still_listed(small: Small) -> None:
    small.record("x:one", "Weir Valley Trust", type="nhs-trust")
    small.record("x:other", "Weir Valley House", type="gp-practice")
    small.index()

    with pytest.raises(AmbiguousKeyError):
        small.register().resolve("weir valley")

"""What the API says is taken for what it is: a record, no record of a code, a list, or no API at all any more."""

from __future__ import annotations

import json

import pytest

from db.errors import InputError
from importers.ods_api.api import NoRecordError
from tests.importers.ods_api.server import MISSING, Reply, Server, asking, linked
from tests.importers.ods_json.things import record, role

RX1 = "organisations/RX1"
ALL = "organisations?Status=Active&Limit=1"
SINCE = "2026-07-01"
SYNC = f"sync?LastChangeDate={SINCE}"


def test_a_record_comes_on_one_line_however_it_was_laid_out(server: Server) -> None:
    server.answer(RX1, Reply(body=json.dumps(record(), indent=2).replace("\n", "\r\n")))
    with asking(server) as api:
        found = api.record("RX1")
    assert "\n" not in found
    assert json.loads(found) == record()


def test_an_unknown_code_is_no_record_and_asked_for_once(server: Server) -> None:
    server.answer(RX1, Reply(*MISSING))
    with asking(server) as api, pytest.raises(NoRecordError, match="the API knows no record of RX1"):
        api.record("RX1")
    assert server.asked == [RX1]


def test_a_404_in_nobodys_words_is_about_the_code_where_the_api_answers_otherwise(server: Server) -> None:
    server.answer(RX1, Reply(404, "<html>Not found</html>"))
    server.answer(ALL, {"Organisations": []})
    with asking(server) as api:
        for _ in range(2):
            with pytest.raises(NoRecordError, match="the API knows no record of RX1"):
                api.record("RX1")
    assert server.asked == [RX1, ALL, RX1]


@pytest.mark.parametrize("reply", [Reply(404, "<html>Not found</html>"), Reply(410)])
def test_an_api_that_is_gone_is_told_from_a_code_that_is_unknown(server: Server, reply: Reply) -> None:
    for path in (RX1, ALL, "sync"):
        server.answer(path, reply)
    with asking(server) as api:
        for ask in (lambda: api.record("RX1"), lambda: api.changed(SINCE)):
            with pytest.raises(
                InputError, match="it may have been withdrawn: import the national XML release"
            ) as caught:
                ask()
            assert str(caught.value).startswith(f"{server.base}: the server answers 4")
            assert "INTERLOCK_ODS_URL" in str(caught.value)


@pytest.mark.parametrize(
    ("status", "said"), [(401, "it lets nobody in"), (403, "it lets nobody in"), (418, "check the address")]
)
def test_a_server_that_does_not_answer_as_the_api_is_told_apart(server: Server, status: int, said: str) -> None:
    server.answer(RX1, Reply(status, '{"errorCode":1,"errorText":"No\\nway\\u001b"}'))
    with asking(server) as api, pytest.raises(InputError, match=rf"the server answers {status} \(No way�\).*{said}"):
        api.record("RX1")


def test_a_request_that_the_api_refuses_is_told_in_its_words(server: Server) -> None:
    server.answer(RX1, Reply(406, '{"errorCode":406,"errorText":"Unsupported media type"}'))
    with asking(server) as api, pytest.raises(NoRecordError, match="the API refuses RX1: Unsupported media type"):
        api.record("RX1")


@pytest.mark.parametrize("answered", [record("RX2"), {"Organisations": []}])
def test_the_record_of_another_is_not_taken_for_what_was_asked(server: Server, answered: object) -> None:
    server.answer(RX1, answered)
    with asking(server) as api, pytest.raises(NoRecordError, match="the API answers for RX1 with"):
        api.record("RX1")


def test_changes_are_codes_whatever_else_stands_in_their_links(server: Server) -> None:
    odd = {"Organisations": [{"OrgLink": "https://evil.example.org/x/RX3?y=1"}, {"OrgLink": "../../etc"}, {}]}
    whole = {"Organisations": linked("RX1", "RX2", "RX1")["Organisations"] + odd["Organisations"]}
    server.answer(SYNC, whole)
    with asking(server) as api:
        assert api.changed(SINCE) == ["RX1", "RX2", "RX3", "../../etc", ""]
    assert server.asked == [SYNC]


def test_one_change_may_stand_without_its_list(server: Server) -> None:
    server.answer(SYNC, {"Organisations": linked("RX1")["Organisations"][0]})
    with asking(server) as api:
        assert api.changed(SINCE) == ["RX1"]


def test_the_next_page_is_asked_for_by_its_numbers_and_never_by_its_address(server: Server) -> None:
    following = "https://evil.example.org/ORD?Offset=2&Limit=5000&x=1"
    first = Reply(body=json.dumps(linked("RX1", "RX2")), headers={"X-Total-Count": "3", "Next-Page": following})
    server.answer(SYNC, first)
    server.answer(f"{SYNC}&Limit=1000&Offset=2", Reply(body=json.dumps(linked("RX3")), headers={"X-Total-Count": "3"}))
    with asking(server) as api:
        assert api.changed(SINCE) == ["RX1", "RX2", "RX3"]
    assert server.asked == [SYNC, f"{SYNC}&Limit=1000&Offset=2"]


def test_what_the_count_tells_is_missing_is_asked_for(server: Server) -> None:
    server.answer(SYNC, Reply(body=json.dumps(linked("RX1")), headers={"X-Total-Count": "2"}))
    server.answer(f"{SYNC}&Limit=1000&Offset=1", Reply(body=json.dumps(linked("RX2")), headers={"X-Total-Count": "2"}))
    with asking(server) as api:
        assert api.changed(SINCE) == ["RX1", "RX2"]
    assert not any("Offset=0" in asked for asked in server.asked)


def test_a_list_that_is_not_whole_is_refused(server: Server) -> None:
    server.answer(SYNC, Reply(body=json.dumps(linked("RX1")), headers={"X-Total-Count": "2"}))
    server.answer(f"{SYNC}&Limit=1000&Offset=1", Reply(body='{"Organisations":[]}', headers={"X-Total-Count": "2"}))
    with asking(server) as api, pytest.raises(InputError, match="counts 2 changed records and lists 1; try again"):
        api.changed(SINCE)


def test_pages_that_lead_in_a_circle_or_on_and_on_come_to_an_end(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    circle = Reply(body=json.dumps(linked("RX1")), headers={"Next-Page": "x?Offset=1"})
    server.answer("sync", circle)
    with asking(server) as api:
        assert api.changed(SINCE) == ["RX1"]
    monkeypatch.setattr("importers.ods_api.api.MOST_PAGES", 3)
    server.answer("sync", *(Reply(body=circle.body, headers={"Next-Page": f"x?Offset={n}"}) for n in range(1, 9)))
    with asking(server) as api, pytest.raises(InputError, match="lists more than 3 pages; refused"):
        api.changed(SINCE)


def test_more_changes_than_there_are_organisations_are_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importers.ods_api.api.MOST_CHANGED", 1)
    server.answer(SYNC, linked("RX1", "RX2"))
    with asking(server) as api, pytest.raises(InputError, match="lists more than 1 changes; refused"):
        api.changed(SINCE)


def test_roles_that_we_have_no_name_of_are_asked_for_once_and_only_then(server: Server) -> None:
    server.answer("roles", {"Roles": [{"id": "RO157", "displayName": "NON-NHS ORGANISATION"}, {"id": "RO1"}]})
    odd = json.dumps(record(Roles={"Role": [role("RO157")]}))
    with asking(server) as api:
        assert api.names([json.dumps(record())]) == {}
        assert server.asked == []
        assert api.names([odd]) == api.names([odd]) == {"RO157": "NON-NHS ORGANISATION"}
    assert server.asked == ["roles"]


@pytest.mark.parametrize("reply", [Reply(503), Reply(404, "gone"), Reply(body="<html>"), Reply(drop=True)])
def test_names_that_cannot_be_had_keep_nobody_from_the_record(server: Server, reply: Reply) -> None:
    server.answer("roles", reply)
    with asking(server) as api:
        assert api.names([json.dumps(record(Roles={"Role": [role("RO157")]}))]) == {}
    assert server.asked == ["roles"]

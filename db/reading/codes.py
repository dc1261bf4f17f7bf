"""The one code that people know a record by, where anyone but the register gave it one."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from db.keys import OWN_SCHEMES
from db.parameters import id_list


def plain_codes(connection: sqlite3.Connection, keys: Mapping[int, str]) -> dict[int, str]:
    """Return the codes of records, by their numbers: the ODS code, else that of the key, else the first there is.

    `keys` maps numbers of records to their keys. A record that only the register's own key names has none.
    """
    codes: dict[int, str] = {}
    others: dict[int, str] = {}
    for record, key in keys.items():
        scheme, _, value = key.partition(":")
        if scheme == "ods":
            codes[record] = value
        else:
            others[record] = key
    held: dict[int, dict[str, str]] = {}
    for record, scheme, value in connection.execute(
        """SELECT i.record_id, i.scheme, i.value
             FROM json_each(?) j CROSS JOIN identifier i ON i.record_id = j.value ORDER BY i.id""",
        (id_list(others),),
    ):
        held.setdefault(record, {}).setdefault(scheme, value)
    for record, key in others.items():
        scheme, _, value = key.partition(":")
        given = held.get(record, {})
        foreign = [value] if scheme not in OWN_SCHEMES else [given[one] for one in given if one not in OWN_SCHEMES]
        code = given.get("ods") or next(iter(foreign), None)
        if code is not None:
            codes[record] = code
    return codes

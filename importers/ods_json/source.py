"""What texts of ODS are as sources, whether they come from a file or from the API, and who speaks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from db.dates import earliest, latest
from db.statements import Reading, RejectSaid, RowSaid, SourceSaid
from importers.ods_csv.dating import in_words
from importers.ods_csv.families import lists, publisher
from importers.ods_json.forms import Form
from importers.ods_json.parts import codes
from importers.ods_xml.meaning import link_types, terms
from importers.ods_xml.saying import Speaker


def speaker(today: str, named: Mapping[str, str]) -> Speaker:
    """Who makes the statements: roles are called as the source calls them, else by the names that we know."""
    return Speaker(today, {**codes()["roles"], **named})


def reading(
    source: SourceSaid, rows: Iterable[RowSaid | RejectSaid], named: Mapping[str, str], remarks: tuple[str, ...] = ()
) -> Reading:
    """All of a source, with words for the roles and relationships that it names and nobody foresaw."""
    return Reading(source, rows, terms=terms(named), link_types=link_types(named), remarks=remarks)


def described(
    key: str, title: str, published: str | None, form: Form, format: str, path: str | None, digest: str
) -> SourceSaid:
    """A source that lists some records and not all there are, so that nothing is gone because it lacks it."""
    title = f"NHS Organisation Data Service: {title}"
    return SourceSaid(
        key=key,
        title=f"{title}, {in_words(published)}" if published else title,
        format=format,
        publisher=publisher(earliest(published), latest(published)),
        published=published,
        licence=lists().licence,
        series=form.series,
        path=path,
        digest=digest,
    )

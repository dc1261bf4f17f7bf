"""What texts of ODS are as sources, whether they come from a file or from the API, and who speaks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from db.dates import earliest, latest, parse
from db.errors import UsageError
from db.statements import Reading, RejectSaid, RowSaid, SourceSaid
from importers.base import ReadOptions
from importers.ods_csv.dating import in_words
from importers.ods_csv.families import lists, publisher
from importers.ods_json.forms import Form
from importers.ods_json.parts import codes
from importers.ods_xml.meaning import link_types, terms
from importers.ods_xml.saying import Speaker


def given(options: ReadOptions) -> str | None:
    """The vintage that the user gave; raises `UsageError` where it is no date."""
    if options.published is None:
        return None
    try:
        return parse(options.published)
    except ValueError as error:
        raise UsageError(f"--published: {error}") from error


def speaker(published: str | None, named: Mapping[str, str]) -> Speaker:
    """Who makes the statements: roles are called as the source calls them, else by the names that we know."""
    return Speaker(latest(published), {**codes()["roles"], **named})


def reading(source: SourceSaid, rows: Iterable[RowSaid | RejectSaid], named: Mapping[str, str]) -> Reading:
    """All of a source, with words for the roles and relationships that it names and nobody foresaw."""
    return Reading(source, rows, terms=terms(named), link_types=link_types(named))


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

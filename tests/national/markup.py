"""A made-up release as the XML that the national one is written in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from tests.national.things import LAST_CHANGE, NAMES, TIES, File, Followed, Held, Org, Span, Tied

ROOT = "2.16.840.1.113883.2.1.3.2.4.18.48"
_TARGET = '<OrgId root="{root}" assigningAuthorityName="HSCIC" extension="{code}" />'


def document(file: File) -> str:
    """A whole file; small ones only."""
    return "".join(pieces(file, file.orgs, len(file.orgs)))


def pieces(file: File, orgs: Iterable[Org], count: int) -> Iterator[str]:
    """A file piece by piece, which has `count` records."""
    yield head(file, count)
    for org in orgs:
        yield organisation(org, file.last_change)
    yield "  </Organisations>\n</HSCOrgRefData:OrgRefData>\n"


def head(file: File, count: int) -> str:
    """Everything before the first record, with a byte order mark as the real files have it."""
    kind = "Archive" if file.archive else "Full"
    told = count if file.count is None else file.count
    return (
        '\ufeff<?xml version="1.0" encoding="UTF-8"?>\n'
        '<HSCOrgRefData:OrgRefData xmlns:HSCOrgRefData="http://refdata.hscic.gov.uk/org/v2-0-0">\n'
        f'  <Manifest>\n    <Version value="{file.version}" />\n    <PublicationType value="{kind}" />\n'
        f'    <PublicationSource value="HSCIC" />\n    <PublicationDate value="{file.published}" />\n'
        f'    <PublicationSeqNum value="1" />\n    <RecordCount value="{told}" />\n'
        f'    <ContentDescription value="HSCOrgRefData_{kind}_{file.published.replace("-", "")}" />\n'
        '    <PrimaryRoleScope>\n      <PrimaryRole id="RO197" displayName="NHS TRUST" />\n    </PrimaryRoleScope>\n'
        f"  </Manifest>\n  <CodeSystems>\n{_codes('OrganisationRole', 507, NAMES)}"
        f"{_codes('OrganisationRelationship', 508, TIES)}  </CodeSystems>\n  <Organisations>\n"
    )


def _codes(name: str, number: int, names: dict[str, str]) -> str:
    concepts = "".join(f'      <concept id="{key}" displayName={quoteattr(said)} />\n' for key, said in names.items())
    oid = f"2.16.840.1.113883.2.1.3.2.4.17.{number}"
    return f'    <CodeSystem name="{name}" oid="{oid}">\n{concepts}    </CodeSystem>\n'


def organisation(org: Org, last_change: str = LAST_CHANGE) -> str:
    """One record; its code makes the unique ids in it, which are the same in every release."""
    number = int(org.code, 36) % 10**9 * 10
    stub = ' refOnly="true"' if org.stub else ""
    parts = [f'    <Organisation orgRecordClass="{"RC2" if org.site else "RC1"}"{stub}>\n']
    parts.append(f"      <Name>{escape(org.name)}</Name>\n")
    parts += _dates("      ", org.span, org.legal)
    parts.append(f"      {_TARGET.format(root=ROOT, code=org.code)}\n")
    if org.status:
        parts.append(f'      <Status value="{org.status}" />\n')
    if not org.stub:
        parts.append(f'      <LastChangeDate value="{last_change}" />\n')
        parts.append(_place(org))
    if org.contacts:
        told = "".join(f'        <Contact type="{kind}" value={quoteattr(said)} />\n' for kind, said in org.contacts)
        parts.append(f"      <Contacts>\n{told}      </Contacts>\n")
    if org.roles:
        parts += ["      <Roles>\n", *(_role(role, number + n) for n, role in enumerate(org.roles)), "      </Roles>\n"]
    if org.ties:
        parts += ["      <Rels>\n", *(_tie(tie, number + n) for n, tie in enumerate(org.ties)), "      </Rels>\n"]
    if org.followed:
        parts += ["      <Succs>\n", *(_succession(one) for one in org.followed), "      </Succs>\n"]
    parts.append("    </Organisation>\n")
    return "".join(parts)


def _dates(indent: str, span: Span, legal: Span | None) -> list[str]:
    found: list[str] = []
    for family, dates in (("Legal", legal), ("Operational", span)):
        if dates is not None and (dates.start or dates.end):
            start = f'{indent}  <Start value="{dates.start}" />\n' if dates.start else ""
            end = f'{indent}  <End value="{dates.end}" />\n' if dates.end else ""
            found.append(f'{indent}<Date>\n{indent}  <Type value="{family}" />\n{start}{end}{indent}</Date>\n')
    return found


def _place(org: Org) -> str:
    told = [(f"AddrLn{number}", line) for number, line in enumerate(org.lines, 1)]
    told += [("Town", org.town), ("County", org.county), ("PostCode", org.postcode), ("Country", "ENGLAND")]
    told.append(("UPRN", org.uprn))
    lines = "".join(f"          <{name}>{escape(said)}</{name}>\n" for name, said in told if said)
    return f"      <GeoLoc>\n        <Location>\n{lines}        </Location>\n      </GeoLoc>\n"


def _state(active: bool) -> str:
    return f'          <Status value="{"Active" if active else "Inactive"}" />\n'


def _role(role: Held, number: int) -> str:
    primary = ' primaryRole="true"' if role.primary else ""
    dates = "".join(_dates("          ", role.span, role.legal))
    opening = f'        <Role id="{role.id}" uniqueRoleId="{number}"{primary}>\n'
    return f"{opening}{dates}{_state(role.active)}        </Role>\n"


def _aim(code: str, role: str) -> str:
    return (
        f"          <Target>\n            {_TARGET.format(root=ROOT, code=code)}\n"
        f'            <PrimaryRoleId id="{role}" uniqueRoleId="9" />\n          </Target>\n'
    )


def _tie(tie: Tied, number: int) -> str:
    dates = "".join(_dates("          ", tie.span, tie.legal))
    opening = f'        <Rel id="{tie.id}" uniqueRelId="{number}">\n'
    return f"{opening}{dates}{_state(tie.active)}{_aim(tie.target, tie.target_role)}        </Rel>\n"


def _succession(one: Followed) -> str:
    number = f' uniqueSuccId="{one.number}"' if one.number is not None else ""
    dates = "".join(_dates("          ", Span(), Span(one.date)))
    kind = "Successor" if one.forward else "Predecessor"
    return f"        <Succ{number}>\n{dates}          <Type>{kind}</Type>\n{_aim(one.target, 'RO177')}        </Succ>\n"

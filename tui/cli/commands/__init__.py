"""The commands, one module each; this table is all that `--help` needs, so that no module is imported for it."""

from __future__ import annotations

COMMANDS: dict[str, str] = {
    "open": "explore the register on the whole screen, at a record if one is given",
    "serve": "the explorer in a browser on this machine, read-only",
    "find": "search names, codes, acronyms, people and places; typing errors are forgiven",
    "show": "one record in full, with its links, facts, events and evidence",
    "links": "what a record is linked to, both ends named",
    "tree": "a record with what it is linked to, what that is linked to, and so on",
    "path": "how two records are connected: the shortest ways, in words",
    "shared": "what records have in common, who has most, and with whom one shares most",
    "compare": "two records side by side: what both have, then what only one has",
    "places": "where records are, by postcode area, with a map in characters",
    "timeline": "all that is dated of a record, oldest first",
    "after": "what became of a record, and of its part in arrangements",
    "import": "read files, folders, zips or URLs into the register",
    "update": "which public file makes which layer of the built-in register newer, and take it",
    "map": "draft a mapping for a table from its headings and values",
    "formats": "the file formats that import can read",
    "runs": "what each import read, added, changed, closed and refused",
    "diff": "what an import added, changed from what to what, closed and refused",
    "undo": "take an import back, as if it had never been",
    "remove": "take a record away that was entered by mistake",
    "merge": "make one record of two that are one body",
    "unmerge": "make two records again of one that is two bodies",
    "gaps": "what the register does not know, or what nobody has put right yet",
    "calendar": "what lies ahead: ends, reviews, notices, decisions and beginnings, also as an .ics file",
    "review": "suggestions that wait for a person, to accept or to reject",
    "stats": "how much the register holds, and from which sources",
    "doctor": "check that the register is sound, and rebuild its search index",
    "backup": "copy the register to a file, whole, also while an import runs",
    "report": "what whoever corrects a statement has to know: record, value, source, place, whom to tell",
    "sql": "ask the register's tables directly, read-only",
    "completion": "what a shell completes behind interlock, for bash, zsh or fish",
    "export": "write records out, to edit or to pass on",
}

MODULES = {"import": "import_", "open": "open_"}
"""Modules whose command's name Python keeps for itself."""

LOOK = "look"
"""The module for words that are no command: it has no name on the command line."""

EXIT_CODES: dict[int, str] = {
    0: "done",
    1: "nothing found, or the two are not connected",
    2: "the command, option or key was not usable as given",
    3: "a source could not be read as what it claims to be; nothing was written",
    4: "database trouble: locked past the wait, of another version, or damaged; a limit was passed, or memory ran out",
    5: "the answer could not be written",
    130: "interrupted",
}

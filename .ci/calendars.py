"""Lets vobject and ics read a calendar, and compares what each of them understood with what was meant.

usage: calendars.py CALENDAR.ics MEANT.json

MEANT.json is a list of {"kind", "uid", "sequence", "from", "until", "status", "summary", "description", "url"}; "from" and "until" are
null for work without a date.
"""

import json
import sys
from datetime import datetime, timezone

import ics
import vobject


def instant(at):
    return None if at is None else at.astimezone(timezone.utc).isoformat()


def by_vobject(text):
    calendar = vobject.readOne(text)
    calendar.validate(raiseException=True)
    for kind in ("vevent", "vtodo"):
        for one in getattr(calendar, kind + "_list", []):
            begins, ends = getattr(one, "dtstart", None), getattr(one, "dtend", None)
            yield {
                "kind": kind.upper(),
                "uid": one.uid.value,
                "sequence": int(one.sequence.value),
                "from": instant(begins and begins.value),
                "until": instant(ends and ends.value),
                "status": one.status.value,
                "summary": one.summary.value,
                "description": one.description.value,
                "url": one.url.value,
            }


def by_ics(text):
    calendar = ics.Calendar(text)
    for kind, found in (("VEVENT", calendar.events), ("VTODO", calendar.todos)):
        for one in found:
            extra = {line.name: line.value for line in one.extra}
            ends = one.end if kind == "VEVENT" else one.due
            yield {
                "kind": kind,
                "uid": one.uid,
                "sequence": int(extra["SEQUENCE"]),
                "from": instant(one.begin and one.begin.datetime),
                "until": instant(ends and ends.datetime),
                "status": one.status,
                "summary": one.name,
                "description": one.description,
                "url": one.url,
            }


def main():
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        text = file.read()
    with open(sys.argv[2], encoding="utf-8") as file:
        meant = json.load(file)
    for one in meant:
        for end in ("from", "until"):
            one[end] = one[end] and instant(datetime.fromisoformat(one[end]))
    meant.sort(key=lambda one: one["uid"])
    for name, read in (("vobject", by_vobject), ("ics", by_ics)):
        understood = sorted(read(text), key=lambda one: one["uid"])
        if understood != meant:
            sys.exit(f"{name} understood\n{json.dumps(understood, indent=1)}\nand meant was\n{json.dumps(meant, indent=1)}")
    print(f"{len(meant)} entries, read alike by vobject and ics")


main()

"""Lets dkimpy verify mails, with the name servers' answers given.

usage: signatures.py CASES.json

CASES.json is a list of {"mail", "name", "record"}: the mail as text, where its key stands and the record there. Prints a list of what it
found: true where a signature holds, false where none does.
"""

import json
import sys

import dkim
from nacl.exceptions import CryptoError


def holds(case):
    records = {case["name"].encode() + b".": case["record"].encode()}
    mail = case["mail"].encode("utf-8", "surrogateescape")
    try:
        return dkim.verify(mail, dnsfunc=lambda name, timeout=5: records.get(name if isinstance(name, bytes) else name.encode()))
    except (dkim.DKIMException, CryptoError):
        return False


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        cases = json.load(file)
    print(json.dumps([holds(case) for case in cases]))


main()

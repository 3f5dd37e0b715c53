"""What FORMAT.md says of the header (§3) and of the records (§4): JSON read strictly, members, order, a plan that is whole."""

import datetime
import json
import re


class Bad(Exception):
    """JSON or a record that is not as FORMAT.md has it."""


def refuse(_):
    raise Bad


def integer(digits):
    if not digits.isdecimal() or len(digits) > 20:  # also refuses every minus sign
        raise Bad
    return int(digits)


def members(pairs):
    if len(dict(pairs)) != len(pairs):
        raise Bad
    return dict(pairs)


DECODER = json.JSONDecoder(object_pairs_hook=members, parse_int=integer, parse_float=refuse, parse_constant=refuse)


def strict(raw):
    """The value of a JSON text; `null` and control characters are refused by the checks of the members."""
    try:
        return DECODER.decode(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Bad from None


def of_other_format(raw):
    """Whether a header says of itself, once, that it is of another format; the rest of such a one is read leniently."""
    natural = lambda digits: int(digits[:21]) if digits[0] != "-" else None
    try:
        pairs = json.loads(raw.decode(), object_pairs_hook=list, parse_int=natural, parse_constant=refuse)
    except (ValueError, RecursionError, Bad):
        return False
    if raw.strip()[:1] != b"{" or any(re.search("[\ud800-\udfff]", key) for key, _ in pairs):
        return False
    found = [value for key, value in pairs if key == "format"]
    return len(found) == 1 and type(found[0]) is int and found[0] != 1 and found[0] < 2**64


# A check is a function from a value to a boolean.


def text(value):
    return type(value) is str and not re.search("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", value)


def some_text(value):
    return text(value) and value != ""


def boolean(value):
    return type(value) is bool


def number(least, most):
    return lambda value: type(value) is int and least <= value <= most


def matches(pattern):
    whole = re.compile(pattern, re.ASCII)
    return lambda value: type(value) is str and whole.fullmatch(value) is not None


def one_of(*values):
    return lambda value: type(value) is str and value in values


def array(item, least=0, most=1 << 24):
    return lambda value: type(value) is list and least <= len(value) <= most and all(map(item, value))


def members_of(required, optional=None):
    every = {**required, **(optional or {})}
    return lambda value: (
        type(value) is dict
        and required.keys() <= value.keys() <= every.keys()
        and all(every[key](item) for key, item in value.items())
    )


def figure(value):
    return canonical(value) and value != "-0" and sum(map(str.isdigit, value)) <= 18


def amount(value):
    return figure(value) and value[0] != "-"


def date(value):
    """A day of the calendar of the years 1900–9999."""
    try:
        return day(value) and value >= "1900" and bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False


def rising(values):
    return all(a < b for a, b in zip(values, values[1:]))


def not_falling(values):
    return all(a <= b for a, b in zip(values, values[1:]))


def exact(figure):
    """A figure in millionths."""
    whole, _, part = figure.partition(".")
    return int(whole + part.ljust(6, "0"))


day = matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
canonical = matches(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{0,5}[1-9])?")
created = matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})")
identifier = matches("[a-z0-9-]{1,40}")
digest = matches("[0-9a-f]{64}")
stream = matches("[0-9a-f]{32}")
period = matches("2[0-9]{3}-(0[1-9]|1[0-2])")
media = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n", "application/pdf": b"%PDF-"}
version, length, seq = number(0, 2**32 - 1), number(0, 2**53 - 1), number(1, 2**53 - 1)
small, month = number(0, 255), number(1, 12)

# §3

ATTACHMENT = {"len": length, "sm3": digest, "sha256": digest, "media": one_of(*media)}
ALWAYS = {
    "format": number(1, 1), "kind": text, "hub": identifier, "plan": identifier, "plan_version": version, "stream": stream,
    "created": created, "application": matches("[ -~]{1,64}"),
    "records_len": length, "inflated_len": length, "payload_sm3": digest, "payload_sha256": digest,
}  # fmt: skip
SUCCESSOR = members_of({"keys": matches("[0-9a-f]{194}"), "stream": stream, "signature": matches("[0-9a-f]{256}")})
MORE = {"office": identifier, "seq": seq, "period": period, "stand_in": boolean, "attachments": array(members_of(ATTACHMENT)), "successor": SUCCESSOR}
OPTIONAL = {"prev": digest, "last_receipt": digest, "successor": SUCCESSOR}
HEADERS = {
    kind: members_of({**ALWAYS, **{key: MORE[key] for key in more.split()}}, {key: OPTIONAL[key] for key in optional.split()})
    for kind, more, optional in [
        ("plan", "seq", "prev successor"),
        ("enrolment", "office", ""),
        ("rotation", "office seq successor", "prev"),  # an enrolment that ends a stream
        ("progress", "office seq period stand_in attachments", "prev last_receipt"),
        ("receipt", "office seq", "prev"),
    ]
}


def header_fits(header):
    kind = header.get("kind") if type(header) is dict else None
    if kind == "rotation":
        return False
    kind = "rotation" if kind == "enrolment" and "successor" in header else kind
    fits = type(kind) is str and kind in HEADERS and HEADERS[kind](header)
    return fits and ("prev" in header or header.get("seq", 1) == 1)


# §4

comparator = one_of("reach", "at_least", "above", "about", "at_most", "below")
together, positive = {"comparator": comparator, "value": figure}, {"comparator": comparator, "value": amount}
named = {
    "id": identifier, "section": text, "name": some_text, "clause": some_text, "kind": text, "amount_unit": text,
    "frequency": one_of("monthly", "quarterly", "half_yearly", "yearly"), "since": version,
}  # fmt: skip
flag, no_flag = {"official": boolean, "unit": some_text}, {"official": lambda value: value is False}
stages = array(members_of({"name": some_text}, {"month": month}), 2, 255)
KINDS = {  # what a kind of target has, and may have, beside these
    "count": ({**no_flag, "unit": some_text}, {**positive, "monthly": array(amount, 12, 12)}),
    "stock": ({**no_flag, "unit": some_text}, {**positive, "base": amount}),
    "growth": (flag, together),
    "share": (flag, together),
    "milestone": ({**no_flag, "unit": text, "stages": stages}, {}),
    "statement": ({**no_flag, "unit": text, "deadline": month}, {}),
    "relative": ({**flag, "to": identifier, "comparator": comparator, "tolerance": amount}, {}),
}
TARGETS = {kind: members_of({**named, **must}, {"retired": version, **may}) for kind, (must, may) in KINDS.items()}


def target(value):
    kind = value.get("kind") if type(value) is dict else None
    if type(kind) is not str or kind not in TARGETS or not TARGETS[kind](value):
        return False
    alone = kind != "relative" and ("comparator" in value) != ("value" in value)
    months = [stage["month"] for stage in value.get("stages", []) if "month" in stage]
    ends = kind != "milestone" or "month" in value["stages"][-1]
    monthly = [exact(figure) for figure in value.get("monthly", [])]
    reaches = not monthly or "value" in value and monthly[-1] == exact(value["value"])
    return not alone and ends and reaches and not_falling(months) and not_falling(monthly)


def office(value):
    return OFFICE(value) and len(value["names"]) > 0 and value["names"][-1]["value"] != ""


def assignment(value):
    return ASSIGNMENT(value) and ("office" in value) != ("every" in value)


def plan(value):
    return PLAN(value) and rising([exception["month"] for exception in value["due_exceptions"]])


def entry(value):
    if not ENTRY(value):
        return False
    answers = value.keys() & {"amount", "pair", "rate", "stage", "not_applicable"}
    return len(answers) == 1 or answers == {"rate", "pair"}


def head(value):
    if not HEAD(value):
        return False
    missing = value["missing"]
    apart = all(a[1] < b[0] for a, b in zip(missing, missing[1:]))
    return apart and all(a <= b < value["seq"] for a, b in missing)


def verdict(value):
    return VERDICT(value) and (value["outcome"] == "returned") == ("cells" in value)


office_kind = one_of("street", "town", "zone", "department", "own")
dated = array(members_of({"value": text}, {"since": date}))
assigned_kind = one_of("street", "town", "zone", "department")
pair = array(figure, 2, 2)
FIELDS = ("value current base numerator denominator rate stage not_applicable note problem next_step explanation "
          "evidence").split()  # fmt: skip
PLAN = members_of({
    "hub_name": text, "title": text, "year": number(0, 65_535), "merge_jan_feb": boolean, "first_month": month, "due_day": number(1, 28),
    "due_exceptions": array(members_of({"month": month, "date": date})),
    "lamp_rule": members_of({"count_yellow": figure, "stock_yellow": figure, "growth_yellow": figure, "share_yellow": figure,
                             "stage_yellow": small}),
})  # fmt: skip
OFFICE = members_of({"id": identifier, "kind": office_kind, "names": dated, "codes": dated}, {"retired": date, "origins": array(identifier, 1)})
ASSIGNMENT = members_of({"target": identifier}, {"office": identifier, "every": assigned_kind, "quota": figure})
ENTRY = members_of(
    {"target": identifier},
    {
        "amount": figure, "pair": pair, "rate": figure, "stage": small, "not_applicable": text,
        "note": some_text, "problem": some_text, "next_step": some_text, "explanation": some_text,
        "evidence": array(members_of({"sha256": digest, "len": length, "name": text}), 1),
    },
)  # fmt: skip
HEAD = members_of({"stream": stream, "seq": seq, "header": digest, "missing": array(array(seq, 2, 2))}, {"closed": length})
VERDICT = members_of(
    {"stream": stream, "seq": seq, "header": digest, "period": period,
     "outcome": one_of("accepted", "returned", "pending", "locked", "disputed", "superseded")},
    {"cells": array(members_of({"target": identifier, "reason": text}, {"field": one_of(*FIELDS)}))},
)  # fmt: skip
heading = members_of({"code": text, "title": text})
RECORDS = {
    "plan": plan, "chapter": heading, "section": heading, "target": target, "assignment": assignment,
    "office": office,
    "comparison": members_of({"lesser": identifier, "greater": identifier}),
    "enrolment": members_of({"office_name": text, "contact": text, "telephone": text}),
    "return": members_of({"nil": boolean, "filled_by": text, "checked_by": text, "issued_by": text}), "entry": entry,
    "head": head, "verdict": verdict, "period": members_of({"period": period, "plan_version": version, "stand_in": boolean}),
}  # fmt: skip
TAIL = ["target", "office", "assignment", "comparison", "end"]
FOLLOWS = {  # what may come after a record; "" is the beginning
    "plan": {"": ["plan"], "plan": ["chapter", *TAIL], "chapter": ["chapter", "section", *TAIL],
             "section": ["chapter", "section", *TAIL], **{name: TAIL[at:] for at, name in enumerate(TAIL)}},
    "enrolment": {"": ["enrolment"], "enrolment": ["end"]},
    "progress": {"": ["return"], "return": ["entry", "end"], "entry": ["entry", "end"]},
    "receipt": {"": ["head", "verdict", "period", "end"], "head": ["head", "verdict", "period", "end"],
                "verdict": ["verdict", "period", "end"], "period": ["return"], "return": ["period", "entry", "end"],
                "entry": ["period", "entry", "end"]},
}  # fmt: skip


KEPT = "id code section kind unit official to names retired target office every lesser greater origins".split()


def check_records(lines, header):
    """Checks records in their order, one line at a time; keeps what a plan needs to be held against itself."""
    last, kept, rises = "", {name: [] for name in RECORDS}, {"entry": "", "period": ""}
    attached = {(one["sha256"], one["len"]) for one in header.get("attachments", [])}
    for line in lines:
        record = strict(line) if line[:1] == b"{" and line[-1:] == b"}" else None
        if type(record) is not dict or len(record) != 1:
            raise Bad
        [(name, value)] = record.items()
        if name not in FOLLOWS[header["kind"]][last] or name == "end" or not RECORDS[name](value):
            raise Bad
        if name == "return":
            rises["entry"] = ""
        if name in rises:
            now = value["target" if name == "entry" else "period"]
            if now <= rises[name]:
                raise Bad
            rises[name] = now
        if not {(e["sha256"], e["len"]) for e in value.get("evidence", [])} <= attached:  # nothing is attached to a receipt
            raise Bad
        if header["kind"] == "plan":
            kept[name].append({key: value[key] for key in KEPT if key in value})
        last = name
    if "end" not in FOLLOWS[header["kind"]][last] or not whole(kept):
        raise Bad


def whole(plan):
    targets = {target["id"]: target for target in plan["target"]}
    offices = {office["id"] for office in plan["office"]}
    chapters = {chapter["code"] for chapter in plan["chapter"]}
    sections = {section["code"] for section in plan["section"]}
    present = [office["names"][-1]["value"] for office in plan["office"] if "retired" not in office]
    given = [(one["target"], one.get("office"), one.get("every")) for one in plan["assignment"]]
    like = [(targets.get(one["lesser"]), targets.get(one["greater"])) for one in plan["comparison"]]
    fits = lambda own, origins: len({*origins}) == len(origins) and {*origins} <= offices - {own, "own"}
    follows = {target["id"]: target["to"] for target in plan["target"] if target["kind"] == "relative"}
    return (
        len(targets) == len(plan["target"])
        and len(offices) == len(plan["office"])
        and len(chapters) == len(plan["chapter"])
        and len(sections) == len(plan["section"])
        and len(set(present)) == len(present)
        and len(set(given)) == len(given)
        and ("own" in offices or not plan["plan"])
        and all(fits(office["id"], office.get("origins", [])) for office in plan["office"])
        and all(target["section"] in sections for target in plan["target"])
        and all(to in targets and targets[to]["kind"] in ("growth", "relative") for to in follows.values())
        and all(target in targets and (every or office in offices) for target, office, every in given)
        and all(office == "own" or not targets[target]["official"] for target, office, _ in given)
        and all(a and b and a is not b and (a["kind"], a["unit"]) == (b["kind"], b["unit"]) for a, b in like)
        and all(a["kind"] in ("count", "stock") for a, _ in like)
        and not circular(follows)
    )


def circular(follows):
    walked = {}
    for start in follows:
        at = start
        while at in follows and at not in walked:
            walked[at] = start
            at = follows[at]
        if walked.get(at) == start:
            return True
    return False

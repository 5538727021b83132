"""Judges the figures: reads a journal as `hub export` writes it, and counts it all again in another language.

Takes the name of an office and two dates; prints every figure as JSON. What was planned for desks is left out: that follows from
the calendar and not from the journal. Spreads are [count, median, ninetieth], by the nearest rank.
"""

import json
import sys
from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo


def milliseconds(text):
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return round(moment.timestamp() * 1000)


def seconds(start, end):
    return max(0, (end - start) // 1000)


def spread(numbers):
    if not numbers:
        return None
    ordered = sorted(numbers)
    nearest = lambda tenths: ordered[-(-len(ordered) * tenths // 10) - 1]
    return [len(ordered), nearest(5), nearest(9)]


class Visit:
    def __init__(self, told):
        self.told = told
        self.service = told["service"]
        self.arrived = milliseconds(told["arrived_at"])
        self.overtaken = 0
        # What is over: what it was, from, to, at which desk.
        self.stretches = [
            (one["kind"], milliseconds(one["from"]), milliseconds(one["to"]), one["desk"]) for one in told["periods"]
        ]
        name, inner = next(iter(told["state"].items()))
        if name == "waiting":
            self.now = ("wait", milliseconds(inner["since"]), None)
        elif name == "serving":
            self.now = ("service", milliseconds(inner["since"]), inner["desk"])
        else:
            self.now = (inner["outcome"], None, None)
        self.before = None
        self.passed = []

    def turn(self, at, kind, desk=None):
        what, since, where = self.now
        if since is not None:
            self.stretches.append((what, since, at, where))
        self.now = (kind, at if kind in RUNNING else None, desk)

    def call(self, at, desk, passed):
        before = self.now
        self.turn(at, "way", desk)
        self.before, self.passed = before, passed

    def put_back(self):
        if self.now[0] != "way":
            return []
        self.stretches.pop()
        self.now = self.before
        return self.passed

    def leave(self, at):
        self.put_back()
        before = self.now
        self.turn(at, "left")
        self.before = before

    def stay(self):
        if self.now[0] == "left":
            self.stretches.pop()
            self.now = self.before


RUNNING = {"wait", "way", "service", "parked", "interrupted"}
SERVED = {"done": 0, "not-possible": 1, "documents-missing": 2}
ENDS = {**SERVED, "no-show": 3, "left": 4, "unserved": 5}
OVERRIDES = ["short-matter", "brought-documents", "urgent", "mistake", "note-of-proposal", "other"]
REASONS = [
    "booked-and-due", "waited-past-limit", "fits-gap", "gap-kept", "first-in-line", "booked-early", "within-bound",
    "end-of-day", "parked-here", "direct", "remote-due",
]
WEIGHED = {"due": 0, "early": 5, "in-turn": 18}
FATES = {"citizen": 2, "staff": 3, "office": 4, "lateness": 5}


def reason_number(reason):
    name = reason if isinstance(reason, str) else next(iter(reason))
    if name == "out-of-order":
        return len(REASONS) + OVERRIDES.index(reason[name]["because"])
    if name == "in-turn":
        return 17
    if name == "weighed":
        return WEIGHED[next(iter(reason[name]["right"]))]
    return REASONS.index(name)


class Group:
    def __init__(self):
        self.visits = self.overtaken = 0
        self.ends = [0] * len(ENDS)
        self.times = {"wait": [], "way": [], "service": [], "behind": []}

    def said(self):
        return [self.visits, *self.ends, self.overtaken, *(spread(self.times[kind]) for kind in self.times)]


class Bookings:
    def __init__(self):
        self.booked = self.moved = 0
        self.fates, self.by, self.leads = {}, {}, []

    def said(self):
        return [self.booked, self.fates, self.by, self.moved, spread(self.leads)]


class Count:
    def __init__(self, first, last):
        self.first, self.last = first, last
        self.groups, self.bookings = {}, {}
        self.desks, self.weekdays, self.passed = {}, {}, {}

    def visit(self, day, visit, zone):
        what = visit.now[0]
        if what not in ENDS:
            return
        by_kind = {}
        for kind, start, end, _ in visit.stretches:
            by_kind.setdefault(kind, []).append(seconds(start, end))
        at_desk = [one for one in visit.stretches if one[0] in ("way", "service")]
        served = [one for one in visit.stretches if one[0] == "service"]
        times = {kind: sum(by_kind[kind]) for kind in ("way", "service") if kind in by_kind}
        if at_desk and "wait" in by_kind:
            times["wait"] = sum(by_kind["wait"])
        origin = visit.told["origin"]
        if isinstance(origin, dict):
            booked = origin["booked"]
            way_in = 0 if booked["channel"] == "in-person" else 1
            if at_desk:
                times["behind"] = seconds(max(milliseconds(booked["start"]), visit.arrived), at_desk[0][1])
        else:
            way_in = {"walk-in": 2, "direct": 3, "paper": 4}[origin]
        local = datetime.fromtimestamp(visit.arrived / 1000, timezone.utc).astimezone(zone)
        keys = [
            ("all", ""), ("by_hour", local.hour), ("by_weekday", day.weekday()), ("by_service", visit.service),
            ("by_way_in", way_in),
        ]
        if served and served[-1][3] is not None:
            keys.append(("by_desk", served[-1][3]))
        for key in keys:
            group = self.groups.setdefault(key, Group())
            group.visits += 1
            group.overtaken += visit.overtaken
            group.ends[ENDS[what]] += 1
            for kind, length in times.items():
                group.times[kind].append(length)

    def booking(self, day, booking):
        for key in ("", booking["service"]):
            group = self.bookings.setdefault(key, Bookings())
            group.booked += 1
            group.moved += booking["moved"]
            group.fates[booking["fate"]] = group.fates.get(booking["fate"], 0) + 1
            group.by[booking["by"]] = group.by.get(booking["by"], 0) + 1
            if booking["made"] is not None:
                group.leads.append(seconds(booking["made"], booking["start"]) // 60)
        if booking["fate"] in (0, 1, 7):
            self.weekdays.setdefault(day.weekday(), [0, 0, 0])[1] += booking["minutes"] * 60

    def desk(self, day, desk, which, length):
        self.desks.setdefault(desk, [0, 0])[which] += length
        self.weekdays.setdefault(day.weekday(), [0, 0, 0])[2 * which] += length

    def said(self):
        tables = {name: {} for name in ("by_hour", "by_weekday", "by_service", "by_way_in", "by_desk")}
        for (table, key), group in self.groups.items():
            if table != "all":
                tables[table][key] = group.said()
        return {
            "all": self.groups.get(("all", ""), Group()).said(),
            **tables,
            "bookings": self.bookings.get("", Bookings()).said(),
            "bookings_by_service": {key: group.said() for key, group in self.bookings.items() if key != ""},
            "desks": {desk: times for desk, times in self.desks.items() if any(times)},
            "weekdays": {day: times for day, times in self.weekdays.items() if any(times)},
            "overtakings": self.passed,
        }


class Office:
    def __init__(self, count):
        self.count = count
        self.zone, self.day, self.counted = timezone.utc, None, None
        self.visits, self.bookings, self.spans, self.calls = {}, {}, [], []

    def take(self, at, name, told):
        method = getattr(self, "on_" + name.replace("-", "_"), None)
        if method:
            method(at, told)

    def on_configured(self, _, config):
        self.zone = ZoneInfo(config["zone"])

    def on_day_opened(self, _, told):
        self.day = date.fromisoformat(told["date"])

    def on_day_closed(self, at, told):
        until = date.fromisoformat(told["date"])
        if self.day is not None and self.count.first <= self.day <= self.count.last:
            self.count_day(at, until)
        self.day = None
        self.visits, self.spans, self.calls = {}, [], []
        self.counted = until if self.counted is None else max(until, self.counted)

    def count_day(self, at, until):
        for visit in self.visits.values():
            self.count.visit(self.day, visit, self.zone)
            for kind, start, end, desk in visit.stretches:
                if kind == "service" and desk is not None:
                    self.count.desk(self.day, desk, 1, seconds(start, end))
        for booking in self.bookings.values():
            local = datetime.fromtimestamp(booking["start"] / 1000, timezone.utc).astimezone(self.zone).date()
            if local <= until and (self.counted is None or local > self.counted) and booking["fate"] is not None:
                self.count.booking(self.day, booking)
        for desk, start, end in self.spans:
            self.count.desk(self.day, desk, 0, seconds(start, at if end is None else end))
        for _, number, passed in self.calls:
            calls = self.count.passed.setdefault(number, [0, 0])
            calls[0] += 1
            calls[1] += passed

    # Desks: when they were open, without breaks.

    def on_desk_opened(self, at, told):
        if self.day is not None:
            self.spans.append([told["desk"], at, None])

    on_break_ended = on_desk_opened

    def on_desk_closed(self, at, told):
        for span in reversed(self.spans):
            if span[0] == told["desk"] and span[2] is None:
                span[2] = at
                return

    on_break_started = on_desk_closed

    # Visits.

    def begin(self, _, told):
        self.visits[told["id"]] = Visit(told)

    on_ticket_taken = on_came_directly = on_paper_entered = begin

    def on_checked_in(self, at, told):
        self.begin(at, told)
        booking = self.bookings.get(told["origin"]["booked"]["booking"])
        if booking and booking["fate"] is not None:
            booking["fate"] = 0

    def on_called(self, at, told):
        self.visits[told["visit"]].call(at, told["desk"], told["overtook"])
        for passed in told["overtook"]:
            if passed in self.visits:
                self.visits[passed].overtaken += 1
        if told["overtook"]:
            self.calls.append((told["visit"], reason_number(told["reason"]), len(told["overtook"])))

    def on_put_back(self, _, told):
        passed = self.visits[told["visit"]].put_back()
        for one in passed:
            if one in self.visits:
                self.visits[one].overtaken -= 1
        if passed:
            last = max(at for at, call in enumerate(self.calls) if call[0] == told["visit"])
            del self.calls[last]

    def on_appeared(self, at, told):
        visit = self.visits[told["visit"]]
        if visit.now[0] == "way":
            visit.turn(at, "service", visit.now[2])

    def on_no_show(self, at, told):
        self.visits[told["visit"]].turn(at, "no-show")

    def on_parked(self, at, told):
        self.visits[told["visit"]].turn(at, "parked", told["desk"])

    on_attempt_failed = on_parked

    def on_interrupted(self, at, told):
        self.visits[told["visit"]].turn(at, "interrupted", told["desk"])

    def on_transferred(self, at, told):
        visit = self.visits[told["visit"]]
        visit.service = told["to"].get("service", visit.service)
        visit.turn(at, "wait")

    def on_came_back(self, at, told):
        self.visits[told["visit"]].turn(at, "wait")

    def on_ranked(self, at, told):
        visit = self.visits[told["visit"]]
        if told["because"] == "target-closed" and visit.now[0] == "parked":
            visit.turn(at, "wait")

    def on_finished(self, at, told):
        self.visits[told["visit"]].turn(at, told["outcome"])

    def on_unserved(self, at, told):
        self.visits[told["visit"]].turn(at, "unserved")

    def on_left(self, at, told):
        self.visits[told["visit"]].leave(at)

    def on_left_undone(self, _, told):
        self.visits[told["visit"]].stay()

    def on_booking_found(self, _, told):
        visit, booking = self.visits[told["visit"]], self.bookings[told["booking"]]
        visit.service = booking["service"]
        visit.told["origin"] = {
            "booked": {"booking": told["booking"], "start": booking["text"], "channel": booking["channel"]}
        }
        booking["fate"] = 0

    def on_served_on_paper(self, _, told):
        start, end = milliseconds(told["from"]), milliseconds(told["to"])
        visit = self.visits[told["visit"]]
        visit.stretches = [("wait", visit.arrived, start, None), ("service", start, end, told["desk"])]
        visit.now = (told["outcome"], None, None)

    # Bookings.

    def promise(self, number, promise, made, fate):
        audience = promise["audience"]
        by = 1 if isinstance(audience, dict) else {"public": 0, "internal": 2}[audience]
        self.bookings[number] = {
            "service": promise["service"], "start": milliseconds(promise["start"]), "minutes": promise["minutes"],
            "by": by, "made": made, "fate": fate, "moved": 0, "text": promise["start"], "channel": promise["channel"],
        }

    def on_held(self, _, told):
        self.promise(told["booking"], told["promise"], None, None)

    def on_confirmed(self, at, told):
        if told["booking"] in self.bookings:
            self.bookings[told["booking"]].update(made=at, fate=7)

    def on_booked(self, at, told):
        self.promise(told["id"], told["promise"], at, 7)

    def on_moved(self, _, told):
        booking = self.bookings.get(told["booking"])
        if booking:
            audience = told["audience"]
            by = 1 if isinstance(audience, dict) else {"public": 0, "internal": 2}[audience]
            booking.update(start=milliseconds(told["to"]), text=told["to"], minutes=told["minutes"], by=by, moved=1)

    def on_chosen_anew(self, _, told):
        booking = self.bookings.get(told["booking"])
        if booking:
            booking.update(
                start=milliseconds(told["to"]), text=told["to"], minutes=told["minutes"], by=2, moved=1, fate=7
            )

    def end(self, number, fate):
        booking = self.bookings.get(number)
        if booking and booking["fate"] is not None:
            booking["fate"] = fate

    def on_cancelled(self, _, told):
        self.end(told["booking"], FATES[told["by"]])

    def on_voided(self, _, told):
        self.end(told["booking"], 6)

    def on_missed(self, _, told):
        self.end(told["booking"], 1)


def main(office, first, last):
    count = Count(date.fromisoformat(first), date.fromisoformat(last))
    judged = Office(count)
    for line in sys.stdin:
        told = json.loads(line)
        if told["office"] != office:
            continue
        name, inner = next(iter(told["event"].items()))
        judged.take(told["at"], name, inner)
    print(json.dumps(count.said(), sort_keys=True))


main(*sys.argv[1:])

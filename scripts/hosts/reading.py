"""Turns what `observe` printed into the rows of the table."""

import json
from dataclasses import dataclass, field

from hosts import FACTS

# Where nothing limits it, who else is busy decides whether it looks limited.
BY_CHANCE = ("cpu:burn",)

COLUMNS = ("user", "profile", "outcome", "short", "mechanisms", "inside", "verified")


@dataclass
class Attempt:
    """One command of the product: how it ended, what it printed and its messages."""

    user: str
    what: str
    profile: str
    status: int
    millis: int
    output: list = field(default_factory=list)
    messages: list = field(default_factory=list)

    def json(self):
        try:
            return json.loads("\n".join(self.output))
        except ValueError:
            return None


@dataclass
class Observation:
    attempts: list
    finished: set

    def of(self, user, what, profile):
        for attempt in self.attempts:
            if (attempt.user, attempt.what, attempt.profile) == (user, what, profile):
                return attempt
        return None


def read(text):
    """Reads the stream of one host. Lines that are not of it, from a kernel or a shell, are passed over."""
    attempts, finished = [], set()
    for line in text.splitlines():
        words = line.split(" ")
        if words[0] == "@" and words[2:] == ["end"]:
            finished.add(words[1])
        elif words[0] == "@" and len(words) == 6:
            attempts.append(Attempt(words[1], words[2], words[3], int(words[4]), int(words[5])))
        elif words[0] in ("1", "2") and attempts:
            (attempts[-1].output if words[0] == "1" else attempts[-1].messages).append(line[2:])
    return Observation(attempts, finished)


def facts(observation, user):
    """What the host offers to this user, as one row."""
    doctor = observation.of(user, "doctor", FACTS)
    report = doctor.json() if doctor else None
    if report is None:
        return (user, FACTS, _failure(doctor), "", "", "", "")
    offered = [_offer(fact) for fact in report["facts"] if fact["available"]]
    return (user, FACTS, "facts", "", " ".join(offered), "", "")


# Where somebody's subordinate ids begin is by chance.
def _offer(fact):
    tells = fact["value"] and not fact["name"].startswith("subordinate.")
    return f"{fact['name']}={fact['value']}" if tells else fact["name"]


def rows(observation, users, profiles):
    """The table of one host, with a row of facts where those were asked for."""
    return [
        facts(observation, user) if profile == FACTS else _row(observation, user, profile)
        for user in users
        for profile in profiles
    ]


def _row(observation, user, profile):
    explain = observation.of(user, "explain", profile)
    apply = observation.of(user, "apply", profile)
    report = explain.json() if explain else None
    guarantees = report["guarantees"] if report else []
    return (
        user,
        profile,
        _outcome(apply, guarantees),
        _shortfalls(guarantees),
        " ".join(f"{g['guarantee']}={_mechanisms(g)}" for g in guarantees if g.get("mechanism")),
        " ".join(apply.output) if apply else "",
        _verified(observation.of(user, "verify", profile)),
    )


def _mechanisms(guarantee):
    return "+".join([guarantee["mechanism"]["id"]] + [one["id"] for one in guarantee["reinforcements"]])


def _outcome(apply, guarantees):
    if apply is None:
        return "missing"
    if apply.status == 0:
        return "warns" if any(not g["satisfied"] for g in guarantees) else "runs"
    if apply.status == 125 and any(g["refuses"] for g in guarantees):
        return "refuses"
    return _failure(apply)


def _failure(attempt):
    if attempt is None:
        return "missing"
    messages = [line.removeprefix("hexe-policy: ") for line in attempt.messages if ": warning: " not in line]
    return f"fails {attempt.status}: {messages[0] if messages else 'without a message'}"


def _shortfalls(guarantees):
    """What is less than full, by strength and reason: `partial! files,tmp (reason)`, with `!` where that refuses."""
    groups = {}
    for guarantee in guarantees:
        if guarantee["strength"] != "full":
            # of several rejections, the first is that of the strongest mechanism
            reasons = [rejection["reason"] for rejection in guarantee["rejections"][:1]]
            key = guarantee["strength"] + ("!" if guarantee["refuses"] else ""), "".join(f" ({reason})" for reason in reasons)
            groups.setdefault(key, []).append(guarantee["guarantee"])
    return "; ".join(f"{strength} {','.join(names)}{reason}" for (strength, reason), names in groups.items())


def _verified(verify):
    """What verify found: `holds` or what breaks, and what it knows to be open."""
    report = verify.json() if verify else None
    if report is None:
        return "-" if verify is None or "cannot be enforced" in "".join(verify.messages) else _failure(verify)
    broken = _judged(report, "broken")
    left_open = [act for act in _judged(report, "left-open") if act not in BY_CHANCE]
    words = [f"breaks {' '.join(broken)}" if broken else "holds"]
    return "; ".join(words + [f"open {' '.join(left_open)}" for _ in left_open[:1]])


# Paths and process ids differ from run to run.
def _judged(report, judgement):
    return sorted({f"{act['guarantee']}:{act['act'].split(' ')[0]}" for act in report["acts"] if act["judgement"] == judgement})


def complaints(observation, users):
    """What is wrong whatever the host: disagreement, silence and crashes."""
    found = []
    for user in users:
        if user not in observation.finished:
            found.append(f"{user}: the observation did not reach its end")
        for attempt in observation.attempts:
            if attempt.user == user:
                found += [f"{user} {attempt.what} {attempt.profile}: {text}" for text in _wrong(observation, attempt)]
    return found


def _wrong(observation, attempt):
    if any("Exception" in line or "\tat " in line for line in attempt.messages):
        yield "a stack trace: " + attempt.messages[0]
    if attempt.status == 125 and not any("help:" in line or "fix:" in line for line in attempt.messages):
        yield "does not say what to do: " + " / ".join(attempt.messages[:1])
    if attempt.what == "verify":
        report = attempt.json()
        for act in report["acts"] if report else []:
            if act["judgement"] == "broken":
                yield f"{act['guarantee']} by {act.get('mechanism')}: {act['act']} should be {act['expected']} and is {act['seen']} {act['evidence']}"
        apply = observation.of(attempt.user, "apply", attempt.profile)
        if report is None and (attempt.status != 125 or (apply and apply.status == 0)):
            yield f"exits with {attempt.status}: " + " / ".join(attempt.messages[-1:])
    if attempt.what in ("doctor", "explain") and attempt.status not in (0, 125):
        yield f"exits with {attempt.status}: " + " / ".join(attempt.messages[-1:])
    if attempt.what == "doctor" and attempt.status == 0:
        yield from _unexplained(attempt.json())
    if attempt.what != "apply":
        return
    explain = observation.of(attempt.user, "explain", attempt.profile)
    report = explain.json() if explain else None
    if report is None:
        if attempt.status == 0:
            yield "runs although explain fails"
        return
    refuses = any(guarantee["refuses"] for guarantee in report["guarantees"])
    if refuses and attempt.status != 125:
        yield f"explain says that it refuses, apply exits with {attempt.status}"
    if not refuses and attempt.status == 125:
        yield "explain says that it runs, apply says: " + " / ".join(attempt.messages[-2:])
    if refuses and not any("because:" in line or " no " in line for line in attempt.messages):
        yield "refuses without a reason"
    if refuses and not any("fix:" in line for line in attempt.messages):
        yield "refuses without a fix"


def _unexplained(report):
    for fact in report["facts"] if report else []:
        if not fact["available"] and not fact["reason"]:
            yield f"{fact['name']} is missing without a reason"


def broken_promises(stream):
    """The lines of TAP that say that something did not hold; one of our own where the tests did not come to their end."""
    lines = stream.splitlines()
    broken = [line for line in lines if line.startswith("not ok")]
    if not any(line.startswith("1..") for line in lines):
        broken.append("the tests did not come to their end")
    return broken

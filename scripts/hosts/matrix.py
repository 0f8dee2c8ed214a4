#!/usr/bin/env python3
"""Runs the product on kinds of hosts that differ and compares what it says and does with the table in the repository.

usage: scripts/hosts-matrix [OPTION]… [--only NAME]…

  --brief      for one user and two profiles only
  --quick      the same, and only on this machine, made poorer in place
  --only NAME  this host; may be given again, and may be a pattern as in '6.12*'
  --profile P  this profile alone, of those that a host tries; may be given again; `-` is what the host offers
  --fresh      also what was finished before with this build of the product
  --guests N   so many at the same time, each with 2 GB of memory; 1 where nothing is said
  --bless      write what is found into the table
  --list       name the hosts
  --tap FILE   also write what became of each host, for other programs
  --product D  try the distribution in D instead of cli/target/dist
  --table      write the headline table into docs/hosts.md
"""

import argparse
import concurrent.futures
import fnmatch
import pathlib
import signal
import sys
import time

import headline
import reading
from hosts import EVERYTHING, HOSTS
from observing import Observer

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
GOLDEN = ROOT / "conformance-tests/src/test/hosts"


def main():
    options = _options()
    hosts = _chosen(options)
    if options.list:
        for host in hosts:
            print(f"{host.name:<22}{'in place' if host.in_place else 'guest':<10}{host.title}")
        return 0
    if options.table:
        headline.write(ROOT / "docs/hosts.md", HOSTS, _golden)
        return 0
    if not (options.product / "bin/hexe-policy").exists():
        sys.exit(f"hexe-policy: there is no build in {options.product}\n  help: run ./verify, or ./hexe-policy once")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    return Matrix(options).run(hosts)


def _options():
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1].split("\n")[0], add_help=True,
                                     description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("brief", "quick", "fresh", "bless", "list", "table"):
        parser.add_argument(f"--{name}", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--product", type=pathlib.Path, default=ROOT / "cli/target/dist", help=argparse.SUPPRESS)
    parser.add_argument("--tap", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--guests", type=int, default=1, choices=range(1, 17), help=argparse.SUPPRESS)
    parser.add_argument("--only", action="append", default=[], help=argparse.SUPPRESS)
    parser.add_argument("--profile", action="append", choices=EVERYTHING, default=[], help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.brief |= options.quick
    return options


def _chosen(options):
    hosts = [host for host in HOSTS if host.in_place or not options.quick]
    if options.only:
        hosts = [host for host in hosts if any(fnmatch.fnmatch(host.name, pattern) for pattern in options.only)]
        if not hosts:
            sys.exit(f"hexe-policy: no host is called {' or '.join(options.only)}\n  help: --list names them")
    return hosts


def _golden(host):
    """The rows of a host in the repository; none where there is no file."""
    file = GOLDEN / f"{host.name}.tsv"
    lines = file.read_text().splitlines() if file.exists() else []
    return [tuple(line.split("\t")) for line in lines if not line.startswith("#")][1:]


def _write_golden(host, rows):
    """Writes these rows; others of the host stay, as long as they are of a user and a profile that it has."""
    known = {row[:2]: row for row in _golden(host)} | {row[:2]: row for row in rows}
    kept = [known[user, profile] for user in host.users for profile in host.profiles if (user, profile) in known]
    lines = [f"# {host.title}", "\t".join(reading.COLUMNS)] + ["\t".join(row) for row in kept]
    GOLDEN.mkdir(parents=True, exist_ok=True)
    (GOLDEN / f"{host.name}.tsv").write_text("\n".join(lines) + "\n")


class Matrix:
    """One run over some hosts."""

    def __init__(self, options):
        self.bless = options.bless
        self.tap = options.tap
        self.guests = options.guests
        self.lines = []
        self.number = 0
        self.started = time.monotonic()
        self.like = None
        self.counts = {"passed": 0, "failed": 0, "skipped": 0}
        self.observer = Observer(options, self._say)

    def run(self, hosts):
        in_place = [host for host in hosts if host.in_place]
        # tells whether the table of the others fits
        if in_place and HOSTS[0] not in in_place:
            in_place.insert(0, HOSTS[0])
        guests = [host for host in hosts if not host.in_place]
        self.number = len(in_place) + len(guests)
        with self.observer:
            for some, together in ((in_place, 2), (guests, self.guests)):
                self._run(some, together)
        if self.tap:
            self.tap.parent.mkdir(parents=True, exist_ok=True)
            self.tap.write_text("".join(f"{line}\n" for line in self.lines + [f"1..{len(self.lines)}"]))
        print(", ".join(f"{number} {word}" for word, number in self.counts.items()))
        return 0 if self.counts["failed"] == 0 and self.counts["passed"] else 1

    def _run(self, hosts, together):
        with concurrent.futures.ThreadPoolExecutor(together) as pool:
            running = {pool.submit(self.observer.observe, host): host for host in hosts}
            try:
                # the first of the hosts in place tells about the others
                for done in running if self.like is None else concurrent.futures.as_completed(running):
                    self._judge(running[done], *done.result())
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                self.observer.stop()
                raise

    def _judge(self, host, stream, reason, seconds):
        if reason:
            self._report(host, "skipped", seconds, [reason])
            return
        if host.prints_tap:
            wrong = reading.broken_promises(stream)
            self._report(host, "failed" if wrong else "passed", seconds, wrong)
            return
        observation, users = reading.read(stream), self.observer.users(host)
        rows = reading.rows(observation, users, self.observer.profiles(host))
        wrong = reading.complaints(observation, users)
        if self.bless:
            _write_golden(host, rows)
        self._tell_of_new_rows(host, rows)
        if not host.in_place or self._like_the_tables_machine(rows):
            wrong += _differences(rows, _golden(host))
        self._report(host, "failed" if wrong else "passed", seconds, wrong)

    def _tell_of_new_rows(self, host, rows):
        known = {row[:2] for row in _golden(host)}
        new = [f"{row[0]} {row[1]}" for row in rows if row[:2] not in known]
        if known and new:
            self._say(f"{host.name}: only checked for sense, the table has no {', '.join(new)}; --bless writes them")

    def _like_the_tables_machine(self, rows):
        """Hosts in place inherit from this machine: the table holds where this machine offers what that of the table did."""
        if self.like is None:
            found = {row[0]: row for row in rows if row[2] == "facts"}
            expected = {row[0]: row for row in _golden(HOSTS[0]) if row[2] == "facts"}
            self.like = self.bless or all(expected.get(user) == row for user, row in found.items())
            if not self.like:
                self._say("this machine offers other things than the one of the table: hosts in place are only checked for sense")
        return self.like

    def _report(self, host, word, seconds, details):
        self.counts[word] += 1
        took = f"{seconds:.0f} s" if seconds else "finished before"
        self._say(f"{host.name}: {word} ({took}), {sum(self.counts.values())} of {self.number}")
        for detail in details:
            print(f"    {detail}", flush=True)
        self._keep(f"host {host.name}: {host.title}", word, details)

    def _keep(self, name, word, details):
        number = len(self.lines) + 1
        if word == "skipped":
            self.lines.append(f"ok {number} - {name} # SKIP {details[0]}")
        elif word == "failed":
            self.lines.append(f"not ok {number} - {name}: " + "; ".join(details[:3]))
        else:
            self.lines.append(f"ok {number} - {name}")

    def _say(self, text):
        elapsed = int(time.monotonic() - self.started)
        print(f"[{elapsed // 60}:{elapsed % 60:02}] {text}", flush=True)


def _differences(rows, golden):
    if not golden:
        return ["there is no table of it; --bless writes one"]
    expected = {row[:2]: row for row in golden}
    found = []
    for row in rows:
        # a row that was never written is checked for sense alone
        before = expected.get(row[:2], row)
        for column, old, new in zip(reading.COLUMNS, before, row):
            if old != new:
                found.append(f"{row[0]} {row[1]} {column}: was `{old}`, is `{new}`")
    return found


if __name__ == "__main__":
    sys.exit(main())

"""Makes hosts and runs `observe` on them. What a finished host printed is kept, for this build of the product."""

import hashlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

import reading
import small_program

HERE = pathlib.Path(__file__).resolve().parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "hexe-policy/hosts"
TESTS = HERE.parent.parent / "conformance-tests/src/test"
NETWORK = TESTS / "network"
REQUEST = TESTS / "java/dev/hexe/policy/cli/Request.java"
CANNOT_BE_MADE = 77
SECONDS_IN_PLACE, SECONDS_IN_GUEST, SECONDS_OF_CLIENTS = 900, 3600, 10800
SECONDS_OF_SILENCE = 20
MAKERS = {True: ("observe", "in-place", "poor-host.c"), False: ("observe", "job", "limits-tests.sh", "network-tests.sh", "guest-init", "Resident.java", REQUEST, "resident-java", "cross-build", "small_program.py")}


class Observer:
    """Observes hosts with one build of the product. To be used in a `with` statement."""

    def __init__(self, options, say):
        self.product = options.product.resolve()
        self.brief = options.brief
        self.fresh = options.fresh
        self.only_profiles = options.profile
        self.say = say
        self.results = CACHE / "results" / _digest(_parts(self.product))
        self.disks = {}
        self.preparing = threading.Lock()
        self.running = set()
        self.stopped = False

    def __enter__(self):
        self.results.mkdir(parents=True, exist_ok=True)
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="hexe-hosts."))
        self.work.chmod(0o755)
        subprocess.run(["gcc", "-O2", "-Wall", "-Wextra", "-o", self.work / "poor-host", HERE / "poor-host.c"], check=True)
        return self

    def __exit__(self, *exception):
        shutil.rmtree(self.work, ignore_errors=True)

    def stop(self):
        """Ends what is running, from another thread, and starts nothing more."""
        self.stopped = True
        for process in list(self.running):
            _stop(process)

    def users(self, host):
        return tuple(user for user in host.users if user == "user" or not self.brief)

    def profiles(self, host):
        profiles = host.brief_profiles if self.brief else host.profiles
        return tuple(profile for profile in profiles if not self.only_profiles or profile in self.only_profiles)

    def observe(self, host):
        """What a host printed, or the reason why it could not be made, and the seconds it took."""
        kept = self._kept(host)
        if kept.exists() and not self.fresh:
            return kept.read_text(), "", 0.0
        start = time.monotonic()
        self.say(f"{host.name}: {host.title}")
        stream, reason = self._in_place(host) if host.in_place else self._guest(host)
        if not reason and self._is_whole(host, stream):
            kept.write_text(stream)
        return stream, reason, time.monotonic() - start

    def _is_whole(self, host, stream):
        if host.prints_tap:
            return not reading.broken_promises(stream)
        return set(self.users(host)) <= reading.read(stream).finished

    def _kept(self, host):
        made_by = [repr(host).encode(), " ".join(self.profiles(host)).encode(), *((HERE / name).read_bytes() for name in MAKERS[host.in_place])]
        if host.mode == "network":
            made_by += [file.read_bytes() for file in sorted(NETWORK.glob("*.py"))]
        return self.results / f"{host.name}.{'brief' if self.brief else 'whole'}.{_digest(made_by)}"

    def _in_place(self, host):
        streams = []
        for user in self.users(host):
            scratch = self.work / f"{host.name}.{user}"
            scratch.mkdir(mode=0o755)
            stream, messages, status = self._call(host, SECONDS_IN_PLACE, [
                HERE / "in-place", host.name, user, scratch, self.product, self.work / "poor-host", *self.profiles(host)])
            if status == CANNOT_BE_MADE:
                return "", messages.strip()
            streams.append(stream)
        return "".join(streams), ""

    def _guest(self, host):
        if os.geteuid() != 0:
            return "", "guests take root, to make their root image"
        cache = CACHE / "arm64" if host.arm64 else CACHE
        with self.preparing:
            if host.arm64 not in self.disks:
                self.disks[host.arm64] = self._prepare_arm64(cache) if host.arm64 else self._prepare_guests()
            if host.image == "clients":
                subprocess.run([HERE / "fetch", CACHE, host.image], stdout=sys.stderr, check=True)
        job = self.work / host.name
        job.mkdir()
        for file in [HERE / name for name in ("observe", "job", "limits-tests.sh", "network-tests.sh")] + sorted(NETWORK.glob("*.py")):
            shutil.copy(file, job)
        if host.arm64:
            small_program.write(job / "small")
        (job / "run").write_text(f"#!/bin/sh\n{self._errand(host)}\n")
        (job / "run").chmod(0o755)
        stream, _, _ = self._call(host, SECONDS_OF_CLIENTS if host.mode == "network" else SECONDS_IN_GUEST, [
            HERE / "guest", f"--append={host.append}", f"--cgroups={host.cgroups}",
            *(["--systemd"] if host.mode in ("session", "scope", "limits-session", "limits-system") else []),
            f"--image={host.image}", *(["--initramfs"] if host.mode == "initramfs" else []),
            f"--product={self.disks[host.arm64]}:{self.product}", f"--console={self.results / host.name}.console",
            cache / "kernels" / host.kernel, job])
        return stream, ""

    def _errand(self, host):
        """What a guest does, as a line of shell."""
        if host.mode == "network":
            return f"exec sh /run/job/network-tests.sh '{self.product}' '{' '.join(self.users(host))}' {'brief' if self.brief else 'whole'}"
        if host.prints_tap:
            return (f"mkdir -p /tmp/scratch && chmod 777 /tmp/scratch && exec sh /run/job/limits-tests.sh"
                    f" {host.mode.removeprefix('limits-')} '{self.product}' /tmp/scratch")
        first = "export RESIDENT_FIRST=yes; " if self.brief else ""
        return (f"{first}exec sh /run/job/job {host.mode} '{self.product}'"
                f" '{' '.join(self.users(host))}' '{' '.join(self.profiles(host))}'")

    def _prepare_guests(self):
        subprocess.run([HERE / "fetch", CACHE], stdout=sys.stderr, check=True)
        tree = self._start_disk(CACHE, self.product)
        shutil.copytree(os.environ["JAVA_HOME"], tree / "jvm", ignore_dangling_symlinks=True,
                        ignore=shutil.ignore_patterns("jmods", "src.zip", "ct.sym", "demo", "man", "include", "docs"))
        return self._finish_disk(tree, self.work / "disk.ext4")

    def _prepare_arm64(self, cache):
        """The root image has a Java of its own there."""
        subprocess.run([HERE / "fetch-arm64", cache], stdout=sys.stderr, check=True)
        product = self.work / "arm64"
        subprocess.run([HERE / "cross-build", cache, self.product, product], stdout=sys.stderr, check=True)
        return self._finish_disk(self._start_disk(cache, product), self.work / "arm64.ext4")

    def _start_disk(self, cache, product):
        for kernel in (cache / "kernels").iterdir():
            subprocess.run([HERE / "mkinitrd", kernel, kernel / "initrd"], check=True)
        tree = self.work / "disk"
        shutil.copytree(product, tree / "dist")
        return tree

    def _finish_disk(self, tree, disk):
        resident = tree / "dist/resident"
        resident.mkdir()
        shutil.copy(HERE / "resident-java", resident)
        subprocess.run([pathlib.Path(os.environ["JAVA_HOME"]) / "bin/javac", "-nowarn", "-proc:none", "-cp",
                        self.product / "lib/*", "-sourcepath", TESTS / "java", "-d", resident, HERE / "Resident.java"], check=True)
        subprocess.run(["mke2fs", "-q", "-F", "-t", "ext4", "-d", tree, disk, "800M"], stdout=subprocess.DEVNULL, check=True)
        shutil.rmtree(tree)
        return disk

    def _call(self, host, seconds, command):
        """Runs a command whose output can be watched in a file. Returns that, its messages and its status."""
        output, errors = self.results / f"{host.name}.partial", self.results / f"{host.name}.messages"
        with output.open("w") as stream, errors.open("w") as messages:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stream, stderr=messages,
                                       start_new_session=True)
            self.running.add(process)
            if self.stopped:
                _stop(process)
            if not self._wait(host, process, output, seconds):
                messages.write(f"took longer than {seconds} s\n")
            _stop(process)
            self.running.discard(process)
        text = output.read_text(errors="replace")
        output.unlink()
        return text, errors.read_text(errors="replace"), process.wait()

    def _wait(self, host, process, output, seconds):
        """Waits for the end, and says now and then how far it is. Whether the end came."""
        end, told = time.monotonic() + seconds, None
        while time.monotonic() < end:
            try:
                process.wait(SECONDS_OF_SILENCE)
                return True
            except subprocess.TimeoutExpired:
                last = _last_done(output)
                self.say(f"{host.name}: {last}" + (" still" if last == told else ""))
                told = last
        return False


def _last_done(output):
    """What a host has come to: how much was tried, and what last."""
    done = [line for line in output.read_text(errors="replace").splitlines() if line.startswith(("@ ", "ok ", "not ok "))]
    if not done:
        return "starting"
    words = done[-1].split(" ")
    return f"{len(done)} tried, last {' '.join(words[1:4]) if words[0] == '@' else done[-1]}"


def _stop(process):
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)


def _parts(product):
    """The content of a distribution but for the archive of classes, which is another one in each build."""
    for file in sorted(product.rglob("*")):
        if file.is_file() and file.suffix != ".jsa" and file.name != "built":
            yield file.name.encode() + file.read_bytes()


def _digest(parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:12]

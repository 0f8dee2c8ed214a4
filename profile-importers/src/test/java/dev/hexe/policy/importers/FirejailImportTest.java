package dev.hexe.policy.importers;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hexe.policy.importers.report.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles of firejail. */
class FirejailImportTest {
  private static Imports profile(String text) {
    return Imports.of(Kind.FIREJAIL, text);
  }

  @Test
  void aWhitelistLeavesNothingElseOfTheHome() {
    profile(
            """
            noblacklist ${HOME}/.config/app
            blacklist ${HOME}/.config/app
            blacklist ${HOME}/.ssh
            blacklist ${HOME}/.*_history
            blacklist /sbin/fdisk
            whitelist ${HOME}/.config/app
            whitelist ${DOWNLOADS}
            read-only ${HOME}/.config/app/policy
            """)
        .says(
            "home: {private: 1G}",
            "{from: \"~/.config/app\", to: \"~/.config/app\"}",
            "protect: [\"~/.config/app/policy\"]",
            "hide: [/sbin/fdisk]")
        .saysNot(".ssh")
        .losesNothing()
        .load();
  }

  /** The part that is whitelisted is there, so what holds for all of the directory holds for it. */
  @Test
  void whatIsWhitelistedInAClosedDirectoryIsClosedWithIt() {
    profile(
            """
            whitelist ${HOME}/.config/app
            whitelist ${HOME}/data/new
            read-only ${HOME}/.config
            blacklist ${HOME}/data
            """)
        .says("protect: [\"~/.config\"]", "hide: [\"~/data\"]")
        .load();
  }

  @Test
  void withoutAWhitelistTheHomeIsOpen() {
    profile(
            "blacklist ${HOME}/.ssh\nread-only ${HOME}/.bashrc\nblacklist ${HOME}/.*_history\nblacklist ${PATH}/sudo")
        .says("\"~/.ssh\"", "protect: [\"~/.bashrc\"]", "/usr/bin/sudo")
        .saysNot("home:")
        .reports(Outcome.NOT_CARRIED, "_history", "a pattern keeps nothing")
        .load();
  }

  @Test
  void restrictionsHaveTheirKeys() {
    profile(
            """
            caps.drop all
            seccomp !chroot,ptrace
            memory-deny-write-execute
            protocol unix,inet,inet6
            net none
            nonewprivs
            noroot
            private-dev
            private-tmp
            private-etc passwd,@tls-ca
            dbus-user none
            ipc-namespace
            hostname box
            restrict-namespaces
            timeout 01:02:03
            rlimit-nofile 100
            env A=b
            rmenv C
            noexec ${HOME}
            """)
        .says(
            "capabilities: none",
            "\"@clock\"",
            "\"mprotect(2 & 4 == 4)\"",
            "\"socket(0 == 16):EAFNOSUPPORT\"",
            "network: none",
            "devices: minimal",
            "tmp: {private: 1G}",
            "/etc/ssl",
            "/run/user/1000/bus",
            "ipc: private",
            "hostname: box",
            "user-namespaces: none",
            "time: 3723s",
            "rlimits: {nofile: 100}",
            "set: {A: b}",
            "no-execute: [\"~\"]")
        .saysNot("chroot")
        .saysNot("socket(0 == 2)")
        .load();
  }

  @Test
  void severalLinesOfProtocolsMakeOneList() {
    profile("protocol unix,inet\nprotocol inet6,-inet")
        .says("\"socket(0 == 2):EAFNOSUPPORT\"", "\"socket(0 == 16):EAFNOSUPPORT\"")
        .saysNot("socket(0 == 1)")
        .saysNot("socket(0 == 10)")
        .load();
  }

  @Test
  void whatRestrictsIsNotCalledNothing() {
    profile("notpm\nnetfilter\n")
        .says("devices: minimal")
        .reports(Outcome.CARRIED, "netfilter", "nothing without")
        .losesNothing()
        .load();
    profile("net eth0\nnetfilter\n")
        .reports(Outcome.NOT_CARRIED, "netfilter", "network.allow")
        .load();
  }

  @Test
  void whatIsIgnoredOrUnknownIsReported() {
    profile(
            "ignore net\nnet none\nfrobnicate yes\ninclude nowhere.inc\ninclude nowhere.local\nmkdir ${HOME}/x")
        .says("network: host")
        .reports(Outcome.CARRIED, "net none", "ignore net")
        .reports(Outcome.NOT_CARRIED, "frobnicate yes", "nothing here says the same")
        .reports(Outcome.NOT_CARRIED, "nowhere.inc", "what it forbids is not forbidden")
        .reports(Outcome.CARRIED, "nowhere.local", "there is none")
        .reports(Outcome.NOT_CARRIED, "mkdir", "nothing is made")
        .load();
  }

  @Test
  void everyLineIsReportedThoughAnotherOneNamesTheSame() {
    Imports.of(
            Kind.FIREJAIL,
            """
            whitelist ${RUNUSER}/*fox*
            blacklist ${HOME}/.ssh
            blacklist ${RUNUSER}/*fox*
            blacklist ${HOME}/.ssh
            """)
        .reports(Outcome.NOT_CARRIED, "whitelist ${RUNUSER}/*fox*", "pattern")
        .reports(Outcome.NOT_CARRIED, "blacklist ${RUNUSER}/*fox*", "pattern")
        .reports(Outcome.CARRIED, "blacklist ${HOME}/.ssh", "said again at source:4")
        .load();
  }

  @Test
  void includesAreFoundBesideTheProfileAndNowhereElse(@TempDir Path directory) throws IOException {
    Path etc = Files.createDirectory(directory.resolve("etc"));
    Files.writeString(directory.resolve("secret.inc"), "hostname secret\n");
    Files.createSymbolicLink(etc.resolve("link.inc"), directory.resolve("secret.inc"));
    Files.writeString(etc.resolve("more.inc"), "net none\n");
    Files.writeString(
        etc.resolve("a.profile"),
        "include more.inc\ninclude ../secret.inc\ninclude link.inc\ninclude "
            + directory
            + "/secret.inc\ncaps.drop all\n");
    Imports.ofFile(etc.resolve("a.profile"))
        .says("network: none")
        .saysNot("secret")
        .reports(Outcome.NOT_CARRIED, "link.inc", "neither beside")
        .load();
  }

  @Test
  void includesThatIncludeEachOtherEnd(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("a.profile"), "include a.profile\ncaps.drop all\n");
    assertThrows(ImportException.class, () -> Imports.ofFile(directory.resolve("a.profile")));
  }
}

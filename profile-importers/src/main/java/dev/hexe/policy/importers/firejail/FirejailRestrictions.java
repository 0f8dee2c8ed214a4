package dev.hexe.policy.importers.firejail;

import dev.hexe.policy.importers.CallLists;
import dev.hexe.policy.importers.Capabilities;
import dev.hexe.policy.importers.SocketFamilies;
import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.report.Report;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Capabilities, system calls, namespaces. */
final class FirejailRestrictions {
  /** What {@code seccomp} alone denies, in groups of systemd's that come near to firejail's. */
  private static final List<String> USUAL =
      List.of(
          "@clock",
          "@cpu-emulation",
          "@module",
          "@mount",
          "@obsolete",
          "@raw-io",
          "@reboot",
          "@swap",
          "acct",
          "add_key",
          "bpf",
          "fanotify_init",
          "io_cancel",
          "io_destroy",
          "io_getevents",
          "io_setup",
          "io_submit",
          "ioprio_set",
          "kcmp",
          "keyctl",
          "lookup_dcookie",
          "mbind",
          "migrate_pages",
          "move_pages",
          "name_to_handle_at",
          "open_by_handle_at",
          "perf_event_open",
          "personality",
          "process_vm_readv",
          "process_vm_writev",
          "ptrace",
          "remap_file_pages",
          "request_key",
          "set_mempolicy",
          "syslog",
          "userfaultfd",
          "vmsplice");

  /**
   * Calls that libraries of today may not know by name; as members of a group they may be missing.
   */
  private static final Set<String> RECENT =
      Set.of("open_tree_attr", "statmount", "listmount", "listns");

  private final Draft draft;
  private final Report report;
  private final CallLists calls;
  private final Capabilities capabilities;
  private final Set<Integer> protocols = new TreeSet<>();
  private boolean listsProtocols;

  FirejailRestrictions(Draft draft, Report report) {
    this.draft = draft;
    this.report = report;
    this.calls = new CallLists(draft, report);
    this.capabilities = new Capabilities(true, report);
  }

  /** Takes a line; false where it is of another kind. */
  boolean take(Line line) {
    switch (line.command()) {
      case "caps", "caps.drop", "caps.keep" -> capabilities(line);
      case "seccomp" -> seccomp(line);
      case "seccomp.drop" -> calls.add(CallLists.DENY, line.place(), line.text(), names(line));
      case "seccomp.keep" -> calls.add(CallLists.ALLOW, line.place(), line.text(), names(line));
      case "seccomp-error-action" -> errno(line);
      case "seccomp.block-secondary", "seccomp.32", "seccomp.32.drop", "seccomp.32.keep" ->
          report.lost(
              line.place(),
              line.text(),
              "filters hold for programs of 32 bits as well; those are not forbidden");
      case "memory-deny-write-execute" -> {
        calls.denyWritableCode();
        report.carried(line.place(), line.text(), CallLists.DENY);
      }
      case "protocol" -> protocol(line);
      case "restrict-namespaces" -> namespaces(line);
      case "nonewprivs" -> report.carried(line.place(), line.text(), "privileges.gain");
      case "noroot" -> report.carried(line.place(), line.text(), "identity");
      case "nogroups" ->
          report.approximated(
              line.place(),
              line.text(),
              "identity: an ordinary user cannot drop groups; they give nothing inside");
      case "ipc-namespace" -> {
        draft.set("ipc", "private");
        report.carried(line.place(), line.text(), "ipc");
      }
      case "allow-debuggers" -> {
        draft.remove(CallLists.DENY, "ptrace");
        report.carried(line.place(), line.text(), CallLists.DENY);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static List<String> names(Line line) {
    return Arrays.stream(line.argument().split(",", -1))
        .map(String::strip)
        .filter(it -> !it.isEmpty())
        .toList();
  }

  private void capabilities(Line line) {
    if (line.command().equals("caps.keep")) {
      capabilities.only(line.place(), line.text(), names(line));
    } else if (line.command().equals("caps.drop")) {
      names(line).forEach(name -> capabilities.drop(line.place(), line.text(), name));
    } else {
      List.of(
              "sys_module",
              "sys_rawio",
              "sys_boot",
              "sys_nice",
              "sys_time",
              "syslog",
              "mknod",
              "sys_admin")
          .forEach(name -> capabilities.drop(line.place(), line.text(), name));
    }
  }

  /** {@code seccomp a,!b}: the usual ones, with a and without b. */
  private void seccomp(Line line) {
    List<String> denied = new ArrayList<>(USUAL);
    List<String> kept = new ArrayList<>();
    for (String name : names(line)) {
      if (name.startsWith("!")) {
        kept.add(name.substring(1));
      } else {
        denied.add(name);
      }
    }
    List<String> taken = new ArrayList<>();
    for (String name : denied) {
      List<String> inside = kept.stream().filter(it -> isIn(it, name)).toList();
      if (inside.isEmpty()) {
        taken.add(name);
      } else if (name.startsWith("@")) {
        behind(name).stream()
            .filter(it -> !kept.contains(it) && !RECENT.contains(it))
            .forEach(taken::add);
      }
    }
    calls.add(CallLists.DENY, line.place(), line.text(), taken);
    report.approximated(line.place(), line.text(), "the groups are those of systemd");
  }

  private static boolean isIn(String call, String name) {
    return call.equals(name)
        || (name.startsWith("@") && CallLists.isKnown(name) && behind(name).contains(call));
  }

  private static List<String> behind(String group) {
    return dev.hexe.policy.profiles.value.SystemCallNames.read().behind(group);
  }

  private void errno(Line line) {
    report.approximated(line.place(), line.text(), "denied calls fail with EPERM");
  }

  /** Several lines make one list; {@code -} takes from it, and {@code =} begins it anew. */
  private void protocol(Line line) {
    for (String name : names(line)) {
      if (name.startsWith("=")) {
        protocols.clear();
      }
      Optional<Integer> number = SocketFamilies.number(name.replaceFirst("^[-+=]", ""));
      if (number.isEmpty()) {
        report.lost(line.place(), line.text(), "no such family of sockets is known: " + name);
      } else if (name.startsWith("-")) {
        protocols.remove(number.get());
      } else {
        protocols.add(number.get());
      }
    }
    listsProtocols = true;
    report.carried(line.place(), line.text(), CallLists.DENY);
  }

  private void namespaces(Line line) {
    draft.set("privileges.user-namespaces", "none");
    if (line.argument().isEmpty()) {
      report.carried(line.place(), line.text(), "privileges.user-namespaces");
    } else {
      report.approximated(
          line.place(),
          line.text(),
          "privileges.user-namespaces: without one an ordinary user can make no other");
    }
  }

  void write() {
    capabilities.write(draft);
    if (listsProtocols) {
      calls.onlyFamilies(List.copyOf(protocols));
    }
    draft.set("privileges.gain", "never");
    draft.set("identity", "self");
    draft.put(
        "demand", "identity", dev.hexe.policy.importers.draft.Value.pairs("required", "partial"));
  }
}

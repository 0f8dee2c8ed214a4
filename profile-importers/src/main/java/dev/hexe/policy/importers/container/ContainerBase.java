package dev.hexe.policy.importers.container;

import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.draft.Value;
import dev.hexe.policy.importers.report.Place;
import dev.hexe.policy.importers.report.Report;
import java.util.List;

/** The base of each container, and stands for its image here: the system of the host, read-only. */
final class ContainerBase {
  /** Capabilities that containers have where nothing is said. */
  static final List<String> CAPABILITIES =
      List.of(
          "chown",
          "dac_override",
          "fowner",
          "fsetid",
          "kill",
          "setgid",
          "setuid",
          "setpcap",
          "net_bind_service",
          "net_raw",
          "sys_chroot",
          "mknod",
          "audit_write",
          "setfcap");

  private ContainerBase() {}

  static void say(Draft draft, Report report, String file) {
    draft.set("extends", "sandbox");
    Value only = Value.words(List.of("${CWD}"));
    draft.set("files.write", new Value.Pairs(java.util.Map.of("only", only)));
    report.approximated(
        Place.all(file),
        "the image",
        "the system of the host, read-only, and the working directory; `files.root` takes an unpacked image");
  }

  /** {@code 1000:1000}, a name, or root. */
  static void user(Draft draft, Report report, Place place, String said, String user) {
    String[] both = user.split(":", 2);
    report.replace("identity", place, said);
    if (both[0].matches("[0-9]{1,9}") && (both.length == 1 || both[1].matches("[0-9]{1,9}"))) {
      String gid = both.length == 1 ? both[0] : both[1];
      draft.set(
          "identity",
          both[0].equals("0") ? Value.word("root") : Value.pairs("uid", both[0], "gid", gid));
      report.carried(place, said, "identity");
    } else if (both[0].equals("root") || both[0].equals("nobody")) {
      draft.set("identity", both[0]);
      report.carried(place, said, "identity");
    } else {
      draft.remove("identity"); // what was said before holds no more
      report.approximated(place, said, "identity: your own; the image has the number of this name");
    }
  }
}

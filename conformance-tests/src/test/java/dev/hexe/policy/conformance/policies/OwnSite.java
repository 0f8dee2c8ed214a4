package dev.hexe.policy.conformance.policies;

import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.util.List;

/**
 * A site with an /etc of its own, in which root writes rules and a user tries commands: the word
 * {@code try} before one prints whether it ran, or which rule refused.
 */
final class OwnSite {
  private static final String ETC =
      "set -e; mount -t tmpfs own /mnt; mkdir /mnt/upper /mnt/work"
          + "; mount -t overlay -o lowerdir=/etc,upperdir=/mnt/upper,workdir=/mnt/work own /etc"
          + "; rm -rf /etc/hexe-policy; mkdir -p /etc/hexe-policy/rules.d; program=$1"
          + "; user() { setpriv --reuid=%1$d --regid=%2$d --clear-groups env HOME=\"$HOME\" XDG_RUNTIME_DIR=\"$RUN\" \"$@\"; }"
          + "; why() { if grep -q '^hexe-policy: forbidden by this site: rule' out; then :"
          + "; else grep -o -e 'is out of date' -e 'depends on the command' -e 'cannot be decided' out || echo otherwise; fi"
          + "; grep -o 'rule `[a-z ]*`' out | sort -u; echo refused; }"
          + "; try() { if user \"$@\" >out 2>&1; then echo ran; else why | tr '\\n' ' '; echo; fi; }"
          + "; cd /mnt; HOME=/mnt/home; RUN=/mnt/run; mkdir home run; chown %1$d:%2$d home run; chmod 700 home run; set +e; ";

  private OwnSite() {}

  /** The lines that a script prints; it begins in /mnt, where all can be looked at. */
  static List<String> run(String script) {
    Requires.namespaces(User.ORDINARY);
    String own = ETC.formatted(User.ORDINARY.uid(), User.ORDINARY.gid());
    return Sandbox.program()
        .as(User.ROOT)
        .behind("unshare", "--mount", "--propagation", "private", "sh", "-c", own + script, "sh")
        .alone()
        .endsWith(0)
        .lines()
        .stream()
        .map(String::strip)
        .toList();
  }
}

package dev.hexe.policy.cli.repair;

import dev.hexe.policy.api.host.HostReader;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The parameters that the kernel is to be booted with. */
final class BootParameters {
  private static final String SECURITY = "lsm=";
  private static final String DEFAULT_MODULES = "lockdown,yama,integrity";

  private BootParameters() {}

  /** The step that adds {@code parameters}, whatever loads the kernel. */
  static Step step(List<String> parameters) {
    String line = String.join(" ", parameters);
    return new Step(
        "boot the kernel with: " + line,
        List.of(
            "It takes effect after a reboot, which is left to you.",
            "Undo: rm /etc/default/grub.d/hexe-policy.cfg; update-grub",
            "  or: grubby --update-kernel=ALL --remove-args='" + line + "'"),
        """
        if command -v update-grub >/dev/null; then
          mkdir -p /etc/default/grub.d
          cat > /etc/default/grub.d/hexe-policy.cfg <<'END'
        GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX %1$s"
        END
          update-grub
        elif command -v grubby >/dev/null; then
          grubby --update-kernel=ALL --args='%1$s'
        else
          echo 'add these to the kernel parameters of your boot loader: %1$s' >&2
        fi"""
            .formatted(line));
  }

  /** Landlock in front of the security modules that are in force now: none of them is lost. */
  static String landlock(HostReader reader) {
    Set<String> modules = new LinkedHashSet<>();
    modules.add("landlock");
    Arrays.stream(modules(reader).split(",", -1))
        .map(String::trim)
        .filter(name -> name.matches("[a-z0-9_]+"))
        // The kernel always has it first, whatever is said.
        .filter(name -> !name.equals("capability"))
        .forEach(modules::add);
    return SECURITY + String.join(",", modules);
  }

  private static String modules(HostReader reader) {
    Optional<String> now = reader.read("/sys/kernel/security/lsm").filter(it -> !it.isEmpty());
    return now.or(() -> parameter(reader)).orElse(DEFAULT_MODULES);
  }

  /** The last {@code lsm=} counts. */
  private static Optional<String> parameter(HostReader reader) {
    return reader.read("/proc/cmdline").stream()
        .flatMap(line -> Arrays.stream(line.split(" ", -1)))
        .filter(word -> word.startsWith(SECURITY))
        .map(word -> word.substring(SECURITY.length()))
        .reduce((first, later) -> later);
  }
}

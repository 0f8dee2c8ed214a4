package dev.hexe.policy.backend.namespaces;

import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.host.ResolvedPath;
import dev.hexe.policy.api.plan.Layouts;
import dev.hexe.policy.api.plan.MountAttribute;
import dev.hexe.policy.api.plan.Mounts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that lead whoever asks for a name to the sandbox's own loopback, where the gateway answers,
 * and to nobody else. Where there is no such file, the loopback is what libraries ask anyway.
 */
final class NameFiles {
  private static final int READABLE = 0644;
  private static final long NOTHING = 4096;
  private static final Set<MountAttribute> DATA =
      Set.of(MountAttribute.NOSUID, MountAttribute.NODEV, MountAttribute.NOEXEC);

  private static final String HOSTS =
      "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n";

  private static final Map<String, String> FILES =
      Map.of(
          "/etc/resolv.conf",
          "nameserver 127.0.0.1\noptions timeout:20 attempts:1\n",
          "/etc/nsswitch.conf",
          """
          passwd: files systemd
          group: files systemd
          shadow: files
          hosts: files dns
          networks: files
          protocols: files
          services: files
          ethers: files
          rpc: files
          netgroup: files
          """);

  /** Sockets of services that answer names on the host's behalf. */
  private static final List<String> SERVICES =
      List.of("/run/nscd", "/run/systemd/resolve", "/run/avahi-daemon", "/var/run/nscd");

  private final InsideTree inside;
  private final Layout layout;

  NameFiles(InsideTree inside, Layout layout) {
    this.inside = inside;
    this.layout = layout;
  }

  /** {@code hostname} is the sandbox's own, or null for the host's. */
  void put(@Nullable String hostname) {
    SERVICES.forEach(this::cover);
    FILES.forEach(this::put);
    put("/etc/hosts", hostname == null ? HOSTS : HOSTS + "127.0.1.1 " + hostname + "\n");
  }

  private void cover(String path) {
    ResolvedPath resolved = ResolvedPath.of(path, inside);
    if (resolved.kind() == Kind.DIRECTORY && !layout.isInOurs(resolved.path())) {
      layout.replace(resolved.path(), new Place.Tmpfs(NOTHING, 0755, DATA, true));
    }
  }

  private void put(String path, String text) {
    ResolvedPath resolved = ResolvedPath.of(path, inside);
    String real = resolved.path();
    boolean canBe = resolved.kind() == Kind.FILE || layout.isInOurs(real);
    if (canBe && resolved.kind() != Kind.DIRECTORY) {
      layout.replace(real, file(text));
    }
  }

  private static Place file(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return new Place.Made(
        (path, mode, attributes, create) ->
            create
                ? Mounts.file(path, mode, content)
                : Layouts.fileOver(path, mode, content, attributes),
        READABLE,
        DATA);
  }
}

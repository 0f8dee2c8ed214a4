package dev.hexe.policy.exposure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Sockets with a path behind which somebody does what he is told. */
final class SocketFinder {
  private static final String X11 = "/tmp/.X11-unix";

  private final LiveContext here;
  private final EffectiveAccess reach;
  private final long uid;

  SocketFinder(LiveContext here, EffectiveAccess reach, long uid) {
    this.here = here;
    this.reach = reach;
    this.uid = uid;
  }

  Stream<Exposure> find() {
    Map<Kind, List<String>> sockets = new LinkedHashMap<>();
    sockets.put(Kind.REACHABLE_CONTAINER_ENGINE, containerEngines());
    sockets.put(Kind.REACHABLE_MESSAGE_BUS, buses());
    sockets.put(Kind.REACHABLE_MULTIPLEXER, multiplexers());
    sockets.put(Kind.REACHABLE_X11, in(X11));
    sockets.put(Kind.REACHABLE_WAYLAND, wayland());
    sockets.put(Kind.REACHABLE_KEY_AGENT, keyAgents());
    return sockets.entrySet().stream().flatMap(entry -> open(entry.getKey(), entry.getValue()));
  }

  private Stream<Exposure> open(Kind kind, List<String> sockets) {
    List<String> open =
        sockets.stream().distinct().filter(reach::connects).map(here::shown).toList();
    return open.isEmpty() ? Stream.of() : Stream.of(Exposure.of(kind, open));
  }

  private List<String> containerEngines() {
    List<String> sockets = new ArrayList<>();
    addAddress(here.variable("DOCKER_HOST"), "unix://", sockets);
    sockets.add("/run/docker.sock");
    sockets.add("/run/podman/podman.sock");
    sockets.add("/run/containerd/containerd.sock");
    sockets.add("/run/crio/crio.sock");
    sockets.add("/run/libvirt/libvirt-sock");
    sockets.add("/var/lib/incus/unix.socket");
    sockets.add("/var/snap/lxd/common/lxd/unix.socket");
    sockets.addAll(here.inRuntime("docker.sock", "podman/podman.sock"));
    sockets.addAll(here.atHome(".docker/run/docker.sock", ".docker/desktop/docker.sock"));
    return sockets;
  }

  private List<String> buses() {
    List<String> sockets = new ArrayList<>();
    for (String address : here.variable("DBUS_SESSION_BUS_ADDRESS").split(";", -1)) {
      addAddress(address.replaceFirst(",.*", ""), "unix:path=", sockets);
    }
    sockets.addAll(here.inRuntime("bus", "systemd/private"));
    sockets.add("/run/dbus/system_bus_socket");
    sockets.add("/run/systemd/private");
    return sockets;
  }

  private List<String> multiplexers() {
    List<String> sockets = new ArrayList<>();
    sockets.add(here.variable("TMUX").replaceFirst(",.*", ""));
    sockets.addAll(in("/tmp/tmux-" + uid));
    here.view().names("/run/screen").stream()
        .flatMap(folder -> in("/run/screen/" + folder).stream())
        .forEach(sockets::add);
    return sockets.stream().filter(socket -> socket.startsWith("/")).toList();
  }

  private List<String> wayland() {
    String display = here.variable("WAYLAND_DISPLAY");
    if (display.startsWith("/")) {
      return List.of(display);
    }
    return here.inRuntime(display.isEmpty() ? "wayland-0" : display);
  }

  private List<String> keyAgents() {
    List<String> sockets = new ArrayList<>();
    addAddress(here.variable("SSH_AUTH_SOCK"), "", sockets);
    sockets.addAll(
        here.inRuntime(
            "gnupg/S.gpg-agent", "gnupg/S.gpg-agent.ssh", "keyring/ssh", "keyring/control"));
    sockets.addAll(here.atHome(".gnupg/S.gpg-agent"));
    return sockets;
  }

  private List<String> in(String directory) {
    return here.view().names(directory).stream().map(name -> directory + "/" + name).toList();
  }

  private static void addAddress(String address, String prefix, List<String> sockets) {
    String path = address.startsWith(prefix) ? address.substring(prefix.length()) : "";
    if (path.startsWith("/")) {
      sockets.add(path);
    }
  }
}

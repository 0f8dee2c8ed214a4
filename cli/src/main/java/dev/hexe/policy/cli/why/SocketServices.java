package dev.hexe.policy.cli.why;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Services at well-known sockets, for users who consider letting a command speak to one. */
final class SocketServices {
  private record Service(Pattern path, String about) {
    Service(String path, String about) {
      this(Pattern.compile(path), about);
    }
  }

  private static final List<Service> ALL =
      List.of(
          new Service(
              ".*/(docker|podman|containerd|crio|libvirt-sock|unix)\\.sock(et)?|.*/libvirt-sock",
              "a container engine: whoever speaks to it can do on the host what it can, which is mostly all that root can"),
          new Service(
              ".*/(io\\.systemd\\.(Resolve|DynamicUser|NameServiceSwitch|Multiplexer)|nscd/socket|nss_db/socket)",
              "a service that answers names and users (DNS)"),
          new Service(
              ".*/(ssh-[^/]*/agent\\.[^/]*|S\\.gpg-agent[^/]*|keyring/[^/]*|[^/]*ssh[^/]*|[^/]*agent\\.sock)",
              "an agent that signs and logs in with your keys for whoever asks"),
          new Service(
              ".*/(bus|system_bus_socket|systemd/private)",
              "a message bus: services on it start programs outside of the sandbox"),
          new Service(
              "/tmp/\\.X11-unix/.*",
              "an X server: who is connected reads the keyboard and types into every window"),
          new Service(
              ".*/wayland-[0-9]+",
              "a compositor: who is connected shows windows, and reads what is copied and pasted"),
          new Service(
              ".*/(pulse/native|pipewire-[0-9]+(-manager)?)",
              "a sound server: who is connected hears the microphone"),
          new Service(
              ".*/(mysqld?\\.sock|mysqld/[^/]*|\\.s\\.PGSQL\\.[0-9]+|redis[^/]*\\.sock|mongodb-[0-9]+\\.sock)",
              "a database: it asks for a password, or takes your name for one"),
          new Service(".*/(pcscd\\.comm|pcscd/[^/]*)", "a service that lends smart cards"),
          new Service(
              "/tmp/tmux-[0-9]+/.*|/run/screen/.*",
              "a terminal multiplexer: who is connected types into its shells"));

  private SocketServices() {}

  /** What is known to listen at a path. */
  static Optional<String> at(String path) {
    return ALL.stream()
        .filter(it -> it.path().matcher(path).matches())
        .map(Service::about)
        .findFirst();
  }
}

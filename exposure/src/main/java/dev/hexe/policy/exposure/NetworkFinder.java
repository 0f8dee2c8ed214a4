package dev.hexe.policy.exposure;

import dev.hexe.policy.api.decision.Effect;
import dev.hexe.policy.api.profile.Guarantee;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what is reached without a path: the network, services of this host, abstract sockets. */
final class NetworkFinder {
  private static final String VENDOR = "/sys/class/dmi/id/sys_vendor";
  private static final String CLOUDS =
      ".*(amazon|google|microsoft corporation|digitalocean|hetzner|openstack|oracle|alibaba|scaleway|ovh|xen|qemu).*";
  private static final int MOST_SHOWN = 5;
  private static final int UNIX_PATH = 7;

  private final Subject subject;
  private final Optional<LiveContext> here;

  NetworkFinder(Subject subject, Optional<LiveContext> here) {
    this.subject = subject;
    this.here = here;
  }

  Stream<Exposure> find() {
    List<Exposure> found = new ArrayList<>();
    if (!subject.isFull(Guarantee.NETWORK) && !subject.isFull(Guarantee.DESTINATIONS)) {
      found.add(held(Exposure.of(Kind.HOST_NETWORK)));
      localServices().map(this::held).ifPresent(found::add);
      cloudMetadata().map(this::held).ifPresent(found::add);
      if (!subject.decisions().has(Guarantee.IPC, Effect.CONFINES_ABSTRACT_SOCKETS)) {
        found.add(Exposure.of(Kind.ABSTRACT_SOCKETS, abstractSockets()));
      }
    }
    return found.stream();
  }

  private Exposure held(Exposure exposure) {
    return subject.unless(Guarantee.NETWORK, exposure);
  }

  /** On this host only where somebody listens. */
  private Optional<Exposure> localServices() {
    List<String> listeners =
        Stream.of("/proc/net/tcp", "/proc/net/tcp6")
            .flatMap(this::lines)
            .flatMap(line -> ListeningPort.of(line).stream())
            .distinct()
            .map(ListeningPort::toString)
            .toList();
    return here.isPresent() && listeners.isEmpty()
        ? Optional.empty()
        : Optional.of(Exposure.of(Kind.LOCAL_SERVICES, some(listeners)));
  }

  /** Not where the machine says that its maker is none of those that have such a service. */
  private Optional<Exposure> cloudMetadata() {
    Optional<String> vendor = here.flatMap(it -> it.view().read(VENDOR));
    boolean elsewhere =
        vendor.filter(name -> !name.toLowerCase(Locale.ROOT).matches(CLOUDS)).isPresent();
    List<String> evidence = vendor.map(name -> List.of("a machine of " + name)).orElse(List.of());
    return elsewhere ? Optional.empty() : Optional.of(Exposure.of(Kind.CLOUD_METADATA, evidence));
  }

  private List<String> abstractSockets() {
    return some(
        lines("/proc/net/unix")
            .map(line -> line.trim().split(" +", UNIX_PATH + 1))
            .filter(fields -> fields.length > UNIX_PATH && fields[UNIX_PATH].startsWith("@"))
            .map(fields -> fields[UNIX_PATH])
            .distinct()
            .sorted()
            .toList());
  }

  private static List<String> some(List<String> all) {
    if (all.size() <= MOST_SHOWN) {
      return all;
    }
    List<String> some = new ArrayList<>(all.subList(0, MOST_SHOWN));
    some.add((all.size() - MOST_SHOWN) + " more");
    return some;
  }

  private Stream<String> lines(String path) {
    return here.flatMap(it -> it.view().read(path)).stream().flatMap(String::lines);
  }
}

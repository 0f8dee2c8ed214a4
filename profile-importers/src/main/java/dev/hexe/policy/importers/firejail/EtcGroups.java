package dev.hexe.policy.importers.firejail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names that {@code private-etc} has for what certain programs need of {@code /etc}. */
final class EtcGroups {
  /** What nearly every program needs. */
  private static final String ALWAYS =
      "alternatives fonts group ld.so.cache ld.so.conf ld.so.conf.d ld.so.preload locale.alias"
          + " locale.conf localtime login.defs magic mime.types nsswitch.conf passwd profile";

  private static final Map<String, String> GROUPS =
      Map.of(
          "@games", "openal timidity timidity.cfg",
          "@network", "hostname hosts protocols resolv.conf services",
          "@sound", "alsa asound.conf machine-id pulse",
          "@tls-ca", "ca-certificates crypto-policies gcrypt gnutls pki ssl",
          "@x11",
              "ati dconf drirc fonts gtk-2.0 gtk-3.0 gtk-4.0 kde4rc kde5rc nvidia pango Trolltech.conf"
                  + " vulkan X11 xdg");

  private EtcGroups() {}

  /** All that is meant; a group that is not known stays as it is. */
  static List<String> names(String argument, boolean etc) {
    Set<String> names = new LinkedHashSet<>();
    for (String written : argument.split("[, ]", -1)) {
      if (!written.isEmpty()) {
        names.addAll(Arrays.asList(GROUPS.getOrDefault(written, written).split(" ", -1)));
      }
    }
    if (etc) {
      names.addAll(Arrays.asList(ALWAYS.split(" ", -1)));
    }
    return new ArrayList<>(names);
  }
}

package dev.hexe.policy.importers.firejail;

import java.util.List;
import java.util.Map;

/** Firejail's names for directories. */
final class Macros {
  private static final List<String> PATH =
      List.of(
          "/usr/local/bin",
          "/usr/bin",
          "/bin",
          "/usr/local/sbin",
          "/usr/sbin",
          "/sbin",
          "/usr/games");

  /** The usual names; the user's own are in a file that is not read. */
  private static final Map<String, String> FOLDERS =
      Map.ofEntries(
          Map.entry("${DOWNLOADS}", "~/Downloads"),
          Map.entry("${DOCUMENTS}", "~/Documents"),
          Map.entry("${DESKTOP}", "~/Desktop"),
          Map.entry("${MUSIC}", "~/Music"),
          Map.entry("${PICTURES}", "~/Pictures"),
          Map.entry("${VIDEOS}", "~/Videos"),
          Map.entry("${PROJECTS}", "~/Projects"),
          Map.entry("${PUBLICSHARE}", "~/Public"),
          Map.entry("${TEMPLATES}", "~/Templates"),
          Map.entry("${HOME}", "~"),
          Map.entry("${CFG}", "/etc/firejail"));

  private final String runtime;

  /** With the directory that {@code ${RUNUSER}} stands for. */
  Macros(String runtime) {
    this.runtime = runtime;
  }

  /** Every path that is meant. */
  List<String> expand(String path) {
    if (path.startsWith("${PATH}/")) {
      String name = path.substring("${PATH}/".length());
      return PATH.stream().map(directory -> directory + "/" + name).toList();
    }
    return List.of(one(path));
  }

  private String one(String path) {
    String plain =
        path.startsWith("\"") && path.endsWith("\"") && path.length() > 1
            ? path.substring(1, path.length() - 1)
            : path;
    for (Map.Entry<String, String> folder : FOLDERS.entrySet()) {
      if (plain.startsWith(folder.getKey())) {
        return folder.getValue() + plain.substring(folder.getKey().length());
      }
    }
    return plain.startsWith("${RUNUSER}")
        ? runtime + plain.substring("${RUNUSER}".length())
        : plain;
  }

  /** The directory of the user's sockets. */
  String runtime() {
    return runtime;
  }
}

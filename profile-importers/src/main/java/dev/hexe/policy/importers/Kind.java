package dev.hexe.policy.importers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The formats that are understood. */
public enum Kind {
  INIT_LUA("init.lua", "hexe's configuration in Lua"),
  MUX_JSON("mux.json", "hexe's multiplexer, in JSON"),
  BWRAP("bwrap", "a command line of bubblewrap, in a script or a file of arguments"),
  FIREJAIL("firejail", "a profile of firejail"),
  SRT("srt", "settings of sandbox-runtime"),
  DOCKERFILE("dockerfile", "a Dockerfile"),
  COMPOSE("compose", "a compose file"),
  SYSTEMD("systemd", "a unit of systemd"),
  NSJAIL("nsjail", "a configuration of nsjail, as protobuf text");

  private final String word;
  private final String description;

  Kind(String word, String description) {
    this.word = word;
    this.description = description;
  }

  /** As it is chosen by name. */
  public String word() {
    return word;
  }

  /** What a file of this kind is. */
  public String description() {
    return description;
  }

  /** All that can be chosen. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Kind::word).toList();
  }

  /** The kind of this name. */
  public static Optional<Kind> named(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }
}

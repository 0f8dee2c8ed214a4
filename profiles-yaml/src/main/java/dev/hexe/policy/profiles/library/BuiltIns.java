package dev.hexe.policy.profiles.library;

import dev.hexe.policy.profiles.yaml.ProfileFile;
import dev.hexe.policy.profiles.yaml.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The profiles that are shipped. Their names always mean them. */
public final class BuiltIns {
  /** What runs where nothing is chosen. */
  static final String DEFAULT = "default";

  public static final String ISOLATED = "isolated";

  /** From the most open to the strictest, and the one of another design last. */
  public static final List<String> NAMES =
      List.of("none", "minimal", "balanced", "sandbox", "agent", "project", "full", ISOLATED);

  private static final String MEANT_BY_DEFAULT = "balanced";

  private BuiltIns() {}

  /** The name behind an alias, or the name itself. */
  static String canonical(String name) {
    return name.equals(DEFAULT) ? MEANT_BY_DEFAULT : name;
  }

  /** Whether a name, or what it is an alias of, is one of theirs. */
  public static boolean has(String name) {
    return NAMES.contains(canonical(name));
  }

  /** The text of one. */
  public static SourceText read(String name) {
    String resource = "/dev/hexe/policy/profiles/builtin/" + canonical(name) + ".yaml";
    try (InputStream stream = BuiltIns.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("this installation lacks its profile `" + name + "`");
      }
      return ProfileFile.decode(stream.readAllBytes(), "built-in " + canonical(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.hexe.policy.profiles;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hexe.policy.api.profile.Profile;
import dev.hexe.policy.profiles.context.HostTraits;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.yaml.ProfileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A user with a home, a working directory and two directories of profiles, all below one directory.
 */
public final class Surroundings {
  private final Path root;
  private final Map<String, String> environment = new HashMap<>();
  private HostTraits host = HostTraits.here();

  public Surroundings(Path root) {
    this.root = root;
    List.of("home", "work", "mine", "system").forEach(name -> create(root.resolve(name)));
  }

  /** A path below the root. */
  public Path path(String name) {
    return root.resolve(name);
  }

  public Surroundings set(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** A host with these traits. */
  Surroundings on(HostTraits other) {
    host = other;
    return this;
  }

  /** Writes a file below the root. */
  public Surroundings write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  public Surroundings write(String name, byte[] bytes) {
    try {
      create(path(name).resolveSibling("."));
      Files.write(path(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  public Profiles profiles() {
    List<Path> searchPath = List.of(path("mine"), path("system"));
    return new Profiles(
        new ProfileContext(path("home"), "ada", path("work"), environment, searchPath).on(host));
  }

  /** The profile with this text. */
  public Profile load(String yaml) {
    return write("work/p.yaml", yaml).profiles().load("p.yaml");
  }

  /** What is said about this text, with the root written as {@code /ROOT}. */
  public String mistakes(String yaml) {
    return failure(() -> load(yaml));
  }

  /** The message and the help of a failure, as they are printed. */
  public String failure(Runnable attempt) {
    ProfileException e = assertThrows(ProfileException.class, attempt::run);
    String help = e.help().isEmpty() ? "" : "\n  help: " + e.help();
    return (e.getMessage() + help).replace(root.toString(), "/ROOT");
  }

  private static void create(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

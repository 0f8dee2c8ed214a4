package dev.hexe.policy.importers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.importers.draft.Draft;
import dev.hexe.policy.importers.draft.DraftYaml;
import dev.hexe.policy.importers.registry.Importers;
import dev.hexe.policy.importers.report.Note;
import dev.hexe.policy.importers.report.Outcome;
import dev.hexe.policy.profiles.Profiles;
import dev.hexe.policy.profiles.context.ProfileContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The imports of sources; each profile is loaded as a user's would be. */
final class Imports {
  private static final Path HOME = Path.of("/home/me");

  private final Imported imported;

  private Imports(Imported imported) {
    this.imported = imported;
  }

  static Importers importers() {
    return new Importers(HOME, "/run/user/1000");
  }

  static Imports of(Kind kind, String text) {
    return new Imports(importers().read(Source.of("source", text), Optional.of(kind)));
  }

  /** A file beside others, as its name and text tell what it is. */
  static Imports ofFile(Path file) {
    return new Imports(
        importers()
            .read(
                new Source(
                    String.valueOf(file.getFileName()),
                    Optional.of(file),
                    TextFiles.read(file, file.toString()),
                    List.of()),
                Optional.empty()));
  }

  Imported imported() {
    return imported;
  }

  String yaml() {
    return DraftYaml.of(imported.file(""));
  }

  /** Has to have these lines, wherever they are. */
  Imports says(String... lines) {
    for (String line : lines) {
      assertTrue(yaml().contains(line), () -> line + " is not in\n" + yaml());
    }
    return this;
  }

  Imports saysNot(String part) {
    assertTrue(!yaml().contains(part), () -> part + " is in\n" + yaml());
    return this;
  }

  /** What became of a statement. */
  Imports reports(Outcome outcome, String statement, String result) {
    assertTrue(
        imported.report().of(outcome).stream()
            .anyMatch(it -> it.statement().contains(statement) && it.result().contains(result)),
        () -> statement + " is not " + outcome + " in " + imported.report().notes());
    return this;
  }

  Imports losesNothing() {
    return losesOnly();
  }

  /** Has to lose these statements, and no other. */
  Imports losesOnly(String... statements) {
    assertEquals(
        List.of(statements),
        imported.report().of(Outcome.NOT_CARRIED).stream().map(Note::statement).toList());
    return this;
  }

  /** Loads all profiles; a mistake in one fails. */
  Imports load() {
    for (Map.Entry<String, Draft> file : imported.files().entrySet()) {
      if (!file.getKey().equals("config.yaml")) {
        load(DraftYaml.of(file.getValue()));
      }
    }
    return this;
  }

  private static void load(String yaml) {
    try {
      Path file = Files.createTempFile("imported", ".yaml");
      try {
        Files.writeString(file, yaml);
        ProfileContext context =
            ProfileContext.of(
                HOME, "me", Path.of("/home/me/work"), Map.of("XDG_RUNTIME_DIR", "/run/user/1000"));
        new Profiles(context).load(file.toString());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

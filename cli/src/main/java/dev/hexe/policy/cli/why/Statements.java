package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.api.profile.ProtectedPath;
import dev.hexe.policy.api.profile.Provenance;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks up the line that said something. */
final class Statements {
  private static final List<String> READ = List.of("files.read", "files.read-if-present");
  private static final List<String> WRITE = List.of("files.write", "files.write-if-present");
  private static final List<String> LIST = List.of("files.list", "files.list-if-present");

  private final List<Statement> all;

  Statements(Provenance provenance) {
    all = provenance.effective();
  }

  /** The value of a key that has one. */
  Optional<Statement> of(String key) {
    return all.stream().filter(statement -> statement.key().equals(key)).findFirst();
  }

  /** A path that is to be read, written or listed; the one that grants most comes first. */
  Optional<Statement> listing(String path) {
    return Stream.of(WRITE, READ, LIST)
        .flatMap(keys -> all.stream().filter(it -> keys.contains(it.key()) && names(it, path)))
        .findFirst();
  }

  /** A path of a list. */
  Optional<Statement> of(String key, String path) {
    return all.stream()
        .filter(statement -> statement.key().equals(key))
        .filter(statement -> names(statement, path))
        .findFirst();
  }

  /** What a layout puts at a path. */
  Optional<Statement> layout(String path) {
    return all.stream()
        .filter(it -> it.key().startsWith("files.") && YamlText.text(it.value()).contains(path))
        .filter(it -> !READ.contains(it.key()) && !WRITE.contains(it.key()))
        .filter(it -> !LIST.contains(it.key()))
        .findFirst();
  }

  /** A protected or hidden path. */
  Optional<Statement> of(String key, ProtectedPath safeguard) {
    return of(key, safeguard.path());
  }

  private static boolean names(Statement statement, String path) {
    return YamlText.text(statement.value()).equals(written(path));
  }

  private static String written(String path) {
    if (path.startsWith(PathRule.CWD)) {
      return "${CWD}" + path.substring(PathRule.CWD.length());
    }
    return path.startsWith(PathRule.ABOVE)
        ? "${ABOVE}" + path.substring(PathRule.ABOVE.length())
        : path;
  }
}

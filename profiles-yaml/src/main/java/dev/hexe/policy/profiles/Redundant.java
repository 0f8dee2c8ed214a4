package dev.hexe.policy.profiles;

import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.value.ProtectedPathEntry;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.List;
import java.util.stream.Stream;

/** Finds what a profile lists in a tree that is listed already, and is no narrower for it. */
final class Redundant {
  private Redundant() {}

  /** What is said of each. */
  static List<String> remarks(Settings settings) {
    return Stream.concat(writtenAnyway(settings), listedAnyway(settings)).toList();
  }

  /** What is listed, to see its names alone, in a tree that can be read or written. */
  private static Stream<String> listedAnyway(Settings settings) {
    List<Said<PathRule>> wider =
        Stream.of(Keys.READ, Keys.READ_IF_PRESENT, Keys.WRITE, Keys.WRITE_IF_PRESENT)
            .flatMap(key -> settings.items(key).stream())
            .toList();
    return settings.items(Keys.LIST).stream()
        .filter(Said::isOfOwnFile)
        .flatMap(
            said ->
                wider.stream()
                    .filter(tree -> PathRule.isIn(said.value().path(), tree.value().path()))
                    .filter(tree -> !isInKept(settings, said, tree))
                    .limit(1)
                    .map(
                        tree ->
                            "%s: %s changes nothing, because `%s` can be opened as a whole (%s)"
                                .formatted(
                                    said.origin().text(),
                                    YamlText.statement("files.list", said.written()),
                                    tree.value().path(),
                                    tree.origin().text())));
  }

  private static Stream<String> writtenAnyway(Settings settings) {
    List<Said<PathRule>> written = settings.items(Keys.WRITE);
    return written.stream()
        .filter(Said::isOfOwnFile)
        .flatMap(
            said ->
                written.stream()
                    .filter(other -> isWider(other, said) && !isInKept(settings, said, other))
                    .limit(1)
                    .map(other -> covered(said, other)));
  }

  private static boolean isWider(Said<PathRule> other, Said<PathRule> said) {
    return other.origin().layer() < said.origin().layer()
        && PathRule.isBelow(said.value().path(), other.value().path());
  }

  /** Whether it opens something that is kept from the command, or read-only, in between. */
  private static boolean isInKept(Settings settings, Said<PathRule> said, Said<PathRule> wider) {
    String path = said.value().path();
    Stream<String> kept =
        Stream.concat(settings.get(Keys.PROTECT).stream(), settings.get(Keys.HIDE).stream())
            .map(ProtectedPathEntry::path);
    Stream<String> narrower =
        Stream.of(Keys.READ, Keys.READ_IF_PRESENT, Keys.READ_ONLY)
            .flatMap(key -> settings.get(key).stream())
            .map(PathRule::path);
    boolean lifts =
        settings.overruled().stream().anyMatch(it -> it.by().origin().equals(said.origin()));
    return lifts
        || Stream.concat(kept, narrower)
            .anyMatch(
                tree ->
                    PathRule.isBelow(path, tree) && PathRule.isBelow(tree, wider.value().path()));
  }

  private static String covered(Said<PathRule> said, Said<PathRule> wider) {
    return "%s: %s changes nothing, because `%s` can be written as a whole (%s); `write: {only: [...]}` takes that back"
        .formatted(
            said.origin().text(),
            YamlText.statement("files.write", said.written()),
            wider.value().path(),
            wider.origin().text());
  }
}

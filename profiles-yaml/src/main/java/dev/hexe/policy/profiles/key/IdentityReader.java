package dev.hexe.policy.profiles.key;

import dev.hexe.policy.api.profile.Identity;
import dev.hexe.policy.profiles.reader.Fields;
import dev.hexe.policy.profiles.reader.Scope;
import dev.hexe.policy.profiles.reader.ValueReader;
import dev.hexe.policy.profiles.reader.Values;
import dev.hexe.policy.profiles.reader.WordReader;
import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Entry;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a word, or {@code {uid: NUMBER, gid: NUMBER}}. */
public final class IdentityReader implements ValueReader<Identity> {
  /** The highest id; the one above it means none, see {@code user_namespaces(7)}. */
  private static final long HIGHEST = 0xFFFF_FFFEL;

  private static final List<String> FIELDS = List.of("uid", "gid");
  private static final ValueReader<Identity> WORD = new WordReader<>(Words.IDENTITIES);
  private static final ValueReader<Long> ID = Values.parsed(IdentityReader::id);

  @Override
  public Optional<Identity> read(Yaml node, Scope scope) {
    return node instanceof Mapping mapping ? ids(mapping, scope) : WORD.read(node, scope);
  }

  @Override
  public Shape shape() {
    Shape.Members ids = Shape.members(FIELDS, Shape.TEXT);
    return Shape.either(WORD.shape(), Shape.complete(ids.known()));
  }

  private static Optional<Identity> ids(Mapping mapping, Scope scope) {
    Map<String, Long> ids = new HashMap<>();
    for (Entry entry : Fields.known(mapping, FIELDS, scope)) {
      String field = entry.key().text();
      ID.read(entry.value(), scope.at(field)).ifPresent(id -> ids.put(field, id));
    }
    for (String field : FIELDS) {
      if (Fields.entry(mapping, field).isEmpty()) {
        scope.mistake(mapping, scope.name() + " lacks " + Quotes.quote(field), "");
      }
    }
    return Optional.of(
        Identity.ids(ids.getOrDefault("uid", HIGHEST), ids.getOrDefault("gid", HIGHEST)));
  }

  /**
   * Ids as {@code UID:GID}.
   *
   * @throws ProfileException where they are not
   */
  public static Identity pair(String text) {
    String[] ids = text.split(":", -1);
    if (ids.length != 2) {
      throw new ProfileException(
          Quotes.quote(text) + " is not an identity",
          "accepted: " + Quotes.quote(Words.IDENTITIES.keySet()) + ", or `UID:GID`");
    }
    return Identity.ids(id(ids[0]), id(ids[1]));
  }

  /** An identity as YAML. */
  static String text(Identity identity) {
    return Words.IDENTITIES.entrySet().stream()
        .filter(entry -> entry.getValue().equals(identity))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("{uid: " + identity.uid() + ", gid: " + identity.gid() + "}");
  }

  private static long id(String text) {
    if (!text.matches("0|[1-9][0-9]{0,9}") || Long.parseLong(text) > HIGHEST) {
      String what = Quotes.quote(text) + " is not a user or group id";
      throw new ProfileException(what, "accepted: a number from 0 to " + HIGHEST);
    }
    return Long.parseLong(text);
  }
}

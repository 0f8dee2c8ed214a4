package dev.hexe.policy.profiles;

import dev.hexe.policy.profiles.Yaml.Mapping;
import dev.hexe.policy.profiles.Yaml.Scalar;
import java.util.Optional;

/**
 * Where in a file a value is being read.
 *
 * @param key the key it is the value of, with dots between the levels; empty at the top
 * @param paths expands the file's paths
 * @param mistakes collects what is wrong
 */
record Scope(String key, PathExpander paths, Mistakes mistakes) {
  /** The scope of a key below this one. */
  Scope at(String below) {
    return new Scope(path(below), paths, mistakes);
  }

  /** The path of a key below this one. */
  String path(String below) {
    return key.isEmpty() ? below : key + "." + below;
  }

  /** Notes a mistake. */
  void mistake(Yaml where, String what, String help) {
    mistakes.add(where.span(), what, help);
  }

  /** The node as a single value; anything else is a mistake. */
  Optional<Scalar> scalar(Yaml node) {
    return as(Scalar.class, node, "a single value");
  }

  /** The node as a list; anything else is a mistake. */
  Optional<Yaml.Sequence> sequence(Yaml node) {
    return as(Yaml.Sequence.class, node, "a list");
  }

  /** The node as a mapping; anything else is a mistake. */
  Optional<Mapping> mapping(Yaml node) {
    return as(Mapping.class, node, "keys");
  }

  private <T extends Yaml> Optional<T> as(Class<T> kind, Yaml node, String expected) {
    if (node instanceof Scalar scalar && scalar.missing()) {
      mistake(node, name() + " has no value", "");
      return Optional.empty();
    }
    if (!kind.isInstance(node)) {
      mistake(node, name() + " takes " + expected + ", not " + node.kind(), "");
      return Optional.empty();
    }
    return Optional.of(kind.cast(node));
  }

  /** The key for messages. */
  String name() {
    return key.isEmpty() ? "a profile" : Quotes.quote(key);
  }
}

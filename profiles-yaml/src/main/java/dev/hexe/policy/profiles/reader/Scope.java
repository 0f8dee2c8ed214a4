package dev.hexe.policy.profiles.reader;

import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.profiles.network.NetworkSets;
import dev.hexe.policy.profiles.yaml.Mistakes;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.Yaml;
import dev.hexe.policy.profiles.yaml.Yaml.Mapping;
import dev.hexe.policy.profiles.yaml.Yaml.Scalar;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.Optional;

/**
 * The place in a file at which a value is being read.
 *
 * @param key the key it is the value of, with dots between the levels; empty at the top
 * @param paths expands the file's paths
 * @param sets what names of sets of destinations mean
 * @param mistakes collects what is wrong
 * @param layer how late what is said there counts, see {@link Origin#layer()}
 */
public record Scope(
    String key, PathExpander paths, NetworkSets sets, Mistakes mistakes, int layer) {
  /** The scope of a key below this one. */
  public Scope at(String below) {
    return new Scope(path(below), paths, sets, mistakes, layer);
  }

  /** The same for what is said later in the same file. */
  public Scope later(int by) {
    return new Scope(key, paths, sets, mistakes, layer + by);
  }

  /** The path of a key below this one. */
  String path(String below) {
    return key.isEmpty() ? below : key + "." + below;
  }

  /** A value with its place. */
  <T> Said<T> said(T value, Yaml where) {
    return new Said<>(value, YamlText.of(where), origin(where));
  }

  /** The place of a node. */
  public Origin origin(Yaml where) {
    return mistakes.origin(where.span(), layer);
  }

  /** Notes a mistake. */
  public void mistake(Yaml where, String what, String help) {
    mistakes.add(where.span(), what, help);
  }

  /** The node as a single value; anything else is a mistake. */
  public Optional<Scalar> scalar(Yaml node) {
    return as(Scalar.class, node, "a single value");
  }

  /** The node as a list; anything else is a mistake. */
  public Optional<Yaml.Sequence> sequence(Yaml node) {
    return as(Yaml.Sequence.class, node, "a list");
  }

  /** The node as a mapping; anything else is a mistake. */
  public Optional<Mapping> mapping(Yaml node) {
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
  public String name() {
    return key.isEmpty() ? "a profile" : Quotes.quote(key);
  }
}

package dev.hexe.policy.importers.container;

import dev.hexe.policy.importers.ImportException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The merge keys of YAML 1.1, as in {@code <<: *hardened}, which compose files share restrictions
 * with: YAML 1.2 has none, and would make a key of that name of them.
 */
final class MergeKeys {
  private static final String MERGE = "<<";
  private static final int DEEPEST = 20;

  private MergeKeys() {}

  /** The mapping with what it merges below its own keys; an empty one where it is none. */
  static Map<?, ?> merged(@Nullable Object value) {
    return merged(value, 0);
  }

  private static Map<?, ?> merged(@Nullable Object value, int depth) {
    if (!(value instanceof Map<?, ?> map)) {
      return Map.of();
    }
    if (!map.containsKey(MERGE)) {
      return map;
    }
    if (depth > DEEPEST) {
      throw new ImportException("a mapping is merged into itself", "");
    }
    Map<Object, Object> all = new LinkedHashMap<>();
    for (Object source : sources(map.get(MERGE))) {
      all.putAll(merged(source, depth + 1));
    }
    all.putAll(map);
    all.remove(MERGE);
    return all;
  }

  /** Of several the first one counts most, so it comes last. */
  private static List<@Nullable Object> sources(@Nullable Object value) {
    List<@Nullable Object> sources = new ArrayList<>();
    if (value instanceof List<?> list) {
      sources.addAll(list);
    } else {
      sources.add(value);
    }
    Collections.reverse(sources);
    return sources;
  }
}

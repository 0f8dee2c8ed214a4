package dev.hexe.policy.profiles.schema;

import dev.hexe.policy.profiles.host.HostConditions;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.OwnVariables;
import dev.hexe.policy.profiles.setting.ProfileKeys;
import dev.hexe.policy.profiles.shape.Shape;
import dev.hexe.policy.profiles.site.ConfigFile;
import dev.hexe.policy.profiles.site.SiteRuleReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The files that people write, and what each may hold, as the readers of its keys declare it. */
public enum FileShapes {
  /** A profile. */
  PROFILE("profile", "a profile of hexe-policy") {
    @Override
    public Shape shape() {
      return profile(Set.of());
    }
  },
  /** The policy of a project, {@code .hexe-policy.yaml}. */
  PROJECT("project", "the policy of a project, for hexe-policy") {
    @Override
    public Shape shape() {
      return profile(Set.of(Keys.EXTENDS.path(), Keys.PROFILE.path()));
    }
  },
  /** Settings of a user or a site, {@code config.yaml}. */
  CONFIG("config", "settings of hexe-policy, for a user or a site") {
    @Override
    public Shape shape() {
      Shape limits = ((Shape.Members) profile(Set.of())).known().get(ConfigFile.LIMITS);
      return ConfigFile.shape(Optional.ofNullable(limits).orElseThrow());
    }
  },
  /** Rules of a site, {@code rules.d/*.yaml}. */
  RULES("rules", "rules of a site, for hexe-policy") {
    @Override
    public Shape shape() {
      return Shape.either(SiteRuleReader.SHAPE, Shape.items(SiteRuleReader.SHAPE));
    }
  };

  private final String id;
  private final String title;

  FileShapes(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** What a file of this kind may hold. */
  public abstract Shape shape();

  /** What it is called on the command line. */
  public String id() {
    return id;
  }

  /** What it is, for people. */
  public String title() {
    return title;
  }

  private static Shape profile(Set<String> without) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (Key<?> key : ProfileKeys.all()) {
      if (!without.contains(key.path())) {
        put(new ArrayList<>(List.of(key.path().split("\\.", -1))), key.shape(), tree);
      }
      if (key == Keys.EXTENDS) {
        tree.put(OwnVariables.KEY, Shape.open(Shape.TEXT));
      }
    }
    Map<String, Object> part = new LinkedHashMap<>(tree);
    HostConditions.OUTER.forEach(part::remove);
    tree.put(HostConditions.KEY, Shape.items(HostConditions.shape(members(part).known())));
    return members(tree);
  }

  @SuppressWarnings("unchecked") // what is there was put there here
  private static void put(List<String> path, Shape shape, Map<String, Object> tree) {
    String name = path.remove(0);
    if (path.isEmpty()) {
      tree.put(name, shape);
    } else {
      Object below = tree.computeIfAbsent(name, any -> new LinkedHashMap<String, Object>());
      put(path, shape, (Map<String, Object>) below);
    }
  }

  @SuppressWarnings("unchecked")
  private static Shape.Members members(Map<String, Object> tree) {
    Map<String, Shape> known = new LinkedHashMap<>();
    tree.forEach(
        (name, each) ->
            known.put(
                name, each instanceof Shape shape ? shape : members((Map<String, Object>) each)));
    return Shape.members(known);
  }
}

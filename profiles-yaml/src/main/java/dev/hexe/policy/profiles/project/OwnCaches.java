package dev.hexe.policy.profiles.project;

import dev.hexe.policy.api.profile.MountEntry;
import dev.hexe.policy.api.profile.MountEntry.Cache.Contents;
import dev.hexe.policy.api.profile.PathRule;
import dev.hexe.policy.profiles.context.ProfileContext;
import dev.hexe.policy.profiles.key.Keys;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.Said;
import dev.hexe.policy.profiles.reader.Settings;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Caches of the sandbox's own, which are kept for each project: what a command puts there never
 * reaches the host's builds, nor those of another project.
 */
public final class OwnCaches {
  private static final String STATE = "XDG_STATE_HOME";
  private static final String USUAL_STATE = ".local/state";
  private static final String DIRECTORY = "hexe-policy/caches";
  private static final int MOST_CHARACTERS = 40;
  private static final int DIGITS = 12;

  private OwnCaches() {}

  /**
   * What has to be put where. Who lists one of them, or what it is in, to write has that instead.
   * One that a profile has where it is present, and another always, is always there.
   */
  public static Stream<MountEntry> fixtures(Settings settings, ProfileContext context) {
    List<Key<List<PathRule>>> keys =
        List.of(Keys.WHOLE_CACHES, Keys.CACHES, Keys.CACHES_IF_PRESENT);
    if (keys.stream().allMatch(key -> settings.get(key).isEmpty())) {
      refuseFresh(settings);
      return Stream.empty();
    }
    Path project = context.project().top();
    String store = store(context, project).toString();
    boolean fresh = settings.get(Keys.FRESH_CACHES);
    Map<String, Contents> places = new LinkedHashMap<>();
    keys.forEach(
        key ->
            caches(settings, settings.get(key))
                .forEach(path -> places.putIfAbsent(path, contents(key))));
    return places.entrySet().stream()
        .map(
            place ->
                new MountEntry.Cache(
                    place.getKey(),
                    place.getValue(),
                    store,
                    project.toString(),
                    name(place.getKey(), context),
                    fresh));
  }

  private static void refuseFresh(Settings settings) {
    for (Said<Object> said : settings.all(Keys.FRESH_CACHES)) {
      throw new ProfileException(
          Quotes.quote(said.origin().text()) + " has no effect: the profile keeps no caches",
          "leave it out, or choose one that keeps some, such as `project`");
    }
  }

  private static Contents contents(Key<List<PathRule>> key) {
    if (key == Keys.WHOLE_CACHES) {
      return Contents.OWN;
    }
    return key == Keys.CACHES ? Contents.SHARED : Contents.SHARED_IF_PRESENT;
  }

  private static Stream<String> caches(Settings settings, List<PathRule> rules) {
    return rules.stream()
        .map(PathRule::path)
        .filter(path -> !path.startsWith("@"))
        .filter(
            path ->
                Stream.of(Keys.WRITE, Keys.WRITE_IF_PRESENT)
                    .flatMap(list -> settings.get(list).stream())
                    .noneMatch(rule -> Path.of(path).startsWith(rule.path())));
  }

  /** Where the caches of all projects are kept. */
  public static Path root(ProfileContext context) {
    String set = context.environment().getOrDefault(STATE, "");
    Path state = set.startsWith("/") ? Path.of(set) : context.home().resolve(USUAL_STATE);
    return real(state.normalize()).resolve(DIRECTORY);
  }

  private static Path store(ProfileContext context, Path project) {
    String name = String.valueOf(project.getFileName()).replaceAll("[^A-Za-z0-9._-]", "_");
    String shortened = name.substring(0, Math.min(name.length(), MOST_CHARACTERS));
    return root(context).resolve(shortened + "-" + digest(project.toString()));
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The launcher follows no symlink; what is not there yet has none. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      Path parent = path.getParent();
      return parent == null ? path : real(parent).resolve(String.valueOf(path.getFileName()));
    }
  }

  /** A name for a directory, with two underscores for one and one for a slash. */
  private static String name(String path, ProfileContext context) {
    String home = context.home() + "/";
    String rest = path.startsWith(home) ? "~" + path.substring(home.length()) : path;
    return rest.replace("_", "__").replace("/", "_");
  }
}

package dev.hexe.policy.profiles.library;

import dev.hexe.policy.profiles.context.StandardInput;
import dev.hexe.policy.profiles.yaml.Nearest;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds profiles, and remembers every file it looked for. */
public final class Library {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final SearchPath searchPath;
  private final StandardInput input;
  private final Set<Path> consulted = new LinkedHashSet<>();
  private final Set<String> remarks = new LinkedHashSet<>();

  public Library(SearchPath searchPath, StandardInput input) {
    this.searchPath = searchPath;
    this.input = input;
  }

  /**
   * The profile of a name, or in a file, as a person asks for it.
   *
   * @param nameOrPath {@code -} for the standard input, a path where it holds a slash or ends like
   *     a YAML file, else a name
   * @param cwd what a relative path is taken from
   * @throws ProfileException where there is none, it cannot be read, or it takes a built-in one's
   *     name
   */
  public ProfileSource wanted(String nameOrPath, Path cwd) {
    if (nameOrPath.equals(StandardInput.NAME)) {
      input.file().ifPresent(consulted::add);
      return ProfileSource.input(input.text(), cwd);
    }
    return isPath(nameOrPath) ? file(resolve(cwd, nameOrPath), nameOrPath) : named(nameOrPath);
  }

  /**
   * The profile that another one in {@code directory} extends.
   *
   * @throws ProfileException as {@link #wanted} does
   */
  ProfileSource extended(String nameOrPath, Path directory) {
    if (!isPath(nameOrPath)) {
      return named(nameOrPath);
    }
    Path file = resolve(directory, nameOrPath);
    return file(file, file.toString());
  }

  /** Remembers a file that decides as well. */
  public void consult(Path file) {
    consulted.add(file);
  }

  /** Notes what there is to tell of a file. */
  public void remark(String text) {
    remarks.add(text);
  }

  /** What there is to tell of where a profile was found. */
  public List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** Every file that was read or looked for in vain, in that order. */
  public List<Path> consulted() {
    return List.copyOf(consulted);
  }

  private ProfileSource named(String name) {
    if (!NAME.matcher(name).matches()) {
      throw unknown(name);
    }
    return BuiltIns.has(name) ? builtIn(name) : user(name);
  }

  /** Whether this, or what it says, is taken from the working directory. */
  public static boolean isRelative(String nameOrPath) {
    return nameOrPath.equals(StandardInput.NAME)
        || (isPath(nameOrPath) && !nameOrPath.startsWith("/"));
  }

  /** Whether this is a path, and no name. */
  public static boolean isPath(String text) {
    return text.contains("/") || text.endsWith(".yaml") || text.endsWith(".yml");
  }

  private static Path resolve(Path base, String path) {
    try {
      return base.resolve(path).normalize();
    } catch (InvalidPathException e) {
      throw new ProfileException("path " + Quotes.quote(path) + " cannot exist here", "");
    }
  }

  private ProfileSource file(Path file, String shown) {
    consulted.add(file);
    return ProfileSource.file(file, shown);
  }

  private ProfileSource builtIn(String name) {
    for (Path file : searchPath.candidates(name)) {
      consulted.add(file);
      if (Files.exists(file)) {
        throw shadowing(file, name);
      }
    }
    return ProfileSource.builtIn(name);
  }

  // A file that may be there but cannot be seen is read, and so refused: the next one might allow
  // more.
  private ProfileSource user(String name) {
    List<Path> found = new ArrayList<>();
    for (Path file : searchPath.candidates(name)) {
      consulted.add(file);
      if (!Files.notExists(file)) {
        found.add(file);
      }
    }
    if (found.size() > 1) {
      remarks.add(shadowing(name, found));
    }
    return found.stream()
        .findFirst()
        .map(file -> ProfileSource.file(file, file.toString()))
        .orElseThrow(() -> unknown(name));
  }

  // No command made the one that counts: it is out of their reach, see NextRunFiles.
  private static String shadowing(String name, List<Path> found) {
    return "two profiles are called %s: %s is used, and not %s"
        .formatted(
            Quotes.quote(name),
            Quotes.quote(found.get(0).toString()),
            Quotes.quote(found.get(1).toString()));
  }

  private static ProfileException shadowing(Path file, String name) {
    return new ProfileException(
        Quotes.visible(file.toString())
            + ": "
            + Quotes.quote(name)
            + " is the name of a built-in profile",
        "rename the file; it may start with `extends: " + name + "`");
  }

  private ProfileException unknown(String name) {
    List<String> names = new ArrayList<>(BuiltIns.NAMES);
    names.add(BuiltIns.DEFAULT);
    names.addAll(searchPath.profiles().keySet());
    String there = "there are " + Quotes.quote(names);
    Optional<String> near = Nearest.to(name, names);
    String help =
        near.map(other -> "did you mean " + Quotes.quote(other) + "? ").orElse("") + there;
    return new ProfileException("unknown profile " + Quotes.quote(name), help);
  }
}

package dev.hexe.policy.conformance.why;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexe.policy.conformance.harness.OwnHome;
import dev.hexe.policy.conformance.harness.Requires;
import dev.hexe.policy.conformance.harness.Result;
import dev.hexe.policy.conformance.harness.Sandbox;
import dev.hexe.policy.conformance.harness.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A home with a profile of its own, in which several things are tried in one sandbox: what is said
 * of each, and whether it works when that is followed.
 */
final class Explained {
  private final User user;
  private final Path home;
  private final Map<String, String> places = new HashMap<>();
  private String[] before = {};

  private Explained(User user, Path home) {
    this.user = user;
    this.home = home;
    places.put("~/", home + "/");
  }

  /** In a home that a script prepares. */
  static Explained in(User user, String name, String script) {
    Requires.namespaces(user);
    Path home =
        OwnHome.made(
            user,
            name,
            "umask 022; rm -rf \"$1\"; mkdir -p \"$1/.run\" \"$1/proj/.git\""
                + " \"$1/.config/hexe-policy/profiles\" && chmod 700 \"$1/.run\" && cd \"$1\" && "
                + script);
    return new Explained(user, home);
  }

  Path home() {
    return home;
  }

  /** What a word in attempts and profiles stands for. */
  Explained where(String word, String meaning) {
    places.put(word, meaning);
    return this;
  }

  /** Everything is started by another program that prepares the ground. */
  Explained behind(String... starter) {
    before = starter;
    return this;
  }

  String filled(String text) {
    String filled = text;
    for (String word :
        places.keySet().stream().sorted((a, b) -> b.length() - a.length()).toList()) {
      filled = filled.replace(word, places.get(word));
    }
    return filled;
  }

  /** All of it fails under the profile, is explained, and works as it is explained. */
  List<JsonObject> check(String base, String yaml, List<Refused> all) throws IOException {
    List<JsonObject> lines = explained(base, yaml, all);
    List<JsonObject> rest = new ArrayList<>(lines);
    List<JsonObject> found = all.stream().map(it -> it.taken(rest)).toList();
    follow(all, found);
    return found;
  }

  /** What is said of attempts, none of which works. */
  List<JsonObject> explained(String base, String yaml, List<Refused> all) throws IOException {
    write("base", "extends: " + base + "\n" + filled(yaml));
    Path report = home.resolve("proj/report");
    Result observed = program("why", "base", "--why=" + report).sh(script(all));
    assertEquals("", observed.text(), () -> "none of it works: " + observed);
    return Files.readAllLines(report).stream()
        .map(text -> JsonParser.parseString(text).getAsJsonObject())
        .filter(line -> line.has("guarantee"))
        .toList();
  }

  private void follow(List<Refused> all, List<JsonObject> found) {
    Set<String> options = new LinkedHashSet<>();
    List<String> fixed = new ArrayList<>();
    List<Integer> byOption = new ArrayList<>();
    List<Integer> byYaml = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (!all.get(i).mendable()) {
        continue;
      }
      JsonObject fix = found.get(i).getAsJsonObject("fix");
      String option = fix.get("option").getAsString();
      if (!option.isEmpty()) {
        options.addAll(List.of(option.replace("~", home.toString()).split(" (?=--)")));
        byOption.add(i);
      }
      write("fix" + i, "extends: base\n" + fix.get("yaml").getAsString());
      fixed.add("fix" + i);
      byYaml.add(i);
    }
    if (!byOption.isEmpty()) {
      works(byOption, all, program("apply", "base").with(words(options)));
    }
    if (!byYaml.isEmpty()) {
      write("fixed", "extends: [" + String.join(", ", fixed) + "]");
      works(byYaml, all, program("apply", "fixed"));
    }
  }

  /** What two of them take is said once. */
  private static String[] words(Set<String> options) {
    return options.stream().flatMap(it -> Stream.of(it.split(" "))).toArray(String[]::new);
  }

  private void works(List<Integer> some, List<Refused> all, Sandbox sandbox) {
    List<Refused> tried = some.stream().map(all::get).toList();
    Result result = sandbox.sh(script(tried));
    assertEquals(
        IntStream.range(0, tried.size()).mapToObj(String::valueOf).collect(Collectors.toList()),
        result.lines(),
        () -> tried + ": " + result);
  }

  /** A shell in which each attempt prints its number where it works. */
  private String script(List<Refused> all) {
    return IntStream.range(0, all.size())
        .mapToObj(i -> "(" + filled(all.get(i).attempt()) + ") >/dev/null 2>&1 && echo " + i + "; ")
        .collect(Collectors.joining("", "", ":"));
  }

  private Sandbox program(String... arguments) {
    return OwnHome.program(user, home, arguments).behind(before);
  }

  private void write(String name, String text) {
    OwnHome.in(Sandbox.none(), user, home, "proj")
        .behind(before)
        .fed(text + "\n")
        .sh("cat >\"$1\"", home + "/.config/hexe-policy/profiles/" + name + ".yaml")
        .endsWith(0);
  }
}

package dev.hexe.policy.conformance.harness;

import java.nio.file.Path;

/** Homes made for one test each, beside the one that a user's other tests share. */
public final class OwnHome {
  private OwnHome() {}

  /** Makes one of a name, by a script whose first argument is its path. */
  public static Path made(User user, String name, String script) {
    Path home = user.ownHome(name);
    Sandbox.none().as(user).where("HOME", home.toString()).sh(script, home.toString()).endsWith(0);
    return home;
  }

  /** The profile {@code project} in one of its directories. */
  public static Sandbox project(User user, Path home, String directory) {
    Requires.namespaces(user);
    return in(Sandbox.profile("project"), user, home, directory);
  }

  /** The program in the home's {@code proj}, with plans of its own in {@code .run}. */
  public static Sandbox program(User user, Path home, String... arguments) {
    return in(Sandbox.program(arguments), user, home, "proj")
        .where("XDG_RUNTIME_DIR", home + "/.run");
  }

  /** The same, with plans and a gateway that the homes of a test class share, in turn. */
  public static Sandbox sharing(User user, Path home, String plans, String... arguments) {
    Path directory = made(user, plans, "mkdir -p -m 700 \"$1\"");
    return program(user, home, arguments).where("XDG_RUNTIME_DIR", directory.toString());
  }

  /** A sandbox in one of its directories. */
  public static Sandbox in(Sandbox sandbox, User user, Path home, String directory) {
    return sandbox.as(user).where("HOME", home.toString()).in(home.resolve(directory));
  }
}

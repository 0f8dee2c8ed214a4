package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.host.ResolvedPath;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes answers of a policy: where a path leads, what would allow it, and what the host says. */
final class Answers {
  private final EffectivePolicy policy;

  Answers(EffectivePolicy policy) {
    this.policy = policy;
  }

  /** Where a path leads on the host, with what is missing of it behind that. */
  String resolved(String path) {
    for (String there = path; !there.equals("/"); there = Paths.parent(there)) {
      Optional<ResolvedPath> walked = walk(there);
      if (walked.filter(it -> it.kind() != Kind.ABSENT).isPresent()) {
        String real = walked.get().path();
        return real.equals("/") ? path : real + path.substring(there.length());
      }
    }
    return path;
  }

  private Optional<ResolvedPath> walk(String path) {
    try {
      return Optional.of(ResolvedPath.of(path, policy.view()));
    } catch (CannotCompileException e) {
      return Optional.empty();
    }
  }

  /** Opens the directory in which a missing path is made; of the home not all is opened. */
  Fix fix(Operation operation, String place) {
    String there = place;
    while (operation == Operation.WRITE
        && !there.equals("/")
        && policy.view().look(there).kind() == Kind.ABSENT) {
      there = Paths.parent(there);
    }
    String home = policy.profile().home();
    if (operation == Operation.WRITE) {
      String first = Paths.firstBelow(there, place);
      return there.equals(home) && !first.equals(place)
          ? made(first)
          : Fix.listing("--write", "write", there, home);
    }
    boolean absent = policy.view().look(there).kind() == Kind.ABSENT;
    return Fix.listing("--read", absent ? "read-if-present" : "read", there, home);
  }

  /** Lets a command write a directory that the caller makes. */
  private Fix made(String directory) {
    String home = policy.profile().home();
    return Fix.listing("--write", "write", directory, home)
        .after("mkdir " + Paths.forShell(directory, home));
  }

  /** The fix for a directory that a command would make. */
  Fix forNewDirectory(String place) {
    boolean inHome = Paths.parent(place).equals(policy.profile().home());
    return inHome && !isThere(place) ? made(place) : fix(Operation.WRITE, place);
  }

  Answer allowed(Operation operation, String place, Optional<Statement> statement, String reason) {
    return new Answer(
        operation,
        true,
        Optional.empty(),
        Optional.empty(),
        statement,
        reason,
        Optional.empty(),
        host(place, operation),
        isThere(place));
  }

  Answer forbidden(
      Operation operation,
      String place,
      Guarantee guarantee,
      Optional<Statement> statement,
      String reason,
      @Nullable Fix fix) {
    return new Answer(
        operation,
        false,
        Optional.of(guarantee),
        policy.mechanism(guarantee),
        statement,
        reason,
        Optional.ofNullable(fix),
        host(place, operation),
        isThere(place));
  }

  boolean isThere(String place) {
    return policy.view().look(place).kind() != Kind.ABSENT;
  }

  boolean host(String place, Operation operation) {
    boolean absent = !isThere(place);
    return switch (operation) {
      case READ -> policy.view().mayRead(place);
      case WRITE -> policy.view().mayWrite(absent ? Paths.parent(place) : place);
      case EXECUTE -> Files.isExecutable(Path.of(place));
    };
  }
}

package dev.hexe.policy.cli.why;

import dev.hexe.policy.api.host.HostTree.Kind;
import dev.hexe.policy.api.host.ResolvedPath;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Statement;
import dev.hexe.policy.cli.explain.EffectivePolicy;
import dev.hexe.policy.profiles.reader.PathVariables;
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

  /** Opens what is nearest to a path, and nothing that other programs have their files in. */
  Fix fix(Operation operation, String place) {
    String home = policy.profile().home();
    if (operation != Operation.WRITE) {
      return Fix.listing("--read", isThere(place) ? "read" : "read-if-present", place, home);
    }
    String there = nearestThere(place);
    String own = ownBelow(there, place);
    return isShared(there) && !own.equals(place)
        ? made(own)
        : Fix.listing("--write", "write", there, home);
  }

  /** The directory in which a missing path is made. */
  private String nearestThere(String place) {
    String there = place;
    while (!there.equals("/") && !isThere(there)) {
      there = Paths.parent(there);
    }
    return there;
  }

  /** The first directory on the way to a path that is one program's. */
  private String ownBelow(String there, String place) {
    String own = Paths.firstBelow(there, place);
    while (isShared(own) && !own.equals(place)) {
      own = Paths.firstBelow(own, place);
    }
    return own;
  }

  private boolean isShared(String place) {
    return PathVariables.shared(policy.profile().home()).contains(place);
  }

  /** Lets a command write a directory that the caller makes. */
  private Fix made(String directory) {
    String home = policy.profile().home();
    String make = isThere(Paths.parent(directory)) ? "mkdir " : "mkdir -p ";
    return Fix.listing("--write", "write", directory, home)
        .after(make + Paths.forShell(directory, home));
  }

  /** The fix for a directory that a command would make. */
  Fix forNewDirectory(String place) {
    String there = nearestThere(place);
    return isShared(there) && !there.equals(place)
        ? made(ownBelow(there, place))
        : fix(Operation.WRITE, place);
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

package dev.hexe.policy.cli.host;

import dev.hexe.policy.api.spi.IsolationBackend;
import dev.hexe.policy.engine.Backends;
import dev.hexe.policy.engine.rules.PolicyException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** The parts of this installation. */
public final class Installation {
  private Installation() {}

  /**
   * The backends.
   *
   * @throws PolicyException where there is none: that must never mean that nothing is to be
   *     enforced
   */
  public static Backends backends() {
    Backends backends = Backends.installed();
    if (backends.all().isEmpty()) {
      throw new PolicyException("this installation has no backends");
    }
    return backends;
  }

  /** Whether a file is a part of it: whoever could write that could write this program as well. */
  public static boolean has(Path file) {
    return Optional.ofNullable(System.getProperty("hexe.launcher"))
        .map(launcher -> Path.of(launcher).resolveSibling("../lib").normalize())
        .filter(file::startsWith)
        .isPresent();
  }

  /** The jar or directory a backend was loaded from. */
  static String location(IsolationBackend backend) {
    return Optional.ofNullable(backend.getClass().getProtectionDomain().getCodeSource())
        .map(CodeSource::getLocation)
        .map(url -> url.getPath())
        .orElse("unknown");
  }
}

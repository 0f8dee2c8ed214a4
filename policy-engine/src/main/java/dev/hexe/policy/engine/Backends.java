package dev.hexe.policy.engine;

import dev.hexe.policy.api.decision.Mechanism;
import dev.hexe.policy.api.problem.CannotCompileException;
import dev.hexe.policy.api.spi.IsolationBackend;
import dev.hexe.policy.engine.rules.PolicyException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * The backends of this installation, checked once, in the order of their ids; those of plug-ins
 * come last.
 */
public final class Backends {
  private final List<IsolationBackend> backends;

  /**
   * Checks and sorts backends.
   *
   * @throws PolicyException where two share an id
   */
  public Backends(Collection<? extends IsolationBackend> backends) {
    this.backends =
        backends.stream()
            .<IsolationBackend>map(Function.identity())
            .sorted(Comparator.comparing(Backends::isAdded).thenComparing(IsolationBackend::id))
            .toList();
    requireUnique("backends", "id", this.backends.stream().map(IsolationBackend::id).toList());
  }

  /** Those that {@link ServiceLoader} finds. */
  public static Backends installed() {
    return new Backends(
        StreamSupport.stream(ServiceLoader.load(IsolationBackend.class).spliterator(), false)
            .toList());
  }

  /** Whether it is a plug-in's: what that does to files comes on top of what ours have laid out. */
  static boolean isAdded(IsolationBackend backend) {
    return backend.getClass().getClassLoader() != Backends.class.getClassLoader();
  }

  /** All of them. */
  public List<IsolationBackend> all() {
    return backends;
  }

  /**
   * The mechanisms of all backends.
   *
   * @throws PolicyException where two share a rule
   */
  public List<Mechanism> mechanisms() {
    List<Mechanism> mechanisms = new ArrayList<>();
    backends.forEach(backend -> mechanisms.addAll(ask(backend, IsolationBackend::mechanisms)));
    requireUnique("mechanisms", "rule", mechanisms.stream().map(Mechanism::rule).toList());
    return mechanisms;
  }

  /**
   * What a backend answers.
   *
   * @throws PolicyException where it throws anything but that the profile does not fit this machine
   */
  static <T> T ask(IsolationBackend backend, Function<IsolationBackend, T> question) {
    try {
      return question.apply(backend);
    } catch (CannotCompileException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      throw new PolicyException("the backend `" + backend.id() + "` failed", e);
    }
  }

  private static void requireUnique(String things, String property, List<String> values) {
    Set<String> seen = new HashSet<>();
    for (String value : values) {
      if (!seen.add(value)) {
        throw new PolicyException("two %s share the %s `%s`".formatted(things, property, value));
      }
    }
  }
}

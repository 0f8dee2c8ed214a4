package dev.hexe.policy.engine;

import dev.hexe.policy.api.spi.GuaranteeProvider;
import dev.hexe.policy.engine.rules.PolicyException;
import java.util.function.Function;

/** Asks the guarantees of plug-ins, so that one which fails refuses in words. */
public final class Providers {
  private Providers() {}

  /**
   * The answer of a plug-in.
   *
   * @throws PolicyException where it throws anything
   */
  public static <T> T ask(GuaranteeProvider provider, Function<GuaranteeProvider, T> question) {
    try {
      return question.apply(provider);
    } catch (RuntimeException | LinkageError e) {
      throw new PolicyException(
          "the plug-in that has the guarantee `" + provider.guarantee().id() + "` failed", e);
    }
  }
}

package dev.hexe.policy.api.testing;

import dev.hexe.policy.api.profile.Guarantee;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.converter.TypedArgumentConverter;

/** Converts the name of a constant of {@link Guarantee}, as tables of tests have it. */
public final class GuaranteeByName extends TypedArgumentConverter<String, Guarantee> {
  /** A converter. */
  public GuaranteeByName() {
    super(String.class, Guarantee.class);
  }

  @Override
  protected Guarantee convert(@Nullable String name) {
    return Guarantee.withId(String.valueOf(name).toLowerCase(Locale.ROOT).replace('_', '-'))
        .orElseThrow();
  }
}

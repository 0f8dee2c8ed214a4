package dev.hexe.policy.conformance.attacks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** A test that tries ways out. {@code scripts/attacks} runs all of them and prints a table. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Tag(Attack.TAG)
public @interface Attack {
  String TAG = "attack";

  /** The ways out that are tried. */
  Way[] value();

  /** What enforces the promise, where the test's name does not say it. */
  String design() default "both";
}

package dev.hexe.policy.conformance.product;

import dev.hexe.policy.conformance.harness.Sandbox;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code hexe-policy} of a checkout runs what is built there. */
class CheckoutTest {
  /** A build that only says which it is, in a place with a name that shells split. */
  private static final String BUILT =
      """
      script=$1 && place=$(mktemp -d) && trap 'rm -r "$place"' EXIT && mkdir "$place/a b" && cd "$place/a b" &&
      cp "$script" hexe-policy && mkdir -p cli/target/dist/bin cli/src/main && touch pom.xml cli/pom.xml && sleep 0.01 &&
      printf '#!/bin/sh\\necho "built: $*"\\n' >cli/target/dist/bin/hexe-policy &&
      chmod 755 cli/target/dist/bin/hexe-policy && touch cli/target/dist/built &&
      mkdir elsewhere && ln -s ../hexe-policy elsewhere/linked && export CDPATH=/usr && chmod 755 hexe-policy && shift && eval "$1"
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./hexe-policy doctor",
        "bash hexe-policy doctor",
        "cd elsewhere && bash ../hexe-policy doctor",
        "cd elsewhere && bash linked doctor",
        "PATH=$PWD/elsewhere:$PATH && cd / && linked doctor"
      })
  void itIsFoundHoweverTheScriptIsStarted(String start) {
    String script = Path.of("../hexe-policy").toAbsolutePath().normalize().toString();
    Sandbox.none().sh(BUILT, script, start).prints("built: doctor");
  }
}

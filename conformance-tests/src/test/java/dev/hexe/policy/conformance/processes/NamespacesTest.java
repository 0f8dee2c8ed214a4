package dev.hexe.policy.conformance.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.hexe.policy.conformance.harness.Host;
import dev.hexe.policy.conformance.harness.Namespace;
import dev.hexe.policy.conformance.harness.Setting;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A profile has its own namespaces of the promised kinds, and shares the others with the host. */
class NamespacesTest {
  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("everyNamespace")
  void isOwnOrShared(Setting setting, Namespace namespace) {
    String inside = setting.inside().namespace(namespace);
    String outside = Host.namespace(namespace.entry());
    if (setting.profile().separates(namespace)) {
      assertNotEquals(outside, inside);
    } else {
      assertEquals(outside, inside);
    }
  }

  static Stream<Arguments> everyNamespace() {
    return Setting.all()
        .flatMap(
            setting ->
                Arrays.stream(Namespace.values()).map(namespace -> arguments(setting, namespace)));
  }
}

package dev.hexe.policy.exposure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hexe.policy.api.profile.Environment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GITHUB_TOKEN",
        "token",
        "ANTHROPIC_API_KEY",
        "OPENAI_APIKEY",
        "DB_PASSWORD",
        "PGPASSWORD",
        "STRIPE_SECRET",
        "AWS_ACCESS_KEY_ID",
        "AWS_SESSION_TOKEN",
        "AWS_ANYTHING",
        "GITHUB_PAT",
        "GOOGLE_APPLICATION_CREDENTIALS",
        "GPG_PASSPHRASE"
      })
  void speaksOfASecret(String name) {
    LiveContext here = new FakeHost().variable(name, "value").here();
    assertEquals(
        List.of(Exposure.of(Kind.SECRET_ENVIRONMENT, List.of(name))),
        SecretNames.find(here, Environment.HOST).toList());
    Environment without = new Environment(false, List.of(), List.of(name), List.of(), Map.of());
    assertEquals(List.of(), SecretNames.find(here, without).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PATH", "HOME", "AWS_REGION", "KEYBOARD", "TOKENIZERS", "SSH_AUTH_SOCK", "KEYMAP"})
  void doesNot(String name) {
    LiveContext here = new FakeHost().variable(name, "value").here();
    assertEquals(List.of(), SecretNames.find(here, Environment.HOST).toList());
  }
}

package dev.hexe.policy.cli.exposure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
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
    Here here = new FakeHost().variable(name, "value").here();
    assertEquals(
        List.of(Exposure.of(Kind.SECRET_ENVIRONMENT, List.of(name))),
        SecretNames.find(here).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATH", "HOME", "AWS_REGION", "KEYBOARD", "TOKENIZERS", "SSH_AUTH_SOCK"})
  void doesNot(String name) {
    Here here = new FakeHost().variable(name, "value").here();
    assertEquals(List.of(), SecretNames.find(here).toList());
  }
}

package dev.hexe.policy.profiles.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hexe.policy.profiles.context.ProfileContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A variable of the environment moves what the shipped lists name. */
class MovedPlacesTest {
  private static List<String> places(String path, Map<String, String> environment) {
    return new PathExpander(
            ProfileContext.of(Path.of("/home/ada"), "ada", Path.of("/work"), environment), "")
        .expandShipped(path);
  }

  @ParameterizedTest
  @CsvSource({
    "GNUPGHOME, /keys, ~/.gnupg, /keys",
    "CARGO_HOME, /home/ada/x/../cargo/, ~/.cargo/credentials.toml, /home/ada/cargo/credentials.toml",
    "KUBECONFIG, /k/one, ~/.kube, /k/one",
    "GOOGLE_APPLICATION_CREDENTIALS, /k/g.json, ${XDG_CONFIG_HOME}/gcloud, /k/g.json",
    "DOCKER_HOST, unix:///home/ada/d.sock, ~/.docker/run, /home/ada/d.sock",
    "SSH_AUTH_SOCK, /home/ada/agent, ~/.ssh-agent.sock, /home/ada/agent",
    "PNPM_HOME, /p, ${XDG_DATA_HOME}/pnpm/bin, /p/bin",
    "ZDOTDIR, /home/ada/z, ~/.zshrc, /home/ada/z/.zshrc",
    "ZDOTDIR, /home/ada/z, ~/.zsh/functions, /home/ada/z/.zsh/functions",
    "PYTHONUSERBASE, /home/ada, ~/.local/bin, /home/ada/bin",
    "GIT_CONFIG_GLOBAL, /home/ada/dots/git, ~/.gitconfig, /home/ada/dots/git",
  })
  void whatAVariableMovesIsMeantInBothPlaces(String name, String value, String path, String place) {
    List<String> usual = places(path, Map.of());
    assertEquals(1, usual.size());
    assertEquals(List.of(usual.get(0), place), places(path, Map.of(name, value)));
  }

  @Test
  void eachPlaceOfAListIsMeant() {
    assertEquals(
        List.of("/home/ada/go/bin", "/one/bin", "/two/bin"),
        places("~/go/bin", Map.of("GOPATH", "/one:/two:three")));
  }

  @ParameterizedTest
  @CsvSource({
    "DOCKER_HOST, tcp://localhost:2375, ~/.docker/run",
    "HISTFILE, /dev/null, ~/.bash_history",
    "LESSHISTFILE, -, ~/.lesshst",
    "GNUPGHOME, /home/ada, ~/.gnupg",
    "GNUPGHOME, /home, ~/.gnupg",
    "GNUPGHOME, /, ~/.gnupg",
    "GNUPGHOME, /keys, ~/.gnupg2",
    "CARGO_HOME, /c, ~/.cargo2/bin",
    "ZDOTDIR, /z, ~/.bashrc",
  })
  void nothingElseIsMeant(String name, String value, String path) {
    assertEquals(places(path, Map.of()), places(path, Map.of(name, value)));
  }

  /** A plan that was kept for another value would protect the wrong places. */
  @Test
  void theCacheKnowsEachOfThem() throws IOException {
    String key = Files.readString(Path.of("../launcher/src/main/c/cache/key.c"));
    for (String name : MovedPlaces.USUAL.keySet()) {
      assertTrue(key.contains("\"" + name + "\""), name);
    }
  }
}

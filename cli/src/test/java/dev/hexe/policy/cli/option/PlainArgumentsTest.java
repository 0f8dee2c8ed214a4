package dev.hexe.policy.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;

class PlainArgumentsTest {
  private static final CommandSpec SPEC =
      ReportOptions.addTo(SelectionOptions.addTo(Options.command("apply", "apply", "")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sandbox",
        "./web.yaml --strict",
        "--isolated --best-effort",
        "full --read=/a --write=/b --read=c --memory=1G --pids=9 --cpu=50%",
        "--isolation=full full",
        "--read=a=b",
        "sandbox --time=5m --usage --status-fd=4",
        "--status-file=log --identity=root",
        "--bind=/a:/b --bind=/c:/d --tmpfs=/e:size=1M --no-execute=/tmp --root=/f",
        "--argv0=-sh --umask=027 --nice=5 --chdir=/ --pass-fd=3 --pass-fd=4 --as-pid-1 --no-pty",
        "--protect=.git --hide=default --clearenv --keepenv=LC_* --unsetenv=A --setenv=B=c",
      })
  void areUnderstoodAsTheParserUnderstandsThem(String line) {
    List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" ", -1));
    assertEquals(
        Optional.of(SelectionOptions.read(Arguments.parse(SPEC, arguments))),
        PlainArguments.read(arguments));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "--read /a",
        "--unknown",
        "--read=",
        "--strict=yes",
        "--isolated --isolated",
        "--strict --best-effort",
        "--strict --strict",
        "--memory=1 --memory=2",
        "--backend=landlock",
        "--usage --usage",
        "--time=1 --time=2",
        "--block-fd=3",
        "--help",
        "-h",
      })
  void anythingElseIsLeftToTheParser(String line) {
    assertEquals(Optional.empty(), PlainArguments.read(List.of(line.split(" ", -1))));
  }
}

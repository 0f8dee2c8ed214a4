package dev.hexe.policy.cli.manual;

import dev.hexe.policy.cli.author.Schemas;
import dev.hexe.policy.cli.command.Commands;
import dev.hexe.policy.profiles.Profiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Writes manual pages, completions and schemas into a directory laid out as {@code /usr/share}. */
public final class WriteManual {
  private WriteManual() {}

  /** Arguments: the directory, and the version that the pages shall name. */
  public static void main(String[] arguments) throws IOException {
    Path share = Path.of(arguments[0]);
    CommandSpec program = Commands.all();
    write(share.resolve("man/man1"), new ManualPages(program, arguments[1]).all());
    write(share, new Completions(program, Profiles.builtInNames()).all());
    write(share, Schemas.all());
  }

  private static void write(Path directory, Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue().getBytes(StandardCharsets.UTF_8));
    }
  }
}

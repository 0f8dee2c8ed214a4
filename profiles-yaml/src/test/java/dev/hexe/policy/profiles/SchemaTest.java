package dev.hexe.policy.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.hexe.policy.profiles.library.BuiltIns;
import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.schema.FileShapes;
import dev.hexe.policy.profiles.schema.JsonSchema;
import dev.hexe.policy.profiles.schema.KeyMeanings;
import dev.hexe.policy.profiles.setting.ProfileKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.json.JsonMapper;

/** The schema takes what the reader takes, as an editor has it, and finds what is misspelt. */
public final class SchemaTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path DOCUMENTS = Path.of("../docs");
  private static final Pattern EXAMPLE = Pattern.compile("(?m)^```yaml\n((?:.*\n)*?)```$");

  private static List<Error> mistakes(FileShapes kind, String yaml) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text(schema(kind)));
    Object data =
        new Load(LoadSettings.builder().setSchema(new CoreSchema()).build()).loadFromString(yaml);
    return schema.validate(text(data), InputFormat.JSON);
  }

  private static Map<String, Object> schema(FileShapes kind) {
    return JsonSchema.of(kind.shape(), kind.title(), new KeyMeanings()::of);
  }

  private static String text(Object tree) {
    return JSON.writeValueAsString(tree);
  }

  static Stream<String> shipped() {
    return BuiltIns.NAMES.stream();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void everyShippedProfileFits(String name) {
    assertEquals(List.of(), mistakes(FileShapes.PROFILE, BuiltIns.read(name).text()));
  }

  public static List<String> examples() throws IOException {
    List<String> examples = new ArrayList<>();
    try (Stream<Path> pages = Files.list(DOCUMENTS)) {
      List<Path> all =
          Stream.concat(pages, Stream.of(Path.of("../README.md")))
              .filter(page -> page.toString().endsWith(".md"))
              .toList();
      for (Path page : all) {
        Matcher example = EXAMPLE.matcher(Files.readString(page));
        while (example.find()) {
          examples.add(example.group(1));
        }
      }
    }
    assertTrue(examples.size() > 8, "the documents have examples");
    return examples;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleOfTheDocumentsFits(String yaml) {
    assertEquals(List.of(), mistakes(kindOf(yaml), yaml));
  }

  private static FileShapes kindOf(String yaml) {
    if (yaml.contains("condition:")) {
      return FileShapes.RULES;
    }
    return Pattern.compile("(?m)^(commands|default):").matcher(yaml).find()
        ? FileShapes.CONFIG
        : FileShapes.PROFILE;
  }

  @Test
  void whatIsInPackagesAsAnExampleFits() throws IOException {
    String yaml = Files.readString(Path.of("../packaging/files/examples/build.yaml"));
    assertEquals(List.of(), mistakes(FileShapes.PROFILE, yaml));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PROFILE | memroy: 1G",
        "PROFILE | limits: {memroy: 1G}",
        "PROFILE | files: {unlisted: abscent}",
        "PROFILE | files: {read: []}",
        "PROFILE | files: {read: /usr}",
        "PROFILE | files: {read: {onyl: [/usr]}}",
        "PROFILE | files: {tmp: private}",
        "PROFILE | files: {overlays: [{lower: [a, b]}]}",
        "PROFILE | network: {alow: [a.example]}",
        "PROFILE | network: nonne",
        "PROFILE | network: {log: all}",
        "PROFILE | identity: {uid: 5}",
        "PROFILE | demand: {memory: needed}",
        "PROFILE | demand: {memory: {required: full, preferred: full}}",
        "PROFILE | demand: {memmory: required}",
        "PROFILE | when: [{if: {cpu: '>4'}, limits: {pids: 5}}]",
        "PROFILE | when: [{if: {cpus: '>4'}, extends: full}]",
        "PROFILE | limits: {rlimits: {nofiles: 5}}",
        "PROFILE | limits: {}",
        "PROFILE | hide: [~]",
        "PROFILE | environment: {clear: yess}",
        "PROFILE | [a]",
        "PROJECT | extends: full",
        "CONFIG | defualt: full",
        "CONFIG | limits: {memory: [1G]}",
        "CONFIG | sets: {a: b}",
        "RULES | {name: a, condition: b}",
        "RULES | {name: a, condition: b, actions: [forbit]}",
        "RULES | [{name: a, condition: b, actions: [{cap: {disk: 5}}]}]",
        "RULES | [{name: a, condition: b, actions: [{require: {net: full}}]}]",
      })
  void whatTheReaderRefusesIsFoundInTheEditor(FileShapes kind, String yaml) {
    assertFalse(mistakes(kind, yaml).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PROFILE | {extends: [full, ./a.yaml], variables: {src: ~/a, n: 5}, hostname: 5}",
        "PROFILE | environment: {clear: true, keep: [LANG], set: {A: 1, B: true}}",
        "PROFILE | {protect: [], hide: {only: []}, processes: {pid: 1}}",
        "PROFILE | {files: {home: {private: 1G}, shm: host, root: {from: ./a, access: write}}}",
        "PROFILE | {start: {umask: 027, nice: 5, pass-fds: [3]}, privileges: {capabilities: [keep, -chown]}}",
        "PROFILE | {limits: {memory: 1073741824, cpu: 0.5, io: [/dev/sda read=10M], rlimits: {nofile: 10}}}",
        "PROFILE | {demand: {default: preferred, files: {required: partial}}, identity: {uid: 5, gid: 6}}",
        "PROJECT | {hide: [.env], when: [{unless: {exists: [/a, /b]}, network: none}]}",
        "CONFIG | {sets: {ours: [a.example]}, limits: {pids: 50}}",
        "RULES | {name: a, condition: b, priority: 5, actions: [forbid, {warn: w, cap: {memory: 50%}}]}",
      })
  void whatTheReaderTakesFits(FileShapes kind, String yaml) {
    assertEquals(List.of(), mistakes(kind, yaml));
  }

  @Test
  void everyKeyIsExplainedInTheEditor() {
    KeyMeanings meanings = new KeyMeanings();
    List<String> silent =
        ProfileKeys.ALL.stream().map(Key::path).filter(key -> meanings.of(key).isEmpty()).toList();
    assertEquals(List.of(), silent);
  }
}

package dev.hexe.policy.cli.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Classes that are made of lambdas do what the lambdas do. */
class LambdaClassesTest {
  private static final Path HOME = Path.of(System.getProperty("java.home"));
  private static final Path TOOL = Path.of("src/main/dist/lambdas");
  private static final Path FORMS = Path.of("src/test/resources/lambdas/Forms.java");

  @TempDir Path work;
  private Path jar;

  @BeforeEach
  void build() throws Exception {
    run("javac", "-d", work.resolve("forms").toString(), FORMS.toString());
    jar = work.resolve("forms.jar");
    List<Path> classes = files(work.resolve("forms"));
    try (OutputStream stream = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(stream)) {
      for (Path file : classes) {
        ZipEntry entry = new ZipEntry(String.valueOf(file.getFileName()));
        entry.setTime(1_600_000_000_000L);
        zip.putNextEntry(entry);
        zip.write(Files.readAllBytes(file));
      }
    }
    List<String> compile =
        new ArrayList<>(List.of("javac", "-d", work.resolve("tool").toString(), "-cp", asm()));
    files(TOOL).forEach(file -> compile.add(file.toString()));
    run(compile.toArray(String[]::new));
  }

  @Test
  void theyDoTheSame() throws Exception {
    assertTrue(isLambdaLeft());
    String before = forms();
    assertTrue(before.contains("thrown inside"), before);
    rewrite();
    assertEquals(before, forms());
    assertFalse(isLambdaLeft());
  }

  @Test
  void twiceIsTheSame() throws Exception {
    Path other = Files.copy(jar, work.resolve("other.jar"));
    rewrite();
    byte[] once = Files.readAllBytes(jar);
    Files.move(other, jar, StandardCopyOption.REPLACE_EXISTING);
    rewrite();
    assertArrayEquals(once, Files.readAllBytes(jar));
  }

  private void rewrite() throws Exception {
    run("java", "-cp", work.resolve("tool") + ":" + asm(), "LambdaClasses", jar.toString());
  }

  private String forms() throws Exception {
    return run("java", "-Xverify:all", "-cp", jar.toString(), "Forms");
  }

  private boolean isLambdaLeft() throws Exception {
    try (ZipFile file = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : file.stream().toList()) {
        LambdaFinder finder = new LambdaFinder();
        new ClassReader(file.getInputStream(entry)).accept(finder, 0);
        if (finder.found) {
          return true;
        }
      }
      return false;
    }
  }

  private static final class LambdaFinder extends ClassVisitor {
    private boolean found;

    LambdaFinder() {
      super(Opcodes.ASM9);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitInvokeDynamicInsn(
            String sam, String factory, Handle bootstrap, Object... arguments) {
          found |= bootstrap.getOwner().endsWith("LambdaMetafactory");
        }
      };
    }
  }

  private static String asm() throws Exception {
    return Path.of(ClassReader.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .toString();
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private static String run(String... command) throws Exception {
    command[0] = HOME.resolve("bin").resolve(command[0]).toString();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}

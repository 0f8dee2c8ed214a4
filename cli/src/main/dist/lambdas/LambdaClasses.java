import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Makes classes of the lambdas and method references in jars. A JVM links each of them at its first
 * use, which for the thousand of a start takes a quarter of it with Java 17, archive of classes or
 * not; a class of the archive is there at once.
 *
 * <p>Each becomes a member of the nest of the class that it stands in, and so may call what is
 * private there, as before. What {@code LambdaMetafactory.metafactory} has no part in stays.
 */
final class LambdaClasses {
  private final Map<String, byte[]> made = new TreeMap<>();
  private final Map<String, List<String>> members = new TreeMap<>();

  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      new LambdaClasses().rewrite(Path.of(jar));
    }
  }

  private void rewrite(Path jar) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    long time;
    try (ZipFile file = new ZipFile(jar.toFile())) {
      time = file.stream().mapToLong(ZipEntry::getTime).min().orElse(0);
      for (ZipEntry entry : file.stream().toList()) {
        byte[] bytes = file.getInputStream(entry).readAllBytes();
        entries.put(entry.getName(), isClass(entry.getName()) ? withoutLambdas(bytes) : bytes);
      }
    }
    members.forEach(
        (host, added) ->
            entries.computeIfPresent(host + ".class", (name, bytes) -> hosting(bytes, added)));
    made.forEach((name, bytes) -> entries.put(name + ".class", bytes));
    write(jar, entries, time);
  }

  private static boolean isClass(String name) {
    return name.endsWith(".class") && !name.endsWith("module-info.class");
  }

  private static void write(Path jar, Map<String, byte[]> entries, long time) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry written = new ZipEntry(entry.getKey());
        written.setTime(time);
        zip.putNextEntry(written);
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    Files.write(jar, bytes.toByteArray());
  }

  private static byte[] hosting(byte[] host, List<String> added) {
    ClassReader reader = new ClassReader(host);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public void visitEnd() {
            added.forEach(super::visitNestMember);
            super.visitEnd();
          }
        },
        0);
    return writer.toByteArray();
  }

  private byte[] withoutLambdas(byte[] original) {
    ClassReader reader = new ClassReader(original);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new LambdaRemover(writer, this::add), 0);
    return writer.toByteArray();
  }

  private void add(Lambda lambda, String host, byte[] bytes) {
    made.put(lambda.name(), bytes);
    members.computeIfAbsent(host, it -> new ArrayList<>()).add(lambda.name());
  }
}

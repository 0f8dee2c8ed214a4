import java.util.List;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** From one type to another one, as an assignment does it. */
final class Conversion {
  private static final String PRIMITIVES = "ZBSCIJFD";
  private static final List<String> BOXES =
      List.of("Boolean", "Byte", "Short", "Character", "Integer", "Long", "Float", "Double");
  private static final List<String> NAMES =
      List.of("boolean", "byte", "short", "char", "int", "long", "float", "double");

  static void apply(MethodVisitor code, Type from, Type to) {
    boolean primitive = from.getSort() < Type.ARRAY;
    boolean wanted = to.getSort() < Type.ARRAY;
    if (from.equals(to)) {
      return;
    }
    if (primitive && wanted) {
      widen(code, from, to);
    } else if (primitive) {
      box(code, from);
    } else if (wanted) {
      unbox(code, from, to);
    }
    // A class that is narrower is one of the wider, which the compiler has seen to.
  }

  /** From what generic code knows to the class that it is. */
  static void narrow(MethodVisitor code, Type from, Type to) {
    boolean classes = from.getSort() >= Type.ARRAY && to.getSort() >= Type.ARRAY;
    if (classes && !from.equals(to) && !to.getDescriptor().equals("Ljava/lang/Object;")) {
      code.visitTypeInsn(Opcodes.CHECKCAST, to.getInternalName());
    }
  }

  private static void box(MethodVisitor code, Type from) {
    String box = box(from);
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC, box, "valueOf", "(" + from + ")L" + box + ";", false);
  }

  private static void unbox(MethodVisitor code, Type from, Type to) {
    int known = BOXES.indexOf(from.getInternalName().replace("java/lang/", ""));
    Type value = known < 0 ? to : Type.getType(PRIMITIVES.substring(known, known + 1));
    String box = box(value);
    if (known < 0) {
      code.visitTypeInsn(Opcodes.CHECKCAST, box);
    }
    String method = NAMES.get(PRIMITIVES.indexOf(value.getDescriptor())) + "Value";
    code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, box, method, "()" + value, false);
    apply(code, value, to);
  }

  private static String box(Type primitive) {
    return "java/lang/" + BOXES.get(PRIMITIVES.indexOf(primitive.getDescriptor()));
  }

  private static void widen(MethodVisitor code, Type from, Type to) {
    String between = (from.getSort() < Type.INT ? "I" : from.getDescriptor()) + to.getDescriptor();
    switch (between) {
      case "IJ" -> code.visitInsn(Opcodes.I2L);
      case "IF" -> code.visitInsn(Opcodes.I2F);
      case "ID" -> code.visitInsn(Opcodes.I2D);
      case "JF" -> code.visitInsn(Opcodes.L2F);
      case "JD" -> code.visitInsn(Opcodes.L2D);
      case "FD" -> code.visitInsn(Opcodes.F2D);
      case "II", "IS", "IC", "IB" -> {
        // The same to the machine.
      }
      default -> throw new IllegalStateException("no way from " + from + " to " + to);
    }
  }
}

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * A lambda, or a method reference, as a class.
 *
 * @param name that of its class
 * @param sam the method of its interface
 * @param factory what is captured, and the interface
 * @param erased the descriptor of the method
 * @param body what it calls
 * @param actual the types of this use
 */
record Lambda(String name, String sam, String factory, Type erased, Handle body, Type actual) {
  static final String FACTORY = "make";

  byte[] bytes(int version, String host) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    String[] interfaces = {Type.getReturnType(factory).getInternalName()};
    writer.visit(
        version, ACC_FINAL | ACC_SUPER | ACC_SYNTHETIC, name, null, "java/lang/Object", interfaces);
    writer.visitNestHost(host);
    Type[] captured = Type.getArgumentTypes(factory);
    for (int i = 0; i < captured.length; i++) {
      writer
          .visitField(ACC_PRIVATE | ACC_FINAL, "c" + i, captured[i].getDescriptor(), null, null)
          .visitEnd();
    }
    constructor(writer, captured);
    factory(writer, captured);
    method(writer, captured);
    writer.visitEnd();
    return writer.toByteArray();
  }

  private String constructorDescriptor() {
    return Type.getMethodDescriptor(Type.VOID_TYPE, Type.getArgumentTypes(factory));
  }

  private void constructor(ClassWriter writer, Type[] captured) {
    MethodVisitor code =
        writer.visitMethod(ACC_PRIVATE, "<init>", constructorDescriptor(), null, null);
    code.visitCode();
    code.visitVarInsn(ALOAD, 0);
    code.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    int slot = 1;
    for (int i = 0; i < captured.length; i++) {
      code.visitVarInsn(ALOAD, 0);
      code.visitVarInsn(captured[i].getOpcode(ILOAD), slot);
      code.visitFieldInsn(PUTFIELD, name, "c" + i, captured[i].getDescriptor());
      slot += captured[i].getSize();
    }
    end(code, RETURN);
  }

  private void factory(ClassWriter writer, Type[] captured) {
    MethodVisitor code = writer.visitMethod(ACC_STATIC, FACTORY, factory, null, null);
    code.visitCode();
    code.visitTypeInsn(NEW, name);
    code.visitInsn(DUP);
    int slot = 0;
    for (Type type : captured) {
      code.visitVarInsn(type.getOpcode(ILOAD), slot);
      slot += type.getSize();
    }
    code.visitMethodInsn(INVOKESPECIAL, name, "<init>", constructorDescriptor(), false);
    end(code, ARETURN);
  }

  private static void end(MethodVisitor code, int opcode) {
    code.visitInsn(opcode);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  private void method(ClassWriter writer, Type[] captured) {
    MethodVisitor code = writer.visitMethod(ACC_PUBLIC, sam, erased.getDescriptor(), null, null);
    code.visitCode();
    boolean creates = body.getTag() == H_NEWINVOKESPECIAL;
    if (creates) {
      code.visitTypeInsn(NEW, body.getOwner());
      code.visitInsn(DUP);
    }
    for (int i = 0; i < captured.length; i++) {
      code.visitVarInsn(ALOAD, 0);
      code.visitFieldInsn(GETFIELD, name, "c" + i, captured[i].getDescriptor());
    }
    arguments(code, captured.length);
    code.visitMethodInsn(
        opcode(), body.getOwner(), body.getName(), body.getDesc(), body.isInterface());
    Type result =
        creates ? Type.getObjectType(body.getOwner()) : Type.getReturnType(body.getDesc());
    result(code, result);
    end(code, erased.getReturnType().getOpcode(IRETURN));
  }

  /** Those of the method, as the body takes them; the first may be what it is called on. */
  private void arguments(MethodVisitor code, int captured) {
    List<Type> taken = new ArrayList<>();
    if (body.getTag() != H_INVOKESTATIC && body.getTag() != H_NEWINVOKESPECIAL) {
      taken.add(Type.getObjectType(body.getOwner()));
    }
    taken.addAll(List.of(Type.getArgumentTypes(body.getDesc())));
    Type[] from = erased.getArgumentTypes();
    Type[] used = actual.getArgumentTypes();
    int slot = 1;
    for (int i = 0; i < from.length; i++) {
      code.visitVarInsn(from[i].getOpcode(ILOAD), slot);
      slot += from[i].getSize();
      Conversion.narrow(code, from[i], used[i]);
      Conversion.apply(code, used[i], taken.get(captured + i));
    }
  }

  private int opcode() {
    return switch (body.getTag()) {
      case H_INVOKESTATIC -> INVOKESTATIC;
      case H_NEWINVOKESPECIAL -> INVOKESPECIAL;
      case H_INVOKEINTERFACE -> INVOKEINTERFACE;
      // A private method of the nest is called like any other one.
      case H_INVOKESPECIAL, H_INVOKEVIRTUAL -> body.isInterface() ? INVOKEINTERFACE : INVOKEVIRTUAL;
      default -> throw new IllegalStateException("no way to call " + body);
    };
  }

  private void result(MethodVisitor code, Type result) {
    Type wanted = erased.getReturnType();
    if (wanted.equals(Type.VOID_TYPE)) {
      if (!result.equals(Type.VOID_TYPE)) {
        code.visitInsn(result.getSize() == 2 ? POP2 : POP);
      }
    } else {
      Conversion.apply(code, result, wanted);
      Conversion.narrow(code, result, wanted);
    }
  }
}

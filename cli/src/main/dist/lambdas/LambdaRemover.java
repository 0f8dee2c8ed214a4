import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Calls a class that is made for each lambda, where it stood. */
final class LambdaRemover extends ClassVisitor {
  private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";

  /** Takes what is made. */
  interface Receiver {
    void take(Lambda lambda, String host, byte[] bytes);
  }

  private final Receiver receiver;
  private String name = "";
  private String host = "";
  private int version;
  private int count;

  LambdaRemover(ClassVisitor next, Receiver receiver) {
    super(Opcodes.ASM9, next);
    this.receiver = receiver;
  }

  @Override
  public void visit(
      int version, int access, String name, String signature, String above, String[] interfaces) {
    this.name = name;
    this.host = name;
    this.version = version;
    super.visit(version, access, name, signature, above, interfaces);
  }

  @Override
  public void visitNestHost(String host) {
    this.host = host;
    super.visitNestHost(host);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String method, String descriptor, String signature, String[] exceptions) {
    MethodVisitor next = super.visitMethod(access, method, descriptor, signature, exceptions);
    return new MethodVisitor(Opcodes.ASM9, next) {
      @Override
      public void visitInvokeDynamicInsn(
          String sam, String factory, Handle bootstrap, Object... arguments) {
        if (bootstrap.getOwner().equals(METAFACTORY) && bootstrap.getName().equals("metafactory")) {
          Lambda lambda =
              new Lambda(
                  name + "$Lambda" + ++count,
                  sam,
                  factory,
                  (Type) arguments[0],
                  (Handle) arguments[1],
                  (Type) arguments[2]);
          receiver.take(lambda, host, lambda.bytes(version, host));
          super.visitMethodInsn(
              Opcodes.INVOKESTATIC, lambda.name(), Lambda.FACTORY, factory, false);
        } else {
          super.visitInvokeDynamicInsn(sam, factory, bootstrap, arguments);
        }
      }
    };
  }
}

import java.util.*;
import java.util.function.*;
import java.util.stream.*;

/** A lambda, or a method reference, of each form. */
public final class Forms {
  private final String own;

  private Forms(String own) {
    this.own = own;
  }

  private interface Named {
    String name();

    default Supplier<String> twice() {
      return () -> name() + name();
    }

    private String hidden() {
      return "hidden " + name();
    }

    static Function<Named, String> revealing() {
      return Named::hidden;
    }
  }

  private record Tag(String name) implements Named {}

  enum Size { SMALL, LARGE }

  interface OfBound<T extends Comparable<T>> {
    T larger(T one, T other);
  }

  interface Wide {
    long of(byte a, short b, char c, double d, Object e);
  }

  static final class Inner {
    private static int secret(int value) {
      return value + 1;
    }

    IntUnaryOperator reference() {
      return Inner::secret;
    }
  }

  private String joined(String other) {
    return own + other;
  }

  private static long sum(long one, double other) {
    return one + (long) other;
  }

  private static String all(Object... parts) {
    return Arrays.toString(parts);
  }

  private Function<String, String> bound() {
    return this::joined;
  }

  private Supplier<Supplier<String>> nested(int times) {
    return () -> () -> own.repeat(times) + joined("!");
  }

  private static <T extends Comparable<T>> T larger(T one, T other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static int failing() {
    throw new IllegalStateException("thrown inside");
  }

  public static void main(String[] arguments) {
    List<Object> seen = new ArrayList<>();
    Forms forms = new Forms("own");
    Function<String, Forms> made = Forms::new;
    seen.add(made.apply("made").own);
    seen.add(forms.bound().apply("x"));
    seen.add(forms.nested(2).get().get());
    BiFunction<Forms, String, String> unbound = Forms::joined;
    seen.add(unbound.apply(forms, "y"));
    ToLongBiFunction<Integer, Float> widened = Forms::sum;
    seen.add(widened.applyAsLong(3, 4.5f));
    BiFunction<Long, Double, Long> boxed = Forms::sum;
    seen.add(boxed.apply(3L, 4.0));
    Function<Integer, Object> variable = Forms::all;
    seen.add(variable.apply(7));
    IntFunction<int[]> array = int[]::new;
    seen.add(array.apply(3).length);
    Function<Integer, List<String>[]> arrays = List[]::new;
    seen.add(arrays.apply(2).length);
    ToIntFunction<String> length = String::length;
    ToDoubleFunction<String> asDouble = String::length;
    seen.add(length.applyAsInt("four") + asDouble.applyAsDouble("four"));
    OfBound<String> bound = Forms::larger;
    seen.add(bound.larger("a", "b"));
    BinaryOperator<Integer> larger = Forms::larger;
    seen.add(larger.apply(1, 2));
    byte b = 1;
    short s = 2;
    char c = 'c';
    long l = 5L;
    boolean z = true;
    Wide wide = (p, q, r, t, u) -> p + q + r + (long) t + u.hashCode() + b + s + c + l + (z ? 1 : 0);
    seen.add(wide.of((byte) 1, (short) 2, 'x', 3.5, "e"));
    BooleanSupplier truth = () -> z;
    seen.add(truth.getAsBoolean());
    Supplier<Character> character = () -> c;
    seen.add(character.get());
    Runnable dropped = () -> seen.add("run");
    dropped.run();
    Consumer<String> discarding = new HashSet<String>()::add;
    discarding.accept("discarded");
    Named tag = new Tag("tag");
    seen.add(tag.twice().get() + Named.revealing().apply(tag));
    seen.add(new Inner().reference().applyAsInt(41));
    Comparator<Map.Entry<String, Integer>> order = Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry::getKey);
    seen.add(Stream.of(Map.entry("a", 1), Map.entry("b", 2), Map.entry("c", 2)).sorted(order).map(Map.Entry::getKey).collect(Collectors.joining(",")));
    seen.add(Stream.of(Size.values()).collect(Collectors.toMap(Function.identity(), Enum::name, (x, y) -> x, () -> new EnumMap<>(Size.class))));
    seen.add(IntStream.range(0, 4).mapToObj(i -> (Supplier<Integer>) () -> i * i).map(Supplier::get).toList());
    seen.add(((Function<Object, String>) Objects::toString).andThen(String::strip).compose((Integer i) -> " " + i).apply(9));
    Supplier<Integer> failing = Forms::failing;
    try {
      failing.get();
    } catch (IllegalStateException e) {
      seen.add(e.getMessage());
    }
    try {
      Forms nobody = null;
      Function<String, String> none = nobody::joined;
      seen.add(none);
    } catch (NullPointerException e) {
      seen.add("no receiver");
    }
    @SuppressWarnings({"unchecked", "rawtypes"})
    Function<Object, Object> raw = (Function) (Function<String, Integer>) String::length;
    try {
      seen.add(raw.apply(1));
    } catch (ClassCastException e) {
      seen.add("another class");
    }
    seen.forEach(System.out::println);
  }
}

package dev.hexe.policy.profiles.setting;

import dev.hexe.policy.profiles.reader.Key;
import dev.hexe.policy.profiles.reader.Settings;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A row for one setting.
 *
 * @param <T> its values
 * @param <B> the builder of the part of the model that it goes to
 * @param <M> that part
 * @param key its path in a profile, its reader, and how values are put together
 * @param place where it goes in the model
 * @param value its value for programs, of texts, numbers, lists and maps; empty where it is as
 *     usual
 * @param words its value for people; empty where it is as usual
 */
public record Setting<T, B, M>(
    Key<T> key,
    BiConsumer<B, T> place,
    Function<M, Optional<? extends Object>> value,
    Function<M, Optional<String>> words) {
  /** One that {@code explain} shows only where it lists what was said. */
  static <T, B, M> Setting<T, B, M> of(Key<T> key, BiConsumer<B, T> place) {
    return new Setting<>(key, place, model -> Optional.empty(), model -> Optional.empty());
  }

  /** The same, shown in one way to people and programs. */
  Setting<T, B, M> shown(Function<M, Optional<? extends Object>> same) {
    return shown(same, model -> same.apply(model).map(String::valueOf));
  }

  /** The same, shown to programs and to people. */
  Setting<T, B, M> shown(
      Function<M, Optional<? extends Object>> toPrograms, Function<M, Optional<String>> toPeople) {
    return new Setting<>(key, place, toPrograms, toPeople);
  }

  /** Its name in a profile, without the path that leads there. */
  public String name() {
    return key.path().substring(key.path().lastIndexOf('.') + 1);
  }

  /** Puts what is said into the model. */
  void put(Settings settings, B into) {
    place.accept(into, settings.get(key));
  }
}

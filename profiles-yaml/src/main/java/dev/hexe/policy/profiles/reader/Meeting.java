package dev.hexe.policy.profiles.reader;

import dev.hexe.policy.api.profile.Origin;
import dev.hexe.policy.profiles.yaml.FileMistake;
import dev.hexe.policy.profiles.yaml.ProfileException;
import dev.hexe.policy.profiles.yaml.Quotes;
import dev.hexe.policy.profiles.yaml.YamlText;
import java.util.List;

/**
 * Two wishes that meet. The stricter one holds, unless the looser one was said later, or of what
 * was said together is the more specific one. What was said later has the higher layer: an option
 * counts over a variable, that over the profile, and that over what it extends. More specific is a
 * path further down, and one that is named against one of the list that comes with this program.
 *
 * @param same whether they speak of one and the same path
 */
public record Meeting(
    Key<?> strictKey, Said<?> strict, Key<?> looseKey, Said<?> loose, boolean same) {
  public boolean looserHolds() {
    int later = Integer.compare(loose.origin().layer(), strict.origin().layer());
    boolean specific = !same || (strict.isGeneric() && !loose.isGeneric());
    return later > 0 || (later == 0 && specific);
  }

  /**
   * Ends the reading where neither can be said to be meant.
   *
   * @throws ProfileException where both were said together of one path
   */
  public void refuseContradiction() {
    if (isContradiction()) {
      throw contradiction();
    }
  }

  /** Whether both were said together of one path. */
  public boolean isContradiction() {
    boolean together = loose.origin().layer() == strict.origin().layer();
    return together && same && strict.isGeneric() == loose.isGeneric();
  }

  /** The mistake of having said both. */
  public ProfileException contradiction() {
    String what = told(strictKey, strict) + ", but " + told(looseKey, loose);
    String help = "leave out the one that is not meant";
    List<FileMistake> places =
        loose.origin() instanceof Origin.InFile place
            ? List.of(new FileMistake(place.file(), place.line(), place.column(), what, help))
            : List.of();
    return new ProfileException(what, help, places);
  }

  @SuppressWarnings("unchecked") // a Said is never written to
  private static String told(Key<?> key, Said<?> said) {
    String text =
        YamlText.statement(key.pathOf((Said<Object>) said), key.text((Said<Object>) said));
    Origin origin = said.origin();
    return origin instanceof Origin.Option
        ? Quotes.quote(origin.text()) + " says " + text
        : origin.text() + " says " + text;
  }
}

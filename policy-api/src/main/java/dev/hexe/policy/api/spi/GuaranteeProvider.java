package dev.hexe.policy.api.spi;

import dev.hexe.policy.api.decision.Decision;
import dev.hexe.policy.api.profile.Guarantee;
import dev.hexe.policy.api.profile.Profile;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A guarantee that a plug-in adds, with the key by which a profile asks for it. The mechanisms that
 * keep it are those of an {@link IsolationBackend}, of the same plug-in or of another one.
 *
 * <p>Providers are found with {@link java.util.ServiceLoader}, in the jars of the plug-in folders.
 */
public interface GuaranteeProvider {
  /**
   * The version of this API. The manifest of a plug-in's jar names the one that it was built for,
   * as {@code Hexe-Policy-Api}; a jar for another one is refused before any class of it is loaded.
   */
  int API_VERSION = 1;

  /**
   * The providers of the plug-ins of this run.
   *
   * @throws java.util.ServiceConfigurationError if one cannot be loaded
   */
  static List<GuaranteeProvider> installed() {
    return ServiceLoader.load(GuaranteeProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** The guarantee that is promised; made with {@link Guarantee#added}. */
  Guarantee guarantee();

  /** The key of a profile that asks for it. */
  ProfileKey key();

  /**
   * The acts that {@code verify} tries inside.
   *
   * @param profile one that asks for the guarantee
   * @return acts with their expected results; none if there is nothing to try
   */
  default List<GuaranteeCheck> checks(Profile profile) {
    return List.of();
  }

  /**
   * The exposures of a sandbox, for {@code explain}.
   *
   * @param profile any profile, whether it asks for the guarantee or not
   * @param decision the enforcement of the guarantee; empty if the profile does not ask for it
   * @return what stays open, with weights in tenths; none if nothing does
   */
  default List<OpenSpot> exposures(Profile profile, Optional<Decision> decision) {
    return List.of();
  }
}

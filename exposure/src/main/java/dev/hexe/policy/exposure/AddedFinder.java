package dev.hexe.policy.exposure;

import dev.hexe.policy.api.spi.GuaranteeProvider;
import dev.hexe.policy.api.spi.OpenSpot;
import dev.hexe.policy.engine.Providers;
import java.util.stream.Stream;

/** Finds what guarantees of plug-ins leave open, as these say it. */
final class AddedFinder {
  private record Added(String id, int weight, String what, String close) implements ExposureKind {
    @Override
    public boolean wayOut() {
      return false;
    }
  }

  private AddedFinder() {}

  static Stream<Exposure> find(Subject subject) {
    return GuaranteeProvider.installed().stream()
        .flatMap(
            provider ->
                Providers.ask(
                    provider,
                    it ->
                        it
                            .exposures(subject.profile(), subject.decisions().of(it.guarantee()))
                            .stream()))
        .map(AddedFinder::exposure);
  }

  private static Exposure exposure(OpenSpot spot) {
    Added kind = new Added(spot.id(), spot.weight(), spot.what(), spot.close());
    return Exposure.of(kind, spot.evidence());
  }
}

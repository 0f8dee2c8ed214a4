package dev.hexe.policy.cli;

import dev.hexe.policy.api.spi.IsolationBackend;
import java.util.List;

/**
 * What {@code doctor} found.
 *
 * @param host what was tried
 * @param backends what tried it
 * @param outlooks what it means for each profile
 */
record Diagnosis(Host host, List<IsolationBackend> backends, List<Outlook> outlooks) {}

/** Processes: identity, privileges, signals, terminals, system calls. */
@NullMarked
package dev.hexe.policy.conformance.processes;

import org.jspecify.annotations.NullMarked;

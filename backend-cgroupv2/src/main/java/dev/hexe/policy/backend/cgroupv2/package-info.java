/** Resource limits through cgroup v2. */
@NullMarked
package dev.hexe.policy.backend.cgroupv2;

import org.jspecify.annotations.NullMarked;

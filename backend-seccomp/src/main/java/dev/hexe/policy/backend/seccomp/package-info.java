/** Rights beyond files: the privilege set, and filters on system calls. */
@NullMarked
package dev.hexe.policy.backend.seccomp;

import org.jspecify.annotations.NullMarked;

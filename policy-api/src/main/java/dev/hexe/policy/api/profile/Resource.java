package dev.hexe.policy.api.profile;

import java.util.Locale;

/** A resource that each process has so much of, see {@code getrlimit(2)}. */
public enum Resource {
  /** Processor time in seconds. */
  CPU(0),
  /** The size of a file that is written, in bytes. */
  FSIZE(1),
  /** The stack, in bytes. */
  STACK(3),
  /** What is left of a program that crashed, in bytes. */
  CORE(4),
  /** Open files; the highest descriptor is one less. */
  NOFILE(7),
  /** The address space, in bytes. */
  AS(9);

  /** No limit. */
  public static final long UNLIMITED = -1;

  private final int number;

  Resource(int number) {
    this.number = number;
  }

  /** The kernel's number, which is the same on all machines that are supported. */
  public int number() {
    return number;
  }

  /** What it is called in profiles. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

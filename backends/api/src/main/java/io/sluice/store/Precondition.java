package io.sluice.store;

/** What has to hold for a write to happen; the store checks it in the same step as it writes. */
public sealed interface Precondition {
  /** Whatever is there is replaced. */
  Precondition NONE = new None();

  /** There is no such object: of many that race, one wins. */
  Precondition ABSENT = new Absent();

  /** See {@link #NONE}. */
  record None() implements Precondition {}

  /** See {@link #ABSENT}. */
  record Absent() implements Precondition {}

  /** The object still is the version with this tag. */
  record Unchanged(String tag) implements Precondition {}

  /** The object still is this version. */
  static Precondition unchanged(ObjectVersion version) {
    return new Unchanged(version.tag());
  }
}

package io.sluice.store;

/**
 * How an object is written.
 *
 * @param precondition what has to hold
 * @param attributes what is kept with it
 */
public record PutOptions(Precondition precondition, ObjectAttributes attributes) {
  /** Replaces what is there; nothing is kept with it. */
  public static final PutOptions ANY = new PutOptions(Precondition.NONE, ObjectAttributes.NONE);

  /** Only where there is no such object. */
  public static final PutOptions IF_ABSENT =
      new PutOptions(Precondition.ABSENT, ObjectAttributes.NONE);

  /** Only where the object still is this version. */
  public static PutOptions ifStill(ObjectVersion version) {
    return new PutOptions(Precondition.unchanged(version), ObjectAttributes.NONE);
  }

  public PutOptions with(ObjectAttributes other) {
    return new PutOptions(precondition, other);
  }

  public boolean isConditional() {
    return !precondition.equals(Precondition.NONE);
  }
}

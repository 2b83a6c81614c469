package io.sluice.fs;

/**
 * Whose everything is, and its permission bits: an object store has neither.
 *
 * @param fileMode permission bits of files, at most 0777
 * @param directoryMode permission bits of directories, at most 0777
 */
public record Ownership(int uid, int gid, int fileMode, int directoryMode) {
  private static final int READABLE = 0444;
  private static final int SEARCHABLE = 0555;

  public Ownership {
    if ((fileMode & ~0777) != 0 || (directoryMode & ~0777) != 0)
      throw new IllegalArgumentException(
          "not permission bits: %o, %o".formatted(fileMode, directoryMode));
  }

  /** Everybody may read, nobody may write: what a read-only mount can keep its word on. */
  public static Ownership readOnly(int uid, int gid) {
    return new Ownership(uid, gid, READABLE, SEARCHABLE);
  }
}

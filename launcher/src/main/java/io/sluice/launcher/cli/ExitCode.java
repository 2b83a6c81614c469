package io.sluice.launcher.cli;

/** What the exit code of the program says. Documented: scripts depend on the numbers. */
public enum ExitCode {
  OK(0, "done, or unmounted cleanly"),
  UNEXPECTED(1, "something that should not happen"),
  USAGE(2, "wrong options, or mounting like this is not permitted"),
  BUCKET(3, "bucket, credentials or network"),
  MOUNT_POINT(4, "the mount point"),
  DATA_DIR(5, "the data directory"),
  NO_FUSE(6, "this machine has no FUSE: no /dev/fuse or no libfuse 2"),
  NOT_FOUND(7, "a key, a pattern or a mount that is not there"),
  DAMAGED(
      8,
      "bytes are not what they should be: in the cache, where they are fetched again, or on their way"),
  IN_USE(9, "something that is in use or pinned was left as it is"),
  INCOMPLETE(10, "not all of it is in the cache, or was done"),
  LOCAL(11, "a local file, standard input or output"),
  CHANGED(
      12,
      "an object or a file is not what it has to be: --if-absent, --if-match, or changed meanwhile"),
  STATE(13, "the state file of an upload");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  public String meaning() {
    return meaning;
  }
}

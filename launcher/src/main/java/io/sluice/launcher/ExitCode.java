package io.sluice.launcher;

/** What the exit code of the program says. Documented: scripts depend on the numbers. */
enum ExitCode {
  OK(0, "done, or unmounted cleanly"),
  UNEXPECTED(1, "something that should not happen"),
  USAGE(2, "wrong options, or mounting like this is not permitted"),
  BUCKET(3, "bucket, credentials or network"),
  MOUNT_POINT(4, "the mount point"),
  DATA_DIR(5, "the data directory"),
  NO_FUSE(6, "this machine has no FUSE: no /dev/fuse or no libfuse 2");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  int number() {
    return number;
  }

  String meaning() {
    return meaning;
  }
}

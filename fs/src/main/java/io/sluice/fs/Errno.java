package io.sluice.fs;

/** The error numbers we answer with, by their Linux values (asm-generic/errno-base.h, errno.h). */
public enum Errno {
  EPERM(1),
  ENOENT(2),
  EIO(5),
  EBADF(9),
  EACCES(13),
  EEXIST(17),
  ENOTDIR(20),
  EISDIR(21),
  EINVAL(22),
  EROFS(30),
  ERANGE(34),
  ENAMETOOLONG(36),
  ENODATA(61),
  ESTALE(116);

  private final int number;

  Errno(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}

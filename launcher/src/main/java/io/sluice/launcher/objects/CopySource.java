package io.sluice.launcher.objects;

import io.sluice.launcher.bucket.ObjectAddress;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.ShownKey;
import io.sluice.launcher.objects.Wanted.Extent;
import io.sluice.launcher.objects.Wanted.Reading;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is to be copied, as somebody names it. */
sealed interface CopySource {
  /** How it is called, without what it is in. */
  String name();

  /** Whether it can be more than one. */
  boolean isMany();

  /** A file, or a directory with all that is below it. */
  record Local(Path path) implements CopySource {
    @Override
    public String name() {
      Path name = path.toAbsolutePath().normalize().getFileName();
      return name == null ? "" : name.toString();
    }

    @Override
    public boolean isMany() {
      return Files.isDirectory(path);
    }
  }

  /** Objects of a bucket. */
  record InStore(Wanted wanted) implements CopySource {
    @Override
    public String name() {
      String key = wanted.address().key();
      String path = key.endsWith("/") ? key.substring(0, key.length() - 1) : key;
      return path.isEmpty() ? lastOf(wanted.bucket().name()) : lastOf(path);
    }

    @Override
    public boolean isMany() {
      return wanted.extent() != Extent.ONE;
    }

    /** How an object that was found is called from here. */
    CopyTarget.Found found(String key) {
      boolean isItself = wanted.extent() == Extent.ONE;
      isItself |= wanted.extent() == Extent.BELOW && key.equals(wanted.address().key());
      return new CopyTarget.Found(
          isItself && !key.endsWith("/") ? "" : key.substring(wanted.directory().length()),
          lastOf(key));
    }
  }

  private static String lastOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * Reads a source.
   *
   * @throws Failure where there is no such file, or a directory or a prefix without -r
   */
  static CopySource of(String text, Reading reading) throws Failure {
    if (ObjectAddress.isOne(text)) return new InStore(Wanted.of(text, reading));
    if (text.equals("-")) throw Failure.usage("to send the standard input use put");
    Path path = path(text);
    // What the program is given in other bytes comes as this character, and names no file.
    if (!Files.exists(path) && text.indexOf('\ufffd') >= 0)
      throw new Failure(
          ExitCode.LOCAL,
          "%s: a name that is no UTF-8, as keys are: rename it".formatted(ShownKey.of(text)),
          null);
    if (!Files.exists(path))
      throw new Failure(ExitCode.LOCAL, "%s: there is no such file".formatted(text), null);
    if (Files.isDirectory(path) && !reading.isRecursive())
      throw Failure.usage("%s is a directory: give -r for everything below it".formatted(text));
    return new Local(path);
  }

  /** A local path. */
  static Path path(String text) throws Failure {
    if (text.isEmpty()) throw Failure.usage("an empty path: name a file or a URL");
    try {
      return Path.of(text);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("'%s' is no path: %s".formatted(ShownKey.of(text), e.getMessage()));
    }
  }
}

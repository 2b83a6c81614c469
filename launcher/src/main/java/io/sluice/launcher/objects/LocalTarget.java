package io.sluice.launcher.objects;

import io.sluice.fs.Names;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.ShownKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A directory into which objects are copied under names that others have chosen. Nothing is ever
 * written outside of it, whatever a key says, and wherever a link in it leads. For many threads at
 * once.
 */
final class LocalTarget {
  private final Path directory;

  /** Nothing is made yet. */
  LocalTarget(Path directory) {
    this.directory = directory;
  }

  /**
   * The file for what is called so below the directory; the directories in between are made. Where
   * it ends with a slash it is the directory itself.
   *
   * @throws Failure with {@link ExitCode#INCOMPLETE} where it can be no path below the directory
   * @throws IOException where the file system refuses
   */
  Path file(String relative) throws Failure, IOException {
    boolean isDirectory = relative.endsWith("/");
    String name = isDirectory ? relative.substring(0, relative.length() - 1) : relative;
    if (!Names.isPath(name))
      throw refused(relative, "it is no path of a file: an empty name, . or .., NUL, or too long");
    Path root = Files.createDirectories(directory).toRealPath();
    String[] names = name.split("/", -1);
    Path at = root;
    int last = names.length - (isDirectory ? 0 : 1);
    for (int i = 0; i < last; i++) at = inside(root, made(at.resolve(names[i])), relative);
    if (isDirectory) return at;
    Path file = at.resolve(names[names.length - 1]);
    // What is there is replaced where a link leads to; one that leads nowhere is replaced itself.
    if (Files.exists(file)) inside(root, file, relative);
    return file;
  }

  /** A file that somebody named: links in its path are theirs, and its directory is made. */
  static Path named(Path file) throws IOException {
    Path parent = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
    if (!Files.isDirectory(parent)) Files.createDirectories(parent);
    return file;
  }

  private static Path made(Path directory) throws IOException {
    try {
      if (!Files.isDirectory(directory)) Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) // else another thread was faster
      throw new IOException(directory + " is no directory, and other files are to go into it", e);
    }
    return directory;
  }

  /** Where it really is, which is below the root. */
  private static Path inside(Path root, Path path, String relative) throws Failure, IOException {
    Path real = path.toRealPath();
    if (!real.startsWith(root)) throw refused(relative, "a link leads out of " + root);
    return real;
  }

  private static Failure refused(String relative, String why) {
    return new Failure(
        ExitCode.INCOMPLETE, "'%s' is not written: %s".formatted(ShownKey.of(relative), why), null);
  }
}

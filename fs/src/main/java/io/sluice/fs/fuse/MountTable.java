package io.sluice.fs.fuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is mounted where in this process's mount namespace: /proc/self/mountinfo, parsed. */
public final class MountTable {
  private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");

  /** Fields before the optional ones, which end with a field "-". */
  private static final int FIXED_FIELDS = 6;

  /** As many symbolic links as the kernel follows. */
  private static final int MOST_LINKS = 40;

  private MountTable() {}

  /** What is mounted exactly there; of several on top of each other, the one that shows. */
  public static Optional<MountEntry> at(Path mountPoint) throws IOException {
    String wanted = whereItIs(mountPoint);
    return read().stream()
        .filter(entry -> entry.mountPoint().equals(wanted))
        .reduce((below, above) -> above);
  }

  /** Whether a mount of this program, alive or dead, is there. */
  public static boolean isMounted(Path mountPoint) throws IOException {
    return at(mountPoint).filter(MountEntry::isOurs).isPresent();
  }

  /**
   * Whether a mount of this program is there whose process is gone ("Transport endpoint is not
   * connected"). One whose process merely does not answer is not stale. Answers within 5 s.
   */
  public static boolean isStale(Path mountPoint) throws IOException {
    return isMounted(mountPoint) && FileSystemProbe.isDisconnected(whereItIs(mountPoint));
  }

  static List<MountEntry> read() throws IOException {
    return parse(Files.readAllBytes(MOUNTINFO));
  }

  /** Entries in the kernel's order: of two at one place, the later one covers the earlier. */
  static List<MountEntry> parse(byte[] mountinfo) {
    List<MountEntry> entries = new ArrayList<>();
    // Bytes kept as they are until the escapes are undone: a name need not be UTF-8.
    for (String line : new String(mountinfo, ISO_8859_1).split("\n", -1)) {
      String[] fields = line.split(" ", -1);
      int dash = Arrays.asList(fields).indexOf("-");
      if (dash < FIXED_FIELDS || fields.length < dash + 3) continue;
      entries.add(
          new MountEntry(
              fields[2],
              unescaped(fields[4]),
              unescaped(fields[dash + 1]),
              unescaped(fields[dash + 2])));
    }
    return entries;
  }

  /** Spaces, tabs, newlines and backslashes stand there as three octal digits. */
  private static String unescaped(String field) {
    var bytes = new ByteArrayOutputStream(field.length());
    for (int i = 0; i < field.length(); i++) {
      if (field.charAt(i) == '\\' && i + 3 < field.length()) {
        bytes.write(Integer.parseInt(field.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        bytes.write(field.charAt(i));
      }
    }
    return bytes.toString(UTF_8);
  }

  /**
   * The name by which the kernel knows a mount point. Only its parent is resolved, as long as
   * something is mounted there: asking a dead mount itself for its real path fails.
   */
  static String whereItIs(Path mountPoint) throws IOException {
    Path at = mountPoint.toAbsolutePath().normalize();
    for (int links = 0; links < MOST_LINKS; links++) {
      Path name = at.getFileName();
      Path parent = at.getParent();
      if (name == null || parent == null || !Files.exists(parent)) return at.toString();
      Path place = parent.toRealPath().resolve(name);
      if (isInTable(place.toString()) || !Files.isSymbolicLink(place)) return place.toString();
      at = place.resolveSibling(Files.readSymbolicLink(place)).normalize();
    }
    throw new FileSystemLoopException(mountPoint.toString());
  }

  private static boolean isInTable(String place) throws IOException {
    return read().stream().anyMatch(entry -> entry.mountPoint().equals(place));
  }
}

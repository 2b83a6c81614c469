package io.sluice.cache;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Who uses a data directory: a file {@code owners/<id>} for each open cache, locked as long as it
 * lives. One that is missing or not locked is dead, and what it claimed is anybody's. Safe for use
 * by many threads and processes.
 */
final class Owners {
  /** How long whoever opens the directory waits for others that do. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int ATTEMPTS = 100;

  private final Path directory;

  /**
   * Where the owners of a data directory are.
   *
   * @param root that of our format, below the one the user named
   */
  Owners(Path root) {
    this.directory = root.resolve("owners");
  }

  /** A new owner, alive until it is closed. The directory is made where it is missing. */
  Owner register(String label) throws IOException {
    Files.createDirectories(directory);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int id = ThreadLocalRandom.current().nextInt();
      if (id == 0) continue; // is nobody's
      Path file = file(id);
      var about = new OwnerInfo(name(id), ProcessHandle.current().pid(), Instant.now(), label);
      try {
        Files.writeString(file, Json.of(about), StandardOpenOption.CREATE_NEW);
        Flock lock = Flock.open(file);
        // Between the two lines above it looked dead, and may have been removed.
        if (lock.tryExclusive() && lock.isStillThere()) return new Owner(id, file, lock);
        lock.close();
      } catch (FileAlreadyExistsException | NoSuchFileException _) {
        // Another owner's, or already removed as a dead one's: another id.
      }
    }
    throw new IOException("no owner file of ours stays in " + directory);
  }

  boolean isAlive(int id) {
    try (Flock lock = Flock.open(file(id))) {
      return !lock.tryShared();
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      LoggerFactory.getLogger(Owners.class).warn("looking at owner {}: {}", name(id), e.toString());
      return true; // the careful answer: nothing is taken away from it
    }
  }

  /** Those that are alive, as they described themselves. */
  List<OwnerInfo> alive() throws IOException {
    var alive = new ArrayList<OwnerInfo>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      if (isAlive(HexFormat.fromHexDigits(name))) alive.add(described(file, name));
    }
    return alive;
  }

  private static OwnerInfo described(Path file, String name) {
    try {
      return Json.parse(Files.readString(file), OwnerInfo.class);
    } catch (IOException e) {
      return new OwnerInfo(name, 0, Instant.EPOCH, "");
    }
  }

  /** Whether somebody but this one is alive. */
  boolean hasOthers(int id) throws IOException {
    for (Path file : files()) {
      int other = HexFormat.fromHexDigits(file.getFileName().toString());
      if (other != id && isAlive(other)) return true;
    }
    return false;
  }

  /**
   * Removes what dead owners left.
   *
   * @return how many there were
   */
  int removeDead() throws IOException {
    int dead = 0;
    for (Path file : files()) {
      try (Flock lock = Flock.open(file)) {
        if (!lock.tryExclusive() || !lock.isStillThere()) continue;
        Files.deleteIfExists(file);
        Files.deleteIfExists(socket(file));
        dead++;
      } catch (NoSuchFileException _) {
        // somebody else was faster
      }
    }
    return dead;
  }

  /**
   * Runs what only one process at a time should do with the directory; false where others do, or
   * nobody has ever registered. Makes nothing: it may be running while the directory is deleted.
   */
  boolean alone(Duration most, Alone work) throws IOException {
    try (Flock lock = opened()) {
      if (lock == null || !lock.exclusive(most)) return false;
      work.run();
      return true;
    }
  }

  private @Nullable Flock opened() throws IOException {
    try {
      return Flock.open(directory);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** What is done alone. */
  @FunctionalInterface
  interface Alone {
    void run() throws IOException;
  }

  private List<Path> files() throws IOException {
    return ObjectWalk.children(directory).stream()
        .filter(file -> file.getFileName().toString().matches("[0-9a-f]{8}"))
        .toList();
  }

  private Path file(int id) {
    return directory.resolve(name(id));
  }

  private static Path socket(Path file) {
    return file.resolveSibling(file.getFileName() + ".sock");
  }

  static String name(int id) {
    return HexFormat.of().toHexDigits(id);
  }

  /**
   * One open cache of a data directory.
   *
   * @param id never 0
   * @param file which it holds locked
   */
  record Owner(int id, Path file, Flock lock) implements AutoCloseable {
    /** It is dead from here on. */
    @Override
    public void close() {
      try {
        Files.deleteIfExists(file);
        Files.deleteIfExists(socket(file));
      } catch (IOException e) {
        LoggerFactory.getLogger(Owners.class).warn("removing {}: {}", file, e.toString());
      }
      lock.close();
    }
  }
}

package io.sluice.cache.profile;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes what is read, in which order, and writes it to a file when asked to and when closed. Safe
 * for many threads; takes about 120 bytes of memory for each entry, of which there are at most
 * {@link AccessProfile#MOST_ENTRIES}: what is read beyond them is not recorded, and one line of the
 * log says so.
 */
public final class ProfileRecorder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProfileRecorder.class);

  private final Path file;
  private final String storeName;
  private final InstantSource clock;
  private final Instant started;
  private final AtomicLong reads = new AtomicLong();
  private final AtomicInteger room;
  private final ConcurrentHashMap<ObjectVersion, FileRuns> files = new ConcurrentHashMap<>();
  private final AtomicBoolean hasWarned = new AtomicBoolean();

  ProfileRecorder(Path file, String storeName, InstantSource clock, int mostEntries) {
    this.file = file.toAbsolutePath();
    this.storeName = storeName;
    this.clock = clock;
    this.started = clock.instant();
    this.room = new AtomicInteger(mostEntries);
  }

  /**
   * Begins a recording. A file that is there stays until this one is saved.
   *
   * @param file where to
   * @param storeName which bucket of which endpoint
   * @param clock that does not go back
   * @throws ProfileException where the file could not be written
   */
  public static ProfileRecorder open(Path file, String storeName, InstantSource clock)
      throws ProfileException {
    var recorder = new ProfileRecorder(file, storeName, clock, AccessProfile.MOST_ENTRIES);
    if (Files.isDirectory(recorder.file))
      throw new ProfileException(
          file + " is a directory: give the name of a file for the profile", null);
    Path directory = recorder.directory();
    if (!Files.isDirectory(directory) || !Files.isWritable(directory))
      throw new ProfileException(
          "no profile can be written to %s: make the directory, or give another one"
              .formatted(directory),
          null);
    return recorder;
  }

  /**
   * Somebody read; cheap enough for every read.
   *
   * @param length in bytes; what is beyond the end of the object does not count
   */
  public void read(ObjectVersion version, long offset, long length) {
    long end = offset + Math.min(length, version.size() - offset);
    if (offset < 0 || end <= offset) return;
    FileRuns runs = files.get(version);
    if (runs == null) {
      if (room.get() == 0) {
        warnOfNoRoom();
        return;
      }
      runs = files.computeIfAbsent(version, _ -> new FileRuns(room));
    }
    long millis = Math.max(0, Duration.between(started, clock.instant()).toMillis());
    var run = new FileRuns.Run(reads.getAndIncrement(), millis, new ByteRange(offset, end));
    if (!runs.add(run)) warnOfNoRoom();
  }

  private void warnOfNoRoom() {
    if (hasWarned.compareAndSet(false, true))
      LOG.warn("the profile {} is full: what else is read is not recorded", file);
  }

  /** Whether nothing was read so far. */
  public boolean isEmpty() {
    return reads.get() == 0;
  }

  /** What was read so far, as it will be read back. */
  AccessProfile profile() {
    record Numbered(long order, ProfileEntry entry) {}
    List<Numbered> entries = new ArrayList<>();
    files.forEach(
        (version, runs) -> {
          for (FileRuns.Run run : runs.list())
            entries.add(
                new Numbered(run.order(), new ProfileEntry(run.millis(), version, run.range())));
        });
    entries.sort(Comparator.comparingLong(Numbered::order));
    return new AccessProfile(storeName, started, entries.stream().map(Numbered::entry).toList());
  }

  /**
   * Writes what was read so far, in place of what the file had; recording goes on. Whoever reads
   * the file meanwhile finds the old or the new one.
   *
   * @throws ProfileException where the disk does not take it; the file is as it was
   */
  public void save() throws ProfileException {
    AccessProfile profile = profile();
    try {
      Path unfinished =
          Files.createTempFile(
              directory(),
              "." + file.getFileName(),
              ".unfinished",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
      try {
        write(profile, unfinished);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw new ProfileException("cannot write the profile %s: %s".formatted(file, e), e);
    }
  }

  private static void write(AccessProfile profile, Path to) throws IOException {
    try (Writer lines = Files.newBufferedWriter(to)) {
      lines.write(
          ProfileFormat.line(
              new ProfileFormat.Header(ProfileFormat.FORMAT, profile.store(), profile.recorded())));
      for (ProfileEntry entry : profile.entries()) lines.write(ProfileFormat.line(entry));
    }
  }

  private Path directory() {
    Path directory = file.getParent();
    return directory == null ? file : directory;
  }

  /** Saves for the last time. */
  @Override
  public void close() throws ProfileException {
    save();
  }
}

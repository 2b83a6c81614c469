package io.sluice.cache.profile;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * What was read of a bucket, in which order.
 *
 * @param store which bucket of which endpoint
 * @param recorded when its recording began
 * @param entries in the order of their first read
 */
public record AccessProfile(String store, Instant recorded, List<ProfileEntry> entries) {
  /** Most entries of a profile, recorded or read. */
  public static final int MOST_ENTRIES = 100_000;

  /** Longest file that is read, in bytes; entries have about 150. */
  static final long MOST_BYTES = 64 << 20;

  /** Longest line, in characters: a key of 4096 bytes with each of them escaped, and the rest. */
  private static final int MOST_LINE = 32 << 10;

  public AccessProfile {
    entries = List.copyOf(entries);
  }

  /** The objects that were read, in the order of their first read. */
  public SequencedSet<String> keys() {
    SequencedSet<String> keys = new LinkedHashSet<>();
    for (ProfileEntry entry : entries) keys.add(entry.version().key());
    return keys;
  }

  /** What was read of each object version, both in the order of their first read. */
  public SequencedMap<ObjectVersion, List<ByteRange>> ranges() {
    SequencedMap<ObjectVersion, List<ByteRange>> ranges = new LinkedHashMap<>();
    for (ProfileEntry entry : entries)
      ranges.computeIfAbsent(entry.version(), _ -> new ArrayList<>()).add(entry.range());
    return ranges;
  }

  /** The same without what is not below a prefix of the bucket. */
  public AccessProfile below(String prefix) {
    return new AccessProfile(
        store,
        recorded,
        entries.stream().filter(entry -> entry.version().key().startsWith(prefix)).toList());
  }

  /**
   * Reads what {@link ProfileRecorder} wrote.
   *
   * @param storeName which bucket of which endpoint it has to be of
   * @throws ProfileException where it cannot be read, is none, is of a newer program or of another
   *     bucket
   */
  public static AccessProfile read(Path file, String storeName) throws ProfileException {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file))
        throw new ProfileException(file + " is not a file: give a profile", null);
      if (Files.size(file) > MOST_BYTES)
        throw new ProfileException(
            "%s is no profile: it has more than %d MiB".formatted(file, MOST_BYTES >> 20), null);
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        return read(lines, file, storeName);
      }
    } catch (NoSuchFileException e) {
      throw new ProfileException(
          "there is no profile %s: record one with 'sluice mount --record %s'"
              .formatted(file, file),
          e);
    } catch (CharacterCodingException e) {
      throw none(file, e);
    } catch (IOException e) {
      throw new ProfileException("cannot read the profile %s: %s".formatted(file, e), e);
    }
  }

  private static AccessProfile read(BufferedReader lines, Path file, String storeName)
      throws IOException, ProfileException {
    ProfileFormat.Header header;
    try {
      header = ProfileFormat.header(readLine(lines).orElse(""));
    } catch (IllegalArgumentException e) {
      throw none(file, e);
    }
    if (header.format() != ProfileFormat.FORMAT)
      throw new ProfileException(
          "the profile %s has format %d, this program reads %d: use the Sluice that recorded it, or record it again"
              .formatted(file, header.format(), ProfileFormat.FORMAT),
          null);
    if (!header.store().equals(storeName))
      throw new ProfileException(
          "the profile %s is of %s, this is %s: record one of this bucket"
              .formatted(file, header.store(), storeName),
          null);
    List<ProfileEntry> entries = new ArrayList<>();
    var format = new ProfileFormat();
    for (Optional<String> line = readLine(lines); line.isPresent(); line = readLine(lines)) {
      if (entries.size() == MOST_ENTRIES)
        throw new ProfileException(
            "the profile %s has more than %d entries: record a shorter time"
                .formatted(file, MOST_ENTRIES),
            null);
      try {
        entries.add(format.entry(line.get()));
      } catch (IllegalArgumentException e) {
        throw new ProfileException(
            "line %d of the profile %s is no entry: record it again"
                .formatted(entries.size() + 2, file),
            e);
      }
    }
    return new AccessProfile(header.store(), header.recorded(), entries);
  }

  private static ProfileException none(Path file, Exception cause) {
    return new ProfileException(
        "%s is no profile: give a file written by 'sluice mount --record'".formatted(file), cause);
  }

  /** The next line without its end, cut where it is too long; empty at the end of the file. */
  private static Optional<String> readLine(BufferedReader lines) throws IOException {
    var line = new StringBuilder();
    int next = lines.read();
    if (next < 0) return Optional.empty();
    while (next >= 0 && next != '\n') {
      line.append((char) next);
      if (line.length() == MOST_LINE) break; // too long for an entry: parsing it will say so
      next = lines.read();
    }
    return Optional.of(line.toString());
  }
}

package io.sluice.cache;

import io.sluice.store.ObjectVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/**
 * What {@code object.json} says: of which object a directory holds blocks.
 *
 * @param store which bucket of which endpoint
 * @param tag the version's
 * @param size in bytes
 * @param cached since when
 */
record Description(String store, String key, String tag, long size, Instant cached) {
  Description {
    Objects.requireNonNull(store);
    Objects.requireNonNull(key);
    Objects.requireNonNull(tag);
    Objects.requireNonNull(cached);
    if (size < 0) throw new IllegalArgumentException("negative size " + size);
  }

  static Description of(String store, ObjectVersion version) {
    return new Description(store, version.key(), version.tag(), version.size(), Instant.now());
  }

  /**
   * That of an object's directory.
   *
   * @throws BlockMap.Damaged where it does not parse, or the directory has another object's name
   */
  static Description read(Path directory) throws IOException {
    Path file = directory.resolve(ObjectFiles.DESCRIPTION);
    String text = Files.readString(file);
    try {
      Description description = Json.parse(text, Description.class);
      if (!description.name().hash().equals(directory.getFileName().toString()))
        throw new BlockMap.Damaged(file + " describes another object");
      return description;
    } catch (BlockMap.Damaged e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new BlockMap.Damaged(file + " does not parse: " + e.getMessage());
    }
  }

  void write(Path directory) throws IOException {
    Files.writeString(directory.resolve(ObjectFiles.DESCRIPTION), Json.of(this));
  }

  ObjectName name() {
    return ObjectName.of(store, new ObjectVersion(key, tag, size));
  }
}

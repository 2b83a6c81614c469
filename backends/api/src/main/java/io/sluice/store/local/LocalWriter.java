package io.sluice.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Payload;
import io.sluice.store.Precondition;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.WatchedPayload;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * How objects get into a directory and out of it: made aside, then named in one step, so that no
 * reader sees half of one. What names files here does so one after the other; a program that writes
 * into the directory by itself is not held back.
 */
final class LocalWriter {
  private static final int ATTEMPTS = 5;

  /** In bytes; of every file system that Linux has. */
  private static final int LONGEST_NAME = 255;

  private final LocalStore store;
  private final Path root;
  private final Workshop workshop;
  private final LocalDirectories directories;

  LocalWriter(LocalStore store, Path root, Workshop workshop) {
    this.store = store;
    this.root = root;
    this.workshop = workshop;
    this.directories = new LocalDirectories(store, root);
  }

  ObjectVersion put(String key, Payload body, PutOptions options) throws StoreException {
    return put(key, body, options, _ -> {});
  }

  /** As a put, with something to be done to the file before it is on disk and gets its name. */
  ObjectVersion put(String key, Payload body, PutOptions options, Workshop.Finish finish)
      throws StoreException {
    requireWritable(key);
    LocalAttributes.requireKept(options.attributes());
    var watched = new WatchedPayload(key, body);
    try {
      Path made =
          workshop.make(
              watched,
              file -> {
                LocalAttributes.write(file, options.attributes());
                finish.to(file);
              });
      try {
        Named named = workshop.alone(() -> name(made, key, options.precondition()));
        LocalDirectories.force(parent(key), named.there());
        return named.version();
      } finally {
        Files.deleteIfExists(made);
      }
    } catch (IOException e) {
      throw watched.reason(LocalErrors.translate("writing", key, e));
    }
  }

  /** What got its name, and the nearest directory above it that was there before. */
  private record Named(ObjectVersion version, Path there) {}

  private Named name(Path made, String key, Precondition precondition) throws IOException {
    Path target = root.resolve(key);
    Optional<String> before = tag(key);
    boolean holds =
        switch (precondition) {
          case Precondition.None _ -> true;
          case Precondition.Absent _ -> before.isEmpty();
          case Precondition.Unchanged(String tag) -> before.equals(Optional.of(tag));
        };
    if (!holds)
      throw new StoreException.Changed(
          before.map(tag -> key + " is there: " + tag).orElse(key + " is gone"), null);
    Path there = moveTo(made, target, key);
    ObjectMeta now = store.meta(key, target);
    // An inode that was used again within one tick of the file system's clock.
    for (int i = 0; i < 1000 && before.equals(Optional.of(now.version().tag())); i++) {
      LockSupport.parkNanos(1_000_000);
      Files.setLastModifiedTime(target, FileTime.from(Instant.now()));
      now = store.meta(key, target);
    }
    return new Named(now.version(), there);
  }

  private Path parent(String key) {
    return requireNonNull(root.resolve(key).getParent());
  }

  private Optional<String> tag(String key) throws StoreException {
    try {
      return Optional.of(store.head(key).version().tag());
    } catch (StoreException.NotFound e) {
      return Optional.empty();
    }
  }

  private Path moveTo(Path made, Path target, String key) throws IOException {
    Path there = parent(key);
    for (int attempt = 1; ; attempt++) {
      try {
        Path now = directories.make(parent(key), key);
        if (there.startsWith(now)) there = now; // the topmost: what failed may have made some
        if (Files.isDirectory(target))
          throw new StoreException.Unsupported(
              "a directory cannot have %s beside %s/".formatted(key, key), null);
        Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
        return there;
      } catch (NoSuchFileException e) {
        // Whoever deleted the last file of the directory deleted the directory.
        if (attempt == ATTEMPTS) throw e;
      } catch (FileAlreadyExistsException e) {
        throw new StoreException.Unsupported(
            "a directory cannot have a file and what is below it: " + key, e);
      }
    }
  }

  /** What is reached through a link inside is deleted, the link is not. */
  void delete(String key) throws StoreException {
    try {
      if (!isThere(key)) return;
      workshop.alone(
          () -> {
            if (!isThere(key)) return key;
            Path parent = parent(key);
            Files.deleteIfExists(
                parent.toRealPath().resolve(requireNonNull(root.resolve(key).getFileName())));
            directories.deleteEmpty(parent);
            return key;
          });
    } catch (IOException e) {
      StoreException reason = LocalErrors.translate("deleting", key, e);
      if (!(reason instanceof StoreException.NotFound)) throw reason;
    }
  }

  /** Whether there is an object, whose name is one inside: a link may lead out and another in. */
  private boolean isThere(String key) throws IOException {
    return tag(key).isPresent() && directories.isInside(parent(key));
  }

  /** Whether a file can have this name. */
  void requireWritable(String key) throws StoreException {
    try {
      if (store.named(key).isEmpty())
        throw new StoreException.Invalid(
            "no file can have the name of this key: '%s'".formatted(key), null);
      for (Path name : Path.of(key))
        if (name.toString().getBytes(UTF_8).length > LONGEST_NAME)
          throw new StoreException.Invalid(
              "a file's name has at most %d bytes: %s".formatted(LONGEST_NAME, key), null);
    } catch (InvalidPathException e) {
      throw new StoreException.Invalid("no file can have this name: " + e.getMessage(), e);
    }
  }
}

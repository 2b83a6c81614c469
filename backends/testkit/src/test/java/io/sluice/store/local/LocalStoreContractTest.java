package io.sluice.store.local;

import io.sluice.store.ObjectStore;
import io.sluice.store.testkit.ContractBucket;
import io.sluice.store.testkit.StoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** A directory keeps the contract of a bucket, as far as a file system can. */
final class LocalStoreContractTest extends StoreContract {
  @TempDir Path directory;

  @Override
  protected ContractBucket emptyBucket() throws Exception {
    Path root = Files.createDirectory(directory.resolve("bucket"));
    return new LocalBucket(root, LocalStore.open(root));
  }

  private record LocalBucket(Path root, ObjectStore store) implements ContractBucket {
    /** As people replace files: written beside, then moved over the old one. */
    @Override
    public void put(String key, byte[] bytes) throws IOException {
      Path file = root.resolve(key);
      Files.createDirectories(file.getParent());
      if (Files.notExists(file)) {
        Files.write(file, bytes);
        return;
      }
      Path beside = Files.write(Files.createTempFile(root.getParent(), "put", ""), bytes);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Leaves the directories: they do not show. */
    @Override
    public void delete(String key) throws IOException {
      Files.delete(root.resolve(key));
    }

    @Override
    public Map<Ability, String> gaps() {
      return Map.of(
          Ability.OBJECT_BESIDE_PREFIX, "a name is a file or a directory",
          Ability.EMPTY_SEGMENTS, "a path has none",
          Ability.DIRECTORY_MARKERS, "a file's name does not end with a slash",
          Ability.MARKER_VERSIONS, "a file's name does not end with a slash",
          Ability.ANY_DELIMITER, "directories are separated by slashes only",
          Ability.TAGS, "files have none",
          Ability.PRESIGNED_URLS, "files have none");
    }

    @Override
    public void close() {
      store.close();
    }
  }
}

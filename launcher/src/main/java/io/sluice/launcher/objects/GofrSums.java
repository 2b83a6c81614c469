package io.sluice.launcher.objects;

import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectStore;
import io.sluice.store.StoreException;
import io.sluice.store.transfer.Download;
import io.sluice.store.transfer.Expecting;
import io.sluice.store.transfer.checksum.Algorithm;
import io.sluice.store.transfer.checksum.Expected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MD5s that s3gof3r keeps beside its objects, each as an object of 32 hexadecimal digits: in
 * the same bucket under {@code .md5/KEY.md5}, with addresses in path style under {@code
 * .md5/BUCKET/KEY.md5}, and by its documents in a bucket {@code BUCKET.md5}.
 */
final class GofrSums implements Expecting {
  private static final Logger LOG = LoggerFactory.getLogger(GofrSums.class);
  private static final int DIGITS = 32;

  /** A newline behind the digits, and what else an editor may have put there. */
  private static final int LONGEST = 64;

  private final String bucket;
  private final ObjectStore store;
  private final Neighbour neighbour;

  /** The bucket that its documents name. */
  @FunctionalInterface
  interface Neighbour {
    /**
     * Absent where there is no such bucket for us.
     *
     * @param since what is older is not read: it is the sum of an object that was there before
     */
    Optional<byte[]> read(String key, Instant since) throws IOException;
  }

  /**
   * Beside the objects of a bucket.
   *
   * @param bucket its name
   */
  GofrSums(String bucket, ObjectStore store, Neighbour neighbour) {
    this.bucket = bucket;
    this.store = store;
    this.neighbour = neighbour;
  }

  @Override
  public Optional<Expected> of(ObjectDetails object) throws IOException {
    String key = object.meta().key();
    Instant since = object.meta().lastModified();
    for (String place : places(bucket, key)) {
      Optional<Expected> found = sum(read(store, place, since), place);
      if (found.isPresent()) return found;
    }
    return sum(besides(key + ".md5", since), bucket + ".md5/" + key + ".md5");
  }

  /**
   * Where in the bucket itself: s3gof3r wrote to one of them, by how the bucket was addressed, and
   * looked at the first only (cp.go, putter.go of 0.5.0).
   */
  static List<String> places(String bucket, String key) {
    return List.of(".md5/" + key + ".md5", ".md5/" + bucket + "/" + key + ".md5");
  }

  /** A bucket that merely has such a name may be anybody's, and anywhere. */
  private Optional<byte[]> besides(String key, Instant since) throws IOException {
    try {
      return neighbour.read(key, since);
    } catch (StoreException e) {
      LOG.debug("no MD5 of s3gof3r: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Absent where there is none, it is not for us, or of an older object.
   *
   * @param since when the object was written: s3gof3r writes its sum after it
   */
  static Optional<byte[]> read(ObjectStore store, String key, Instant since) throws IOException {
    var written = new AtomicReference<>(Instant.MAX);
    Expecting looking =
        sum -> {
          written.set(sum.meta().lastModified());
          return Optional.empty();
        };
    try {
      byte[] bytes =
          new Download(store, Download.Limits.USUAL, looking, _ -> {}).bytes(key, LONGEST);
      if (!written.get().isBefore(since)) return Optional.of(bytes);
      LOG.debug("{} is older than the object, and not its MD5", key);
      return Optional.empty();
    } catch (StoreException.NotFound | StoreException.Denied | StoreException.TooLarge e) {
      LOG.debug("no MD5 of s3gof3r: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<Expected> sum(Optional<byte[]> content, String place) {
    return content
        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).strip())
        .filter(text -> text.length() == DIGITS)
        .flatMap(text -> Expected.whole(Algorithm.MD5, text, place));
  }
}

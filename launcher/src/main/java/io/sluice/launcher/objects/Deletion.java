package io.sluice.launcher.objects;

import io.sluice.launcher.bucket.ObjectAddress;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.ShownKey;
import io.sluice.store.StoreException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes objects of a bucket, with what belongs to them. For many threads at once.
 *
 * @param hasMd5 whether the objects in which s3gof3r keeps MD5s belong to them
 */
record Deletion(OpenBucket bucket, boolean hasMd5) {
  /** Deletes one; nothing to do where there is none. */
  void delete(String key) throws Failure {
    try {
      for (String each : all(key)) bucket.store().delete(each);
    } catch (StoreException e) {
      throw bucket.failure(key, e);
    }
  }

  /** Says what would be deleted. */
  void print(String key, PrintWriter out) {
    for (String each : all(key))
      out.println("delete " + ShownKey.of(new ObjectAddress(bucket.address(), each).toString()));
  }

  /** The object last, so that a second try finds what the first has left. */
  private List<String> all(String key) {
    List<String> keys = new ArrayList<>();
    if (hasMd5) keys.addAll(GofrSums.places(bucket.address().name(), key));
    keys.add(key);
    return keys;
  }
}

package io.sluice.bench;

import io.sluice.store.ByteRange;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.s3.S3Store;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * What a read of 1 MiB anywhere costs without a mount: one GET each, at the places of {@link
 * Pattern#RANDOM}, one after the other.
 *
 * <p>{@code PlainReads ENDPOINT KEY}, in a process of its own.
 */
final class PlainReads {
  private PlainReads() {}

  public static void main(String[] args) throws IOException {
    try (ObjectStore store = S3Store.open(PlainGets.settings(URI.create(args[0]), 1))) {
      ObjectVersion version = store.head(args[1]).version();
      long pid = ProcessHandle.current().pid();
      Usage before = Usage.of(pid);
      byte[] buffer = new byte[Pattern.STEP];
      List<Long> nanos = new ArrayList<>();
      long bytes = 0;
      long begin = System.nanoTime();
      for (long offset : Pattern.RANDOM.offsets(version.size(), 0)) {
        long start = System.nanoTime();
        try (InputStream body = store.open(version, new ByteRange(offset, offset + Pattern.STEP))) {
          bytes += body.readNBytes(buffer, 0, buffer.length);
        }
        nanos.add(System.nanoTime() - start);
      }
      ReadResult result = ReadResult.of(System.nanoTime() - begin, bytes, nanos);
      System.out.println(result.line() + " " + Usage.of(pid).since(before).line());
    }
  }
}

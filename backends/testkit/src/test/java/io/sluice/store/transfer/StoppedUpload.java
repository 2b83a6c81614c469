package io.sluice.store.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.store.ObjectAttributes;
import io.sluice.store.Payload;
import io.sluice.store.local.LocalStore;
import java.io.IOException;
import java.nio.file.Path;

/** A program that is in the middle of an upload to a directory until somebody stops it. */
final class StoppedUpload {
  private StoppedUpload() {}

  public static void main(String[] args) throws IOException {
    try (LocalStore store = LocalStore.open(Path.of(args[0]));
        var upload = MultipartUpload.create(store, "k", ObjectAttributes.NONE)) {
      upload.put(1, Payload.of("a".getBytes(UTF_8)));
      System.out.println("begun");
      System.in.readAllBytes(); // until it is stopped, or its parent has ended
    }
  }
}

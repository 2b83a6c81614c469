package io.sluice.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.testkit.FaultyStore;
import io.sluice.store.testkit.MemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A file of five parts, a store that can fail, and a state between two lives of an upload. */
abstract class UploadScene {
  static final int PART = 4;
  static final int SIZE = 5 * PART - 1;
  static final String KEY = "a/model.bin";
  static final ObjectAttributes ATTRIBUTES =
      ObjectAttributes.ofType("text/plain").withMetadata("owner", "me");

  @TempDir Path directory;
  final MemoryStore bucket = new MemoryStore();
  final FaultyStore store = new FaultyStore(bucket);
  final Told told = new Told();
  final FakeWaiting waiting = new FakeWaiting();
  Path file = Path.of("/");
  Path state = Path.of("/");

  @BeforeEach
  void makeFile() throws IOException {
    state = directory.resolve("state");
    file = Files.write(directory.resolve("file"), bytes(SIZE));
  }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  ResumableUpload upload(ObjectStore to, Duration patience, int parallelism) {
    var settings = new ResumableUpload.Settings(parallelism, patience);
    return new ResumableUpload(to, settings, waiting, told);
  }

  /** Begins one in parts of {@link #PART} bytes, without any patience. */
  ObjectVersion start(ObjectStore to) throws IOException {
    try (SourceFile source = SourceFile.open(file)) {
      var head =
          new UploadHead(
              new Destination("b", KEY),
              source.path(),
              Optional.of(source.identity()),
              new UploadPlan(source.identity().size(), PART),
              ATTRIBUTES);
      try (StateFile kept = StateFile.create(state, UploadState.begin(head))) {
        return upload(to, Duration.ZERO, 1).run(kept, source);
      }
    }
  }

  ObjectVersion resume(ObjectStore to) throws IOException {
    try (StateFile kept = StateFile.open(state);
        SourceFile source = SourceFile.open(file)) {
      return upload(to, Duration.ZERO, 1).run(kept, source);
    }
  }

  /** How often a part was sent so far. */
  long partsSent() {
    return store.requests().stream().filter(("PUT_PART " + KEY)::equals).count();
  }

  /** The object is that of the file, and nothing is left of its upload. */
  void requireDone() throws IOException {
    ObjectVersion version = bucket.head(KEY).version();
    try (InputStream in = bucket.open(version, version.all())) {
      assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(file));
    }
    ObjectAttributes kept = bucket.describe(KEY).attributes();
    assertThat(kept.metadata()).isEqualTo(ATTRIBUTES.metadata());
    assertThat(state).doesNotExist();
  }

  void requireNoObject() throws IOException {
    assertThat(bucket.list(io.sluice.store.ListRequest.everything("")).objects()).isEmpty();
  }

  List<String> asked() {
    return store.requests();
  }
}

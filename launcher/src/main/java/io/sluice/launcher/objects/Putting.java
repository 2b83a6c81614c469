package io.sluice.launcher.objects;

import io.sluice.launcher.bucket.ObjectAddress;
import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.Stopping;
import io.sluice.launcher.cli.TransferProgress;
import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.transfer.SentSum;
import io.sluice.store.transfer.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file or a stream on its way to an object, and the look at what the store has made of it. */
final class Putting {
  private static final Logger LOG = LoggerFactory.getLogger(Putting.class);

  private static final Path STDIN = Path.of("/dev/stdin");

  /** The store has checked each when it came. */
  private static final String OF_PARTS = "of each part";

  private final ObjectStore store;
  private final Upload upload;
  private final SentSum sent = new SentSum();
  private final boolean isCompared;

  /** In bytes, of parts that go at once; larger ones go one at a time. */
  private final long memory;

  private final AtomicBoolean isOutgrown = new AtomicBoolean();
  private final TransferProgress progress;
  private final Stopping stop;

  /**
   * To a store.
   *
   * @param isCompared whether the store is asked what it made of what was sent
   * @param stop where it comes when a pipe ends, nothing is written
   */
  Putting(
      ObjectStore store,
      Upload.Limits limits,
      boolean isCompared,
      TransferProgress progress,
      Stopping stop) {
    this.store = store;
    this.isCompared = isCompared;
    this.progress = progress;
    this.upload = new Upload(store, limits, progress, this::sent);
    this.memory = limits.memory();
    this.stop = stop;
  }

  void sent(Part part) {
    sent.accept(part);
    if (part.number() == 1 || part.size() <= memory || isOutgrown.getAndSet(true)) return;
    progress.say(
        "parts of %s go one at a time now: --memory 4G, with SLUICE_JAVA_OPTS=-Xmx5g, sends such streams in parallel"
            .formatted(new ByteSize(part.size())));
  }

  /** From a file, or from the standard input; says at the end what became of it. */
  void run(ObjectAddress object, Optional<Path> file, PutOptions options) throws IOException {
    ObjectVersion version =
        file.isPresent()
            ? fromFile(object.key(), file.get(), options)
            : fromInput(object.key(), options);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(Getting.tagName(object.bucket()), version.tag());
    facts.put("checksum", isCompared ? compared(version) : OF_PARTS);
    progress.done(object.toString(), facts);
  }

  private ObjectVersion fromFile(String key, Path file, PutOptions options) throws IOException {
    if (!Files.isRegularFile(file)) return fromPipe(StandardStreams.input(file), key, options);
    progress.total(Files.size(file));
    return upload.file(file, key, options);
  }

  private ObjectVersion fromInput(String key, PutOptions options) throws IOException {
    // Of a file that the shell has opened the end is where it is.
    if (!Files.isRegularFile(STDIN)) return fromPipe(StandardStreams.input(), key, options);
    try (InputStream in = StandardStreams.input()) {
      return upload.stream(in, key, options);
    }
  }

  ObjectVersion fromPipe(InputStream pipe, String key, PutOptions options) throws IOException {
    return PipeInput.send(pipe, stop, upload, key, options);
  }

  /** What the store says of the object that it made of the parts, against what was sent. */
  private String compared(ObjectVersion version) throws IOException {
    ObjectDetails made;
    try {
      made = store.describe(version.key());
    } catch (StoreException.Denied | StoreException.NotFound e) {
      // Who may only write does not see it; who deletes at once does not want it.
      LOG.debug("not compared: {}", e.getMessage());
      return OF_PARTS;
    } catch (StoreException.Unavailable | StoreException.Throttled e) {
      progress.say("it is written, but not compared: " + e.getMessage());
      return OF_PARTS;
    }
    // Somebody has replaced it: then there is nothing to be compared.
    if (!made.meta().version().equals(version)) return OF_PARTS;
    return sent.compared(made).orElse(OF_PARTS);
  }
}

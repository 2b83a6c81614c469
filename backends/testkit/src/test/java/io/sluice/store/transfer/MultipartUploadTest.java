package io.sluice.store.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.store.AtExit;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.Payload;
import io.sluice.store.Precondition;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import io.sluice.store.testkit.FaultyStore;
import io.sluice.store.testkit.FaultyStore.Fault;
import io.sluice.store.testkit.MemoryStore;
import io.sluice.store.testkit.PassingStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An upload ends one way or the other, whatever happens. */
@Timeout(120)
final class MultipartUploadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final MemoryStore memory = new MemoryStore();
  private final FaultyStore store = new FaultyStore(memory);

  @AfterEach
  void nothingIsLeftToUndo() {
    assertThat(AtExit.JVM.isEmpty()).isTrue();
    assertThat(Thread.interrupted()).isFalse();
  }

  private MultipartUpload begin() throws StoreException {
    return MultipartUpload.create(store, "k", ObjectAttributes.NONE);
  }

  private static Payload text(String text) {
    return Payload.of(text.getBytes(UTF_8));
  }

  private String object() throws IOException {
    ObjectVersion version = memory.head("k").version();
    try (var body = memory.open(version, version.all())) {
      return new String(body.readAllBytes(), UTF_8);
    }
  }

  private List<?> pending() throws StoreException {
    return memory.uploads().pending("");
  }

  @Test
  void partsBecomeTheObjectInTheOrderOfTheirNumbers() throws Exception {
    try (var upload = begin()) {
      upload.put(2, text("bb"));
      upload.put(1, text("aa"));
      assertThat(upload.complete(Precondition.NONE)).isEqualTo(memory.head("k").version());
    }
    assertThat(object()).isEqualTo("aabb");
    assertThat(store.requests()).noneMatch(request -> request.startsWith("ABORT"));
  }

  @Test
  void manyThreadsPutParts() throws Exception {
    try (var upload = begin();
        var threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Part>> puts =
          IntStream.rangeClosed(1, 50)
              .<Callable<Part>>mapToObj(i -> () -> upload.put(i, text(i + ",")))
              .toList();
      for (Future<Part> put : threads.invokeAll(puts)) put.get(10, TimeUnit.SECONDS);
      upload.complete(Precondition.NONE);
    }
    assertThat(object()).startsWith("1,2,3,").endsWith("49,50,").hasSize(9 * 2 + 41 * 3);
  }

  @Test
  void anUploadThatIsNotCompletedIsAborted() throws Exception {
    try (var upload = begin()) {
      upload.put(1, text("a"));
    }
    assertThat(pending()).isEmpty();
  }

  @Test
  void anUploadIsAbortedWhereItsPreconditionDoesNotHold() throws Exception {
    memory.put("k", "there");
    assertThatThrownBy(
            () -> {
              try (var upload = begin()) {
                upload.put(1, text("a"));
                upload.complete(Precondition.ABSENT);
              }
            })
        .isInstanceOf(StoreException.Changed.class);
    assertThat(pending()).isEmpty();
    assertThat(object()).isEqualTo("there");
  }

  @Test
  void anErrorOfTheCallerAbortsIt() throws Exception {
    var error = new AssertionError("no part of the upload");
    assertThatThrownBy(
            () -> {
              try (var upload = begin()) {
                upload.put(1, text("a"));
                throw error;
              }
            })
        .isSameAs(error)
        .hasNoSuppressedExceptions();
    assertThat(pending()).isEmpty();
  }

  /** As clients do: whoever is interrupted asks nobody. */
  @Test
  void anInterruptedThreadAbortsToo() throws Exception {
    Thread.currentThread().interrupt();
    try (var _ = MultipartUpload.create(new Sensitive(memory), "k", ObjectAttributes.NONE)) {
      assertThat(pending()).hasSize(1);
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(pending()).isEmpty();
  }

  @Test
  void anAbortThatFailsHidesNothing() throws Exception {
    var error = new IOException("the disk is gone");
    Throwable thrown =
        catchThrowable(
            () -> {
              try (var _ = begin()) {
                store.script(refused());
                throw error;
              }
            });
    assertThat(thrown).isSameAs(error);
    assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(StoreException.Denied.class);
  }

  private static Fault refused() {
    return new Fault.Refused(new StoreException.Denied("not you", null));
  }

  private static Fault lost() {
    return new Fault.LostAnswer(new StoreException.Unavailable("broke off", null));
  }

  private static Fault down() {
    return new Fault.Refused(new StoreException.Unavailable("down", null));
  }

  @Test
  void aCompletionWhoseAnswerIsLostIsLookedAt() throws Exception {
    try (var upload = begin()) {
      upload.put(1, text("a"));
      store.script(lost());
      assertThat(upload.complete(Precondition.ABSENT)).isEqualTo(memory.head("k").version());
    }
    assertThat(object()).isEqualTo("a");
    assertThat(store.requests()).noneMatch(request -> request.startsWith("ABORT"));
  }

  @Test
  void aCompletionThatNobodyKnowsAboutSaysSo() throws Exception {
    assertThatThrownBy(
            () -> {
              try (var upload = begin()) {
                upload.put(1, text("a"));
                store.script(lost(), down());
                upload.complete(Precondition.NONE);
              }
            })
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("look at the object");
    assertThat(object()).isEqualTo("a"); // aborting what is done does no harm
    assertThat(pending()).isEmpty();
  }

  @Test
  void aKeptUploadIsResumed() throws Exception {
    UploadId id;
    try (var upload = begin()) {
      upload.put(1, text("a"));
      upload.keep();
      id = upload.id();
    }
    assertThat(pending()).hasSize(1);
    try (var upload = MultipartUpload.resume(store, id)) {
      assertThat(upload.parts()).extracting(Part::number).containsExactly(1);
      upload.put(2, text("b"));
      upload.complete(Precondition.NONE);
    }
    assertThat(object()).isEqualTo("ab");
  }

  @Test
  void whatHasEndedTakesNoMoreParts() throws Exception {
    MultipartUpload upload = begin();
    upload.close();
    upload.close();
    assertThatThrownBy(() -> upload.put(1, text("a"))).isInstanceOf(IllegalStateException.class);
    assertThat(store.requests()).filteredOn(request -> request.startsWith("ABORT")).hasSize(1);
  }

  @Test
  void whatIsOpenIsAbortedWhereTheJvmStops() throws Exception {
    try (var one = begin();
        var other = begin()) {
      AtExit.JVM.undoAll(PATIENCE);
      assertThat(pending()).isEmpty();
      assertThatThrownBy(() -> one.put(1, text("a"))).isInstanceOf(IllegalStateException.class);
      assertThat(other.id()).isNotEqualTo(one.id());
    }
  }

  @Test
  void aJvmThatStopsWaitsForWhoeverAbortsAlready() throws Exception {
    var inAbort = new CountDownLatch(1);
    var mayAbort = new CountDownLatch(1);
    var slow =
        new Hooked(
            memory,
            "ABORT",
            _ -> {
              inAbort.countDown();
              mayAbort.await();
            });
    MultipartUpload upload = MultipartUpload.create(slow, "k", ObjectAttributes.NONE);
    Thread closing = Thread.ofVirtual().start(() -> close(upload));
    inAbort.await();
    Thread hook = Thread.ofVirtual().start(() -> AtExit.JVM.undoAll(PATIENCE));
    assertThat(hook.join(Duration.ofMillis(200))).isFalse();
    mayAbort.countDown();
    assertThat(hook.join(PATIENCE)).isTrue();
    closing.join();
    assertThat(pending()).isEmpty();
  }

  private static void close(MultipartUpload upload) {
    try {
      upload.close();
    } catch (StoreException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aPartThatComesWhileTheJvmStopsIsAbortedToo() throws Exception {
    var onItsWay = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    var stuck =
        new Hooked(
            store,
            "PUT_PART",
            _ -> {
              onItsWay.countDown();
              never.await();
            });
    MultipartUpload upload = MultipartUpload.create(stuck, "k", ObjectAttributes.NONE);
    Thread sending =
        Thread.ofVirtual()
            .start(
                () ->
                    assertThatThrownBy(() -> upload.put(1, text("a")))
                        .isInstanceOf(StoreException.class));
    onItsWay.await();
    AtExit.JVM.undoAll(PATIENCE);
    assertThat(store.requests()).filteredOn(request -> request.startsWith("ABORT")).hasSize(2);
    sending.interrupt();
    sending.join();
    upload.close();
  }

  /** Whoever is interrupted gets no request through. */
  private static final class Sensitive extends PassingStore {
    Sensitive(MemoryStore inner) {
      super(inner);
    }

    @Override
    protected <T> T send(Request request, Sending<T> sending) throws StoreException {
      if (Thread.currentThread().isInterrupted() && request.toString().startsWith("ABORT"))
        throw new StoreException.Unavailable("interrupted", null);
      return sending.now();
    }
  }
}

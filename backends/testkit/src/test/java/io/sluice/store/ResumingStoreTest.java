package io.sluice.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.testkit.FaultyStore;
import io.sluice.store.testkit.FaultyStore.Fault;
import io.sluice.store.testkit.MemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What passes is got over, what does not is reported, and nothing lasts for ever. */
final class ResumingStoreTest {
  private static final Payload BODY = Payload.of("body".getBytes(UTF_8));

  private final MemoryStore bucket = new MemoryStore();
  private final FaultyStore faulty = new FaultyStore(bucket);
  private final FakeWaiting time = new FakeWaiting();
  private final ResumingStore store =
      new ResumingStore(
          faulty,
          new Retry(3, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(18)),
          time);

  @AfterEach
  void everyBodyIsClosed() {
    assertThat(bucket.openBodies()).isZero();
  }

  @Test
  void aBodyThatBreaksIsResumedWhereItBroke() throws Exception {
    ObjectVersion version = bucket.put("k", "abcdefgh").version();
    faulty.script(brokenAfter(3), brokenAfter(2));
    assertThat(text(version, 0, 8)).isEqualTo("abcdefgh");
    assertThat(faulty.requests()).containsExactly("GET k 0..8", "GET k 3..8", "GET k 5..8");
  }

  @Test
  void aPartOfAnObjectIsResumedWithinIt() throws Exception {
    ObjectVersion version = bucket.put("k", "abcdefgh").version();
    faulty.script(brokenAfter(1));
    assertThat(text(version, 2, 5)).isEqualTo("cde");
    assertThat(faulty.requests()).containsExactly("GET k 2..5", "GET k 3..5");
  }

  @Test
  void aBodyThatEndsEarlyIsNoEndOfFile() throws Exception {
    ObjectVersion version = bucket.put("k", "abcdefgh").version();
    faulty.script(new Fault.ShortBody(5));
    assertThat(text(version, 0, 8)).isEqualTo("abcdefgh");
  }

  @Test
  void aBodyThatWasReadIsNotAskedForAgain() throws Exception {
    ObjectVersion version = bucket.put("k", "abcd").version();
    faulty.script(brokenAfter(4));
    assertThat(text(version, 0, 4)).isEqualTo("abcd");
    assertThat(faulty.requests()).containsExactly("GET k 0..4");
  }

  @Test
  void anObjectThatChangedInTheMeantimeIsNotMixed() throws Exception {
    ObjectVersion version = bucket.put("k", "aaaabbbb").version();
    faulty.script(brokenAfter(4));
    try (InputStream body = store.open(version, version.all())) {
      assertThat(new String(body.readNBytes(4), UTF_8)).isEqualTo("aaaa");
      bucket.put("k", "ccccdddd");
      assertThatThrownBy(body::read).isInstanceOf(StoreException.Changed.class);
    }
    assertThat(faulty.requests()).hasSize(2);
  }

  @Test
  void attemptsWithoutProgressAreBounded() {
    ObjectVersion version = bucket.put("k", "abcdefgh").version();
    faulty.script(brokenAfter(2), brokenAfter(0), brokenAfter(0), brokenAfter(0));
    assertThatThrownBy(() -> text(version, 0, 8)).isInstanceOf(StoreException.Unavailable.class);
    assertThat(faulty.requests()).hasSize(3);
    assertThat(time.pauses()).hasSize(2);
  }

  @Test
  void progressMakesUpForEarlierFailures() throws Exception {
    ObjectVersion version = bucket.put("k", "abcdefgh").version();
    for (int i = 0; i < 7; i++) faulty.script(brokenAfter(1));
    assertThat(text(version, 0, 8)).isEqualTo("abcdefgh");
    assertThat(faulty.requests()).hasSize(8);
  }

  @Test
  void aBodyThatBreaksAfterALongTimeIsResumed() throws Exception {
    ObjectVersion version = bucket.put("k", "abcdefgh").version();
    faulty.script(brokenAfter(4));
    try (InputStream body = store.open(version, version.all())) {
      assertThat(body.readNBytes(4)).hasSize(4);
      time.pass(Duration.ofMinutes(10));
      assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo("efgh");
    }
  }

  @Test
  void aRequestIsMadeAgainWhereThatMayHelp() throws Exception {
    bucket.put("k", "abcd");
    faulty.script(refused(throttled()), refused(unavailable()));
    assertThat(store.head("k").size()).isEqualTo(4);
    faulty.script(refused(unavailable()));
    assertThat(store.list(ListRequest.everything("")).objects()).hasSize(1);
    assertThat(faulty.requests()).containsExactly("HEAD k", "HEAD k", "HEAD k", "LIST ", "LIST ");
  }

  @Test
  void anOpenIsMadeAgainWhereThatMayHelp() throws Exception {
    ObjectVersion version = bucket.put("k", "abcd").version();
    faulty.script(refused(throttled()), refused(unavailable()));
    assertThat(text(version, 0, 4)).isEqualTo("abcd");
  }

  @Test
  void aFailureThatWillNotPassIsReportedAtOnce() {
    var denied = new StoreException.Denied("no", null);
    faulty.script(refused(denied));
    assertThatThrownBy(() -> store.head("k")).isSameAs(denied);
    assertThatThrownBy(() -> store.head("k")).isInstanceOf(StoreException.NotFound.class);
    assertThat(faulty.requests()).hasSize(2);
    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void theLastFailureIsReported() {
    var last = unavailable();
    faulty.script(refused(unavailable()), refused(throttled()), refused(last));
    assertThatThrownBy(() -> store.head("k")).isSameAs(last);
  }

  @Test
  void aSilentServerIsGivenUpInBoundedTime() {
    var silent =
        new ResumingStore(new SilentStore(time, Duration.ofSeconds(10)), Retry.USUAL, time);
    assertThatThrownBy(() -> silent.head("k")).isInstanceOf(StoreException.Unavailable.class);
    assertThat(Duration.ofNanos(time.now())).isLessThan(Duration.ofSeconds(33));
  }

  @Test
  void aClosedBodyAsksNobodyAgain() throws Exception {
    ObjectVersion version = bucket.put("k", "abcd").version();
    InputStream body = store.open(version, version.all());
    body.close();
    assertThatThrownBy(body::read).isInstanceOf(IOException.class);
    body.close();
    assertThat(faulty.requests()).containsExactly("GET k 0..4");
  }

  @Test
  void aBrokenBodyThatDoesNotEvenCloseIsResumed() throws Exception {
    ObjectVersion version = bucket.put("k", "abcd").version();
    var stubborn = new ResumingStore(new StubbornBodies(faulty), Retry.USUAL, time);
    faulty.script(brokenAfter(2));
    InputStream body = stubborn.open(version, version.all());
    assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo("abcd");
    assertThatThrownBy(body::close).hasMessage("does not close");
  }

  @Test
  void aWriteIsMadeAgainAndItsBodyOpenedAgain() throws Exception {
    faulty.script(refused(unavailable()), refused(throttled()));
    ObjectVersion written = store.put("k", BODY, PutOptions.ANY);
    assertThat(text(written, 0, 4)).isEqualTo("body");
    faulty.script(new Fault.LostAnswer(unavailable()));
    store.delete("k");
    assertThatThrownBy(() -> store.head("k")).isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void aConditionalWriteThatWasRefusedBeforeItWasDoneIsMadeAgain() throws Exception {
    faulty.script(refused(throttled()));
    store.put("k", BODY, PutOptions.IF_ABSENT);
    assertThat(store.head("k").size()).isEqualTo(4);
  }

  @Test
  void aConditionalWriteWhoseAnswerWasLostNeitherWonNorLost() {
    faulty.script(new Fault.LostAnswer(unavailable()));
    assertThatThrownBy(() -> store.put("k", BODY, PutOptions.IF_ABSENT))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("the answer was lost")
        .hasMessageContaining("k");
  }

  @Test
  void aConditionThatDoesNotHoldAtOnceIsChanged() {
    bucket.put("k", "there");
    assertThatThrownBy(() -> store.put("k", BODY, PutOptions.IF_ABSENT))
        .isInstanceOf(StoreException.Changed.class);
    assertThat(faulty.requests()).containsExactly("PUT k");
  }

  @Test
  void partsAreSentAgain() throws Exception {
    UploadId upload = store.uploads().create("k", ObjectAttributes.NONE);
    faulty.script(refused(unavailable()), new Fault.LostAnswer(unavailable()));
    Part part = store.uploads().put(upload, 1, BODY);
    ObjectVersion made = store.uploads().complete(upload, List.of(part), Precondition.NONE);
    assertThat(text(made, 0, 4)).isEqualTo("body");
    assertThat(faulty.requests())
        .startsWith("CREATE_UPLOAD k", "PUT_PART k", "PUT_PART k", "PUT_PART k");
  }

  private String text(ObjectVersion version, long start, long end) throws Exception {
    try (InputStream body = store.open(version, new ByteRange(start, end))) {
      return new String(body.readAllBytes(), UTF_8);
    }
  }

  private static Fault brokenAfter(long bytes) {
    return new Fault.BrokenBody(bytes, new StoreException.Unavailable("reset", null));
  }

  private static Fault refused(StoreException reason) {
    return new Fault.Refused(reason);
  }

  private static StoreException unavailable() {
    return new StoreException.Unavailable("500", null);
  }

  private static StoreException throttled() {
    return new StoreException.Throttled("503", null);
  }
}

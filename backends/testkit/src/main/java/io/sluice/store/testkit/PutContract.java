package io.sluice.store.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ByteRange;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Payload;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.ContractBucket.Ability;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code put} and {@code delete} owe. */
abstract class PutContract extends ContractPart {
  private static final int MIB = 1 << 20;

  private ObjectVersion write(String key, String text, PutOptions options) throws Exception {
    return store().put(key, Payload.of(text.getBytes(UTF_8)), options);
  }

  private String now(String key) throws Exception {
    ObjectVersion version = store().head(key).version();
    return text(version, 0, version.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 1_000_003, 5 * MIB - 1, 5 * MIB, 5 * MIB + 1})
  void bringsEveryByte(int size) throws Exception {
    ObjectVersion written = store().put("k", Payload.of(bytes(size)), PutOptions.ANY);
    assertThat(written.size()).isEqualTo(size);
    assertThat(read(written, 0, size)).isEqualTo(bytes(size));
  }

  @Test
  void tellsTheVersionThatHeadAndListTell() throws Exception {
    ObjectVersion written = write("a/k", "text", PutOptions.ANY);
    assertThat(store().head("a/k").version()).isEqualTo(written);
    assertThat(store().list(ListRequest.everything("")).objects())
        .singleElement()
        .satisfies(found -> assertThat(found.version()).isEqualTo(written));
  }

  @Test
  void replacesWhatWasThere() throws Exception {
    ObjectVersion before = write("k", "the first, which is longer", PutOptions.ANY);
    ObjectVersion after = write("k", "second", PutOptions.ANY);
    assertThat(after).isNotEqualTo(before);
    assertThat(now("k")).isEqualTo("second");
    assertThatThrownBy(() -> read(before, 0, 4)).isInstanceOf(StoreException.Changed.class);
  }

  @Test
  void takesAKeyVerbatim() throws Exception {
    for (String key : new String[] {"a b/#c", "d+e%2Ff", "é/\ud83d\ude00", "x?y=z&w"}) {
      write(key, "of " + key, PutOptions.ANY);
      assertThat(now(key)).isEqualTo("of " + key);
    }
  }

  @Test
  void refusesAnEmptyKey() {
    assertThatThrownBy(() -> write("", "x", PutOptions.ANY))
        .isInstanceOf(StoreException.Invalid.class);
  }

  @Test
  void ifAbsentWritesWhereThereIsNothing() throws Exception {
    write("k", "first", PutOptions.IF_ABSENT);
    assertThatThrownBy(() -> write("k", "second", PutOptions.IF_ABSENT))
        .isInstanceOf(StoreException.Changed.class)
        .hasMessageContaining("k");
    assertThat(now("k")).isEqualTo("first");
  }

  @Test
  void ofSixteenThatWriteIfAbsentOneWins() throws Exception {
    var barrier = new CyclicBarrier(16);
    var writes = new ArrayList<Future<Boolean>>();
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < 16; i++) {
        String text = "by " + i;
        writes.add(threads.submit((Callable<Boolean>) () -> wins(barrier, text)));
      }
      int winners = 0;
      String won = "";
      for (int i = 0; i < 16; i++) {
        if (!writes.get(i).get(60, TimeUnit.SECONDS)) continue;
        winners++;
        won = "by " + i;
      }
      assertThat(winners).isEqualTo(1);
      assertThat(now("lock")).isEqualTo(won);
    }
  }

  private boolean wins(CyclicBarrier barrier, String text) throws Exception {
    barrier.await(60, TimeUnit.SECONDS);
    try {
      write("lock", text, PutOptions.IF_ABSENT);
      return true;
    } catch (StoreException.Changed | StoreException.Conflict e) {
      return false; // another has it, or is about to
    }
  }

  @Test
  void ifStillAVersionWritesOverThatVersionOnly() throws Exception {
    needs(Ability.REPLACE_IF_UNCHANGED);
    ObjectVersion first = write("k", "first", PutOptions.ANY);
    ObjectVersion second = write("k", "second", PutOptions.ifStill(first));
    assertThat(now("k")).isEqualTo("second");
    assertThatThrownBy(() -> write("k", "third", PutOptions.ifStill(first)))
        .isInstanceOf(StoreException.Changed.class);
    assertThat(store().head("k").version()).isEqualTo(second);
  }

  @Test
  void ifStillAVersionDoesNotWriteWhatIsGone() throws Exception {
    needs(Ability.REPLACE_IF_UNCHANGED);
    ObjectVersion first = write("k", "first", PutOptions.ANY);
    store().delete("k");
    assertThatThrownBy(() -> write("k", "second", PutOptions.ifStill(first)))
        .isInstanceOf(StoreException.Changed.class);
    assertThatThrownBy(() -> store().head("k")).isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void sendsAPartOfAFile(@TempDir Path directory) throws Exception {
    Path file = Files.write(directory.resolve("f"), bytes(300_000));
    try (FileChannel channel = FileChannel.open(file)) {
      Files.delete(file); // an open file is enough
      ObjectVersion written =
          store().put("k", Payload.of(channel, new ByteRange(100_000, 250_000)), PutOptions.ANY);
      byte[] part = java.util.Arrays.copyOfRange(bytes(300_000), 100_000, 250_000);
      assertThat(read(written, 0, 150_000)).isEqualTo(part);
    }
  }

  @Test
  void aBodyThatEndsEarlyIsAnErrorAndNothingIsWritten() throws Exception {
    write("k", "before", PutOptions.ANY);
    assertThatThrownBy(() -> store().put("k", new Truncated(100_000, 50_000), PutOptions.ANY))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("k");
    assertThat(now("k")).isEqualTo("before");
    assertThat(keys(ListRequest.everything(""))).containsExactly("k");
  }

  private record Truncated(long length, int given) implements Payload {
    @Override
    public InputStream open() {
      return new ByteArrayInputStream(new byte[given]);
    }
  }

  @Test
  void aBodyThatCannotBeReadIsAnErrorWithItsReason() throws Exception {
    var broken =
        new Payload() {
          @Override
          public long length() {
            return 10;
          }

          @Override
          public InputStream open() throws IOException {
            throw new IOException("the tape is torn");
          }
        };
    assertThatThrownBy(() -> store().put("k", broken, PutOptions.ANY))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("the tape is torn");
    assertThat(keys(ListRequest.everything(""))).isEmpty();
  }

  @Test
  void aDeletedObjectIsGone() throws Exception {
    write("a/k", "x", PutOptions.ANY);
    write("a/l", "x", PutOptions.ANY);
    store().delete("a/k");
    assertThat(keys(ListRequest.everything(""))).containsExactly("a/l");
    assertThatThrownBy(() -> store().head("a/k")).isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void deletingTheLastOfADirectoryDeletesTheDirectory() throws Exception {
    write("a/b/k", "x", PutOptions.ANY);
    store().delete("a/b/k");
    write("a", "now an object", PutOptions.ANY);
    assertThat(now("a")).isEqualTo("now an object");
  }

  @Test
  void deletingWhatIsNotThereIsDone() throws Exception {
    store().delete("k");
    store().delete("no/such/key");
    write("a/k", "x", PutOptions.ANY);
    store().delete("a");
    assertThat(now("a/k")).isEqualTo("x");
  }

  @Test
  void deletingBelowAnObjectIsDone() throws Exception {
    needs(Ability.OBJECT_BESIDE_PREFIX);
    write("a", "x", PutOptions.ANY);
    store().delete("a/k");
    assertThat(now("a")).isEqualTo("x");
  }
}

package io.sluice.store.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ContentHeader;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Payload;
import io.sluice.store.Presign;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writing, against an emulator. */
final class GcsWriteTest extends EmulatorFixture {
  private static final ObjectAttributes ATTRIBUTES =
      ObjectAttributes.ofType("text/plain")
          .with(ContentHeader.CACHE_CONTROL, "no-store")
          .with(ContentHeader.CONTENT_LANGUAGE, "fr")
          .with(ContentHeader.CONTENT_DISPOSITION, "attachment")
          .withMetadata("colour", "blue");

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 131_072, 3_000_001})
  void whatIsPutIsWhatIsRead(int size) throws Exception {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    ObjectVersion version = store.put("d/k é;?", Payload.of(bytes), PutOptions.ANY);
    assertThat(version).isEqualTo(store.head("d/k é;?").version());
    try (InputStream body = store.open(version, version.all())) {
      assertThat(Arrays.equals(body.readAllBytes(), bytes)).isTrue();
    }
  }

  @Test
  void whatIsKeptWithAnObjectIsToldWithItsChecksums() throws Exception {
    store.put("k", payload("hello"), PutOptions.ANY.with(ATTRIBUTES));
    ObjectDetails details = store.describe("k");
    assertThat(details.meta()).isEqualTo(store.head("k"));
    assertThat(details.attributes().headers()).isEqualTo(ATTRIBUTES.headers());
    assertThat(details.attributes().metadata()).isEqualTo(Map.of("colour", "blue"));
    assertThat(details.checksums())
        .containsEntry("crc32c", "mnG7TA==")
        .containsEntry("md5", "XUFAKrxLKna5cZ2REBfFkg==");
  }

  @Test
  void withoutATypeItIsBytes() throws Exception {
    store.put("k", payload("hello"), PutOptions.ANY);
    assertThat(store.describe("k").attributes().header(ContentHeader.CONTENT_TYPE))
        .contains("application/octet-stream");
  }

  @Test
  void whatIsThereIsNotReplacedWhereThatIsTheCondition() throws Exception {
    store.put("k", payload("first"), PutOptions.IF_ABSENT);
    assertThatThrownBy(() -> store.put("k", payload("second"), PutOptions.IF_ABSENT))
        .isInstanceOf(StoreException.Changed.class)
        .hasMessageContaining("k");
    assertThat(text("k")).isEqualTo("first");
  }

  @Test
  void onlyTheVersionThatIsMeantIsReplaced() throws Exception {
    ObjectVersion first = store.put("k", payload("first"), PutOptions.ANY);
    ObjectVersion second = store.put("k", payload("second"), PutOptions.ifStill(first));
    assertThatThrownBy(() -> store.put("k", payload("third"), PutOptions.ifStill(first)))
        .isInstanceOf(StoreException.Changed.class);
    assertThat(text(second)).isEqualTo("second");
  }

  @Test
  void aPayloadThatChangesWhileItIsSentIsRefusedByTheServer() {
    Payload changing =
        new Payload() {
          private int opened;

          @Override
          public long length() {
            return 5;
          }

          @Override
          public synchronized InputStream open() {
            opened++;
            return new ByteArrayInputStream((opened == 1 ? "hello" : "jello").getBytes(UTF_8));
          }
        };
    assertThatThrownBy(() -> store.put("k", changing, PutOptions.ANY))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("CRC32C");
    assertThatThrownBy(() -> store.head("k")).isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void moreThanFitsIntoOneRequestIsTooLarge() {
    Payload huge =
        new Payload() {
          @Override
          public long length() {
            return (5L << 30) + 1;
          }

          @Override
          public InputStream open() {
            throw new AssertionError("nobody reads it");
          }
        };
    assertThatThrownBy(() -> store.put("k", huge, PutOptions.ANY))
        .isInstanceOf(StoreException.TooLarge.class)
        .hasMessageContaining("in parts");
  }

  @Test
  void aCopyHasTheBytesAndWhatIsKeptWithThem() throws Exception {
    ObjectVersion from = store.put("from", payload("hello"), PutOptions.ANY.with(ATTRIBUTES));
    ObjectVersion to = store.copy(from, "d/to", PutOptions.ANY);
    assertThat(text(to)).isEqualTo("hello");
    assertThat(store.describe("d/to").attributes().metadata()).isEqualTo(Map.of("colour", "blue"));
    assertThat(store.describe("d/to").attributes().header(ContentHeader.CONTENT_TYPE))
        .contains("text/plain");
  }

  @Test
  void aCopyHasWhatIsGivenInstead() throws Exception {
    ObjectVersion from = store.put("from", payload("hello"), PutOptions.ANY.with(ATTRIBUTES));
    var others = ObjectAttributes.ofType("image/png").withMetadata("shape", "round");
    store.copy(from, "to", PutOptions.ANY.with(others));
    assertThat(store.describe("to").attributes().metadata()).isEqualTo(Map.of("shape", "round"));
    assertThat(store.describe("to").attributes().header(ContentHeader.CONTENT_TYPE))
        .contains("image/png");
  }

  @Test
  void aCopyOfWhatIsGoneIsNotFound() throws Exception {
    ObjectVersion from = store.put("from", payload("hello"), PutOptions.ANY);
    store.delete("from");
    assertThatThrownBy(() -> store.copy(from, "to", PutOptions.ANY))
        .isInstanceOf(StoreException.NotFound.class)
        .hasMessageContaining("from");
  }

  @Test
  void whatIsDeletedIsGoneAndDeletingItAgainIsNothing() throws Exception {
    store.put("k", payload("hello"), PutOptions.ANY);
    store.delete("k");
    store.delete("k");
    assertThatThrownBy(() -> store.head("k")).isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void tagsAreRefused() {
    var tagged = PutOptions.ANY.with(ObjectAttributes.NONE.withTags(Map.of("a", "b")));
    assertThatThrownBy(() -> store.put("k", payload(""), tagged))
        .isInstanceOf(StoreException.Unsupported.class);
    assertThatThrownBy(() -> store.tags("k")).isInstanceOf(StoreException.Unsupported.class);
    assertThatThrownBy(() -> store.setTags("k", Map.of()))
        .isInstanceOf(StoreException.Unsupported.class)
        .hasMessageContaining("metadata");
  }

  @Test
  void nobodyCannotSign() {
    assertThatThrownBy(() -> store.presign(Presign.get("k", Duration.ofMinutes(5))))
        .isInstanceOf(StoreException.Unsupported.class)
        .hasMessageContaining("key file of a service account");
  }
}

package io.sluice.store.gcs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.store.ListRequest;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server or a network that breaks: the right bytes, or the right error in good time. */
final class GcsFaultsTest extends FaultsFixture {
  @Test
  void theRangeAndTheVersionGoWithTheRequest() throws Exception {
    server.script(GcsAnswers.part(4, 8));
    assertThat(read(store, 4, 8)).isEqualTo("efgh");
    var request = server.requests().getFirst();
    assertThat(request.line())
        .startsWith("GET " + GcsAnswers.PATH)
        .contains("alt=media", "ifGenerationMatch=" + GcsAnswers.GENERATION);
    assertThat(request.headers()).containsEntry("Range", "bytes=4-7");
    assertThat(request.headers().get("User-Agent")).startsWith("sluice ");
  }

  @Test
  void anAnswerThatFallsSilentIsUnavailableInTime() throws Exception {
    beHasty();
    server.script(
        wire -> {
          wire.send(
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{");
          wire.stall();
        });
    assertThat(failure(this::list))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("no answer in time");
  }

  @Test
  void aHostWithoutAnAddressIsUnavailable() throws Exception {
    requireUnavailable("http://no-such-host.invalid", "unknown host no-such-host.invalid");
  }

  @Test
  void aServerThatSpeaksNoTlsIsUnavailable() throws Exception {
    try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering =
          Thread.startVirtualThread(
              () -> {
                try (Socket connection = plain.accept()) {
                  connection.getOutputStream().write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(US_ASCII));
                  connection.getInputStream().readAllBytes();
                } catch (IOException e) {
                  // The client hung up, as it should.
                }
              });
      requireUnavailable("https://127.0.0.1:" + plain.getLocalPort(), "TLS");
      assertThat(answering.join(Duration.ofSeconds(30))).isTrue();
    }
  }

  private static void requireUnavailable(String url, String why) throws Exception {
    try (var lost = GcsStore.open(settings(URI.create(url), GcsSettings.Access.ANONYMOUS))) {
      assertThat(catchThrowableOfType(StoreException.class, () -> lost.head("models/k.bin")))
          .isInstanceOf(StoreException.Unavailable.class)
          .hasMessageContaining("gs://bucket/models/k.bin")
          .hasMessageContaining(why);
    }
  }

  @Test
  void anotherVersionInSpiteOfTheConditionIsChanged() throws Exception {
    server.script(GcsAnswers.whole("2", GcsAnswers.CRC));
    assertThat(failure(() -> read(store, 0, 16)))
        .isInstanceOf(StoreException.Changed.class)
        .hasMessageContaining("generation 2")
        .hasMessageContaining(GcsAnswers.GENERATION);
  }

  @Test
  void aRangeBeyondAVersionThatIsAnotherByNowIsChanged() throws Exception {
    server.script(wire -> wire.send(416, "x-goog-generation: 2\r\n", "too far"));
    assertThat(failure(() -> read(store, 0, 16))).isInstanceOf(StoreException.Changed.class);
  }

  @Test
  void bytesOfAnUnknownVersionAreNoAnswer() throws Exception {
    server.script(wire -> wire.send(206, "Content-Range: bytes 0-15/16\r\n", GcsAnswers.CONTENT));
    assertThat(failure(() -> read(store, 0, 16)))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("no x-goog-generation");
  }

  @Test
  void anErrorDocumentInPlaceOfTheBytesIsNoAnswer() throws Exception {
    server.script(GcsAnswers.json(GcsAnswers.document(500, "backendError", "oops")));
    assertThat(failure(() -> read(store, 0, 16))).isInstanceOf(StoreException.Invalid.class);
  }

  @Test
  void wrongBytesAreNotHandedOutToTheEnd() throws Exception {
    server.script(
        wire -> {
          wire.send(GcsAnswers.partHead(0, 16) + "abcdefghijklmnoq");
        });
    try (InputStream body = store.open(VERSION, VERSION.all())) {
      assertThat(body.readNBytes(15)).hasSize(15);
      assertThatThrownBy(body::read)
          .isInstanceOf(StoreException.Invalid.class)
          .hasMessageContaining("CRC32C")
          .hasMessageContaining("models/k.bin");
    }
    requireGoodStore();
  }

  @Test
  void aRangeIsNotHeldAgainstTheChecksumOfTheWhole() throws Exception {
    server.script(GcsAnswers.part(0, 15));
    assertThat(read(store, 0, 15)).isEqualTo("abcdefghijklmno");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "",
        "<html><body>Please log in.</body></html>",
        "{\"error\":{\"code\":500,\"message\":\"oops\"}}",
        "{\"kind\":\"storage#objects\",\"items\":[{\"name\":\"models/a\"",
        "{\"kind\":\"storage#objects\",\"items\":\"none\"}",
        "{\"kind\":\"storage#objects\",\"items\":[{\"name\":\"models/a\",\"generation\":\"1\","
            + "\"updated\":\"2025-01-01T00:00:00Z\"}]}",
        "{\"kind\":\"storage#objects\",\"items\":[{\"name\":\"models/a\",\"size\":\"1\","
            + "\"updated\":\"2025-01-01T00:00:00Z\"}]}",
        "{\"kind\":\"storage#objects\",\"items\":[{\"name\":\"models/a\",\"size\":\"x\"}]}",
      })
  void aListingThatIsNoneIsNotAnEmptyDirectory(String document) throws Exception {
    server.script(GcsAnswers.json(document));
    assertThat(failure(this::list))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("gs://bucket/models/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "<html/>", "{\"kind\":\"storage#object\",\"name\":\"other\"}"})
  void anObjectThatIsNoneIsNoAnswer(String document) throws Exception {
    server.script(GcsAnswers.json(document));
    assertThat(failure(() -> store.head("models/k.bin")))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("gs://bucket/models/k.bin");
  }

  private void list() throws StoreException {
    var _ = store.list(ListRequest.directory("models/"));
  }
}

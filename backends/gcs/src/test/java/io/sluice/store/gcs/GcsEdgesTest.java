package io.sluice.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where servers differ from each other, and where our own use of the client has an edge. */
final class GcsEdgesTest extends FaultsFixture {
  @Test
  void bytesAreTheStoredOnesHoweverTheyAreEncoded() throws Exception {
    var headers =
        GcsAnswers.headers(GcsAnswers.GENERATION, GcsAnswers.CRC)
            + "Content-Encoding: gzip\r\nContent-Range: bytes 0-15/16\r\n";
    server.script(wire -> wire.send(206, headers, GcsAnswers.CONTENT));
    assertThat(read(store, 0, 16)).isEqualTo(GcsAnswers.CONTENT);
    // Cloud Storage decompresses for whoever does not say this.
    assertThat(server.requests().getFirst().headers()).containsEntry("Accept-Encoding", "gzip");
  }

  @Test
  void bytesThatWereDecompressedOnTheWayAreNoAnswer() throws Exception {
    server.script(
        wire ->
            wire.send(
                200, GcsAnswers.headers(GcsAnswers.GENERATION, GcsAnswers.CRC), "x".repeat(40)));
    assertThat(failure(() -> read(store, 0, 16))).isInstanceOf(StoreException.Invalid.class);
  }

  @Test
  void anObjectIsItsGenerationSizeAndTime() throws Exception {
    server.script(GcsAnswers.object());
    assertThat(store.head(GcsAnswers.KEY))
        .isEqualTo(new ObjectMeta(VERSION, Instant.parse("2025-01-01T00:00:00.123Z")));
    assertThat(server.requests().getFirst().line())
        .startsWith("GET /storage/v1/b/bucket/o/models%2Fk.bin?");
  }

  @Test
  void aPageIsAskedForByItsPrefixDelimiterSizeAndToken() throws Exception {
    server.script(
        GcsAnswers.json(
            """
            {"kind":"storage#objects","nextPageToken":"t+2/=","prefixes":["a;b/c/"],
             "items":[{"name":"a;b/d","generation":"7","size":"3",
                       "updated":"2025-01-01T00:00:00Z"}]}
            """));
    var asked = new ListRequest("a;b/", Optional.of("/"), Optional.of("t+1/="), 2);
    assertThat(store.list(asked))
        .isEqualTo(
            new ListPage(
                List.of(
                    new ObjectMeta(
                        new ObjectVersion("a;b/d", "7", 3), Instant.parse("2025-01-01T00:00:00Z"))),
                List.of("a;b/c/"),
                Optional.of("t+2/=")));
    assertThat(server.requests().getFirst().line())
        .startsWith("GET /storage/v1/b/bucket/o?")
        .contains("prefix=a%3Bb/", "delimiter=/", "maxResults=2", "pageToken=t%2B1/%3D")
        .doesNotContain("versions", "softDeleted", "includeTrailingDelimiter");
  }

  @Test
  void aLongKeyIsStillAskedForByAGet() throws Exception {
    String key = "日".repeat(341);
    server.script(wire -> wire.send(404, "", ""));
    assertThatThrownBy(() -> store.head(key)).isInstanceOf(StoreException.NotFound.class);
    assertThat(server.requests().getFirst().line()).startsWith("GET /storage/v1/b/bucket/o/%E6");
    assertThat(server.requests().getFirst().headers()).doesNotContainKey("X-HTTP-Method-Override");
  }

  @Test
  void theProjectThatPaysGoesWithEachRequest() throws Exception {
    var access = new GcsSettings.Access(true, Optional.empty(), Optional.of("payer-1"));
    try (var paid = GcsStore.open(settings(server.url(), access))) {
      server.script(GcsAnswers.part(0, 16), GcsAnswers.object());
      assertThat(read(paid, 0, 16)).isEqualTo(GcsAnswers.CONTENT);
      paid.head(GcsAnswers.KEY);
    }
    assertThat(server.requests())
        .allSatisfy(request -> assertThat(request.line()).contains("userProject=payer-1"));
  }

  @Test
  void aTagThatIsNoGenerationIsAReasonOfOurs() {
    var version = new ObjectVersion("k", "an-etag", 4);
    assertThatThrownBy(() -> store.open(version, version.all()))
        .isInstanceOf(StoreException.Invalid.class)
        .hasMessageContaining("an-etag");
  }

  @Test
  void anAnswerThatDripsIsBroken() throws Exception {
    beHasty(HASTE, HASTE);
    server.script(
        wire -> {
          wire.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n");
          for (int i = 0; i < 100; i++) { // never silent for a second, and never done
            wire.send("X-" + i + ": y\r\n");
            wire.pause(Duration.ofMillis(200));
          }
        });
    assertThat(failure(() -> store.head("models/k.bin")))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("no answer in time");
  }
}

package io.sluice.store.testkit;

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
import io.sluice.store.testkit.ContractBucket.Ability;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is beside the bytes: headers, metadata, tags, and URLs for others. */
abstract class AttributesContract extends ContractPart {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void areGivenBackAsTheyWereGiven() throws Exception {
    needs(Ability.ATTRIBUTES);
    ObjectAttributes given =
        ObjectAttributes.ofType("text/x-model")
            .with(ContentHeader.CONTENT_LANGUAGE, "de")
            .with(ContentHeader.CONTENT_DISPOSITION, "attachment; filename=\"a b.txt\"")
            .with(ContentHeader.CACHE_CONTROL, "no-cache")
            .withMetadata("color", "green and red")
            .withMetadata("with-dash", "1");
    ObjectVersion version = store().put("k", Payload.of(bytes(10)), PutOptions.ANY.with(given));
    ObjectDetails found = store().describe("k");
    assertThat(found.meta().version()).isEqualTo(version);
    assertThat(found.attributes().headers()).containsAllEntriesOf(given.headers());
    assertThat(found.attributes().metadata()).isEqualTo(given.metadata());
  }

  /** What is stored is what is read, whatever its encoding says. */
  @Test
  void anEncodingIsKeptAndNotUndone() throws Exception {
    needs(Ability.ATTRIBUTES);
    ObjectAttributes encoded =
        ObjectAttributes.ofType("text/plain").with(ContentHeader.CONTENT_ENCODING, "gzip");
    var packed = new java.io.ByteArrayOutputStream();
    try (var gzip = new java.util.zip.GZIPOutputStream(packed)) {
      gzip.write(new byte[5000]);
    }
    ObjectVersion version =
        store().put("k", Payload.of(packed.toByteArray()), PutOptions.ANY.with(encoded));
    assertThat(store().describe("k").attributes().header(ContentHeader.CONTENT_ENCODING))
        .contains("gzip");
    assertThat(store().head("k").size()).isEqualTo(packed.size());
    assertThat(read(version, 0, packed.size())).isEqualTo(packed.toByteArray());
    assertThat(read(version, 2, 9))
        .isEqualTo(java.util.Arrays.copyOfRange(packed.toByteArray(), 2, 9));
  }

  @Test
  void ofAnAbsentKeyAreNotFound() {
    assertThatThrownBy(() -> store().describe("k")).isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void tagsAreGivenBack() throws Exception {
    needs(Ability.TAGS);
    Map<String, String> tags = Map.of("team", "vision + speech", "a=b", "c:d/e@f");
    store()
        .put("k", Payload.of(bytes(10)), PutOptions.ANY.with(ObjectAttributes.NONE.withTags(tags)));
    assertThat(store().tags("k")).isEqualTo(tags);
  }

  @Test
  void tagsAreReplacedAndRemovedAndTheVersionStays() throws Exception {
    needs(Ability.TAGS);
    ObjectVersion version = store().put("k", Payload.of(bytes(10)), PutOptions.ANY);
    store().setTags("k", Map.of("a", "1", "b", "2"));
    assertThat(store().tags("k")).isEqualTo(Map.of("a", "1", "b", "2"));
    store().setTags("k", Map.of("c", ""));
    assertThat(store().tags("k")).isEqualTo(Map.of("c", ""));
    store().setTags("k", Map.of());
    assertThat(store().tags("k")).isEmpty();
    assertThat(store().head("k").version()).isEqualTo(version);
  }

  @Test
  void tagsOfAnAbsentKeyAreNotFound() {
    needs(Ability.TAGS);
    assertThatThrownBy(() -> store().tags("k")).isInstanceOf(StoreException.NotFound.class);
    assertThatThrownBy(() -> store().setTags("k", Map.of("a", "b")))
        .isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void aStoreWithoutTagsSaysSo() throws Exception {
    lacks(Ability.TAGS);
    store().put("k", Payload.of(bytes(1)), PutOptions.ANY);
    assertThatThrownBy(() -> store().setTags("k", Map.of("a", "b")))
        .isInstanceOf(StoreException.Unsupported.class);
    assertThatThrownBy(() -> store().tags("k")).isInstanceOf(StoreException.Unsupported.class);
  }

  @Test
  void aUrlNeedsNoCredentials() throws Exception {
    needs(Ability.PRESIGNED_URLS);
    store().put("a b/k+#.bin", Payload.of(bytes(5000)), PutOptions.ANY);
    HttpURLConnection get = connection(store().presign(Presign.get("a b/k+#.bin", HOUR)));
    assertThat(get.getResponseCode()).isEqualTo(200);
    assertThat(get.getInputStream().readAllBytes()).isEqualTo(bytes(5000));
  }

  @Test
  void aUrlMayAllowToWriteAndToDelete() throws Exception {
    needs(Ability.PRESIGNED_URLS);
    HttpURLConnection put = connection(store().presign(Presign.put("k", HOUR)));
    put.setRequestMethod("PUT");
    put.setDoOutput(true);
    put.getOutputStream().write(bytes(100));
    assertThat(put.getResponseCode()).isEqualTo(200);
    assertThat(read(store().head("k").version(), 0, 100)).isEqualTo(bytes(100));
    HttpURLConnection delete = connection(store().presign(Presign.delete("k", HOUR)));
    delete.setRequestMethod("DELETE");
    assertThat(delete.getResponseCode()).isEqualTo(204);
    assertThatThrownBy(() -> store().head("k")).isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void aUrlIsGoodForOneThing() throws Exception {
    needs(Ability.PRESIGNED_URLS);
    store().put("k", Payload.of(bytes(1)), PutOptions.ANY);
    store().put("l", Payload.of(bytes(1)), PutOptions.ANY);
    URI url = store().presign(Presign.get("k", HOUR));
    URI other = URI.create(url.toString().replaceFirst("/k\\?", "/l?"));
    assertThat(connection(other).getResponseCode()).isEqualTo(403);
  }

  private static HttpURLConnection connection(URI url) throws Exception {
    var connection = (HttpURLConnection) url.toURL().openConnection();
    connection.setConnectTimeout(10_000);
    connection.setReadTimeout(30_000);
    return connection;
  }
}

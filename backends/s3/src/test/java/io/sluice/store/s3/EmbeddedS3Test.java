package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ListRequest;
import io.sluice.store.StoreException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server of the tests is a strict one. */
final class EmbeddedS3Test {
  @TempDir static Path directory;
  private static EmbeddedS3 server;

  @BeforeAll
  static void start() throws Exception {
    server = EmbeddedS3.start(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anEmptyBucketListsNothing() throws Exception {
    try (S3Store store = S3Store.open(server.bucket("models", 2))) {
      assertThat(store.list(ListRequest.everything("")).objects()).isEmpty();
    }
  }

  @Test
  void aWrongSecretIsDeniedAndNotShown() throws Exception {
    try (var _ = ChainCredentials.of(EmbeddedS3.ACCESS_KEY, "another-secret");
        S3Store store = S3Store.open(server.bucket("models", 2))) {
      assertThatThrownBy(() -> store.list(ListRequest.everything("")))
          .isInstanceOf(StoreException.Denied.class)
          .hasMessageContaining("s3://models")
          .hasMessageContaining("invalid credentials")
          .hasMessageNotContainingAny("another-secret", EmbeddedS3.SECRET);
    }
  }

  @Test
  void aMissingBucketIsNotFound() throws Exception {
    try (S3Store store = S3Store.open(server.settings("nowhere", 2))) {
      assertThatThrownBy(() -> store.list(ListRequest.everything("")))
          .isInstanceOf(StoreException.NotFound.class)
          .hasMessageContaining("no bucket named nowhere");
    }
  }
}

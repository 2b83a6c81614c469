package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.store.ListRequest;
import io.sluice.store.StoreException;
import io.sluice.store.StoreException.Denied;
import io.sluice.store.testkit.ScriptedHttpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As whom we ask. */
final class S3AccessTest extends FaultsFixture {
  private static final String CREDENTIALS_FILE = "aws.sharedCredentialsFile";

  @Test
  void noCredentialsAreToldAsSuch() throws Exception {
    try (var _ = ChainCredentials.none();
        S3Store anonymous = S3Store.open(settings(PATIENT))) {
      StoreException e =
          catchThrowableOfType(
              StoreException.class, () -> anonymous.list(ListRequest.directory("")));
      assertThat(e)
          .isInstanceOf(Denied.class)
          .hasMessageContaining("no credentials found")
          .hasMessageContaining("AWS_ACCESS_KEY_ID");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void aProfileThatDoesNotExistIsTold() {
    var access = new S3Settings.Access(Optional.of("nobody"), false, false);
    StoreException e = catchThrowableOfType(StoreException.class, () -> headAs(access));
    assertThat(e).hasMessageContaining("nobody");
    assertThat(e.isRetryable()).isFalse();
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aProfileByNameComesBeforeKeysInTheEnvironment(@TempDir Path home) throws Exception {
    Path file = home.resolve("credentials");
    Files.writeString(
        file, "[team]\naws_access_key_id = AKIATEAM\naws_secret_access_key = " + SECRET + "\n");
    System.setProperty(CREDENTIALS_FILE, file.toString());
    try {
      server.script(S3Answers.head());
      headAs(new S3Settings.Access(Optional.of("team"), false, false));
      assertThat(server.requests().getFirst().headers().get("Authorization"))
          .contains("Credential=AKIATEAM/")
          .doesNotContain(SECRET);
    } finally {
      System.clearProperty(CREDENTIALS_FILE);
    }
  }

  @Test
  void anonymousRequestsAreNotSigned() throws Exception {
    var access = new S3Settings.Access(Optional.empty(), true, false);
    try (var _ = ChainCredentials.none();
        S3Store anonymous =
            S3Store.open(S3Settings.of("bucket", settings(PATIENT).endpoint(), access, 1))) {
      server.script(S3Answers.head());
      assertThat(anonymous.head("k").size()).isEqualTo(16);
      assertThat(server.requests().getFirst().headers()).doesNotContainKey("Authorization");
    }
  }

  @Test
  void whoPaysSaysSo() throws Exception {
    var access = new S3Settings.Access(Optional.empty(), false, true);
    try (S3Store paying =
        S3Store.open(S3Settings.of("bucket", settings(PATIENT).endpoint(), access, 1))) {
      server.script(S3Answers.head(), S3Answers.part(4, 8));
      paying.head("k");
      assertThat(read(paying, 4, 8)).isEqualTo("efgh");
      assertThat(server.requests())
          .allSatisfy(
              request ->
                  assertThat(request.headers()).containsEntry("x-amz-request-payer", "requester"));
    }
  }

  private void headAs(S3Settings.Access access) throws StoreException {
    var settings = S3Settings.of("bucket", settings(PATIENT).endpoint(), access, 1);
    try (S3Store store = S3Store.open(settings)) {
      var _ = store.head("k");
    }
  }

  @Test
  void keysOfTheProgramGoBeforeTheChain() throws Exception {
    var keys = new Keys("AKIAPROGRAM", "its-secret", Optional.of("its-token"));
    try (var server = ScriptedHttpServer.start()) {
      var endpoint = new S3Settings.Endpoint(Optional.of(server.url()), Optional.empty(), true);
      var access = S3Settings.Access.with(keys);
      try (var store = S3Store.open(S3Settings.of("bucket", endpoint, access, 1))) {
        server.script(S3Answers.head());
        store.head("k");
      }
      assertThat(server.requests().getFirst().headers().get("Authorization"))
          .contains("AKIAPROGRAM");
      assertThat(server.requests().getFirst().headers())
          .containsEntry("X-Amz-Security-Token", "its-token");
    }
  }
}

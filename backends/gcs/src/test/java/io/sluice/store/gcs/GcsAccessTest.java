package io.sluice.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.store.StoreException;
import io.sluice.store.testkit.ScriptedHttpServer;
import io.sluice.store.testkit.ScriptedHttpServer.Answer;
import io.sluice.store.testkit.ScriptedStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As whom a store comes, and what it says where that does not work. */
@Timeout(60)
final class GcsAccessTest {
  private static final String TOKEN = "ya29.a-token-that-no-message-may-show";
  private static KeyPair keys;
  @TempDir private Path directory;
  private ScriptedHttpServer server;

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = ServiceAccount.keys();
  }

  @BeforeEach
  void start() throws Exception {
    server = ScriptedHttpServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private GcsSettings settings(GcsSettings.Access access) {
    return FaultsFixture.settings(server.url(), access);
  }

  private GcsStore asServiceAccount() throws Exception {
    Path file = ServiceAccount.write(directory.resolve("key.json"), keys, server.url());
    return GcsStore.open(
        settings(new GcsSettings.Access(false, Optional.of(file), Optional.empty())));
  }

  private static Answer token(String token) {
    return GcsAnswers.json(
        "{\"access_token\":\"%s\",\"expires_in\":3600,\"token_type\":\"Bearer\"}".formatted(token));
  }

  private StoreException failure(GcsStore store) {
    StoreException e = catchThrowableOfType(StoreException.class, () -> store.head(GcsAnswers.KEY));
    for (Throwable cause = e; cause != null; cause = cause.getCause())
      assertThat(String.valueOf(cause.getMessage())).doesNotContain(TOKEN, "PRIVATE KEY", "eyJ");
    assertThat(e).hasMessageContaining("gs://bucket/models/k.bin");
    return e;
  }

  @Test
  void aFileOfCredentialsIsATokenForManyRequests() throws Exception {
    server.script(token(TOKEN), GcsAnswers.object(), GcsAnswers.part(0, 16));
    try (GcsStore store = asServiceAccount()) {
      store.head(GcsAnswers.KEY);
      assertThat(ScriptedStore.read(store, FaultsFixture.VERSION, 0, 16))
          .isEqualTo(GcsAnswers.CONTENT);
    }
    assertThat(server.requests()).hasSize(3);
    assertThat(server.requests().getFirst().line()).isEqualTo("POST /token");
    assertThat(server.requests().subList(1, 3))
        .allSatisfy(
            request ->
                assertThat(request.headers()).containsEntry("Authorization", "Bearer " + TOKEN));
  }

  @Test
  void aTokenThatIsNoLongerTakenIsReplacedOnce() throws Exception {
    server.script(
        token("old"),
        GcsAnswers.error(401, "authError"),
        token("new"),
        GcsAnswers.object(),
        GcsAnswers.error(401, "authError"),
        token("newer"),
        GcsAnswers.error(401, "authError"));
    try (GcsStore store = asServiceAccount()) {
      store.head(GcsAnswers.KEY);
      assertThat(server.requests().get(3).headers()).containsEntry("Authorization", "Bearer new");
      assertThat(failure(store))
          .isInstanceOf(StoreException.Denied.class)
          .hasMessageContaining("invalid credentials");
    }
    assertThat(server.unused()).isZero();
  }

  @Test
  void aWrongClockIsToldAsThat() throws Exception {
    server.script(
        wire ->
            wire.send(
                400,
                "Content-Type: application/json\r\n",
                "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT: Token must be a"
                    + " short-lived token and in a reasonable timeframe. Check your iat and exp"
                    + " values\"}"));
    try (GcsStore store = asServiceAccount()) {
      assertThat(failure(store))
          .isInstanceOf(StoreException.Denied.class)
          .hasMessageContaining("the clock of this machine is wrong");
    }
  }

  @Test
  void aKeyThatTheLoginRefusesIsDenied() throws Exception {
    server.script(
        wire ->
            wire.send(
                401,
                "Content-Type: application/json\r\n",
                "{\"error\":\"invalid_client\",\"error_description\":\"" + TOKEN + "\"}"));
    try (GcsStore store = asServiceAccount()) {
      assertThat(failure(store))
          .isInstanceOf(StoreException.Denied.class)
          .hasMessageContaining("invalid credentials");
    }
  }

  @Test
  void aLoginThatIsDownPassesAndIsAskedOnce() throws Exception {
    server.script(wire -> wire.send(503, "", "down"));
    try (GcsStore store = asServiceAccount()) {
      assertThat(failure(store))
          .isInstanceOf(StoreException.Unavailable.class)
          .hasMessageContaining("no token from the login service");
    }
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aLoginThatBreaksOffPasses() throws Exception {
    server.script(wire -> wire.reset());
    try (GcsStore store = asServiceAccount()) {
      assertThat(failure(store)).isInstanceOf(StoreException.Unavailable.class);
    }
  }

  @Test
  void withoutCredentialsItSaysHowToGetSome() {
    assertThat(
            catchThrowableOfType(
                StoreException.class, () -> GcsStore.open(settings(GcsSettings.Access.USUAL))))
        .isInstanceOf(StoreException.Denied.class)
        .hasMessageContaining("no credentials found")
        .hasMessageContaining("gcloud auth application-default login")
        .hasMessageContaining("--no-sign-request");
  }

  @Test
  void aFileThatHoldsNoCredentialsIsNamedAndNotQuoted() throws Exception {
    Path file = Files.writeString(directory.resolve("notes.txt"), TOKEN);
    var access = new GcsSettings.Access(false, Optional.of(file), Optional.empty());
    StoreException e =
        catchThrowableOfType(StoreException.class, () -> GcsStore.open(settings(access)));
    assertThat(e)
        .isInstanceOf(StoreException.Denied.class)
        .hasMessageContaining("notes.txt")
        .hasMessageNotContaining(TOKEN)
        .hasNoCause();
  }

  @Test
  void nobodyIsNobody() throws Exception {
    server.script(GcsAnswers.object());
    try (var store = GcsStore.open(settings(GcsSettings.Access.ANONYMOUS))) {
      store.head(GcsAnswers.KEY);
    }
    assertThat(server.requests().getFirst().headers()).doesNotContainKey("Authorization");
  }
}

package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.ScriptedStore;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A store of S3 before a scripted server, with credentials from the SDK's chain. */
abstract class FaultsFixture extends ScriptedStore<S3Store> {
  static final ObjectVersion VERSION = new S3Dialect().version();
  static final String SECRET = "a-secret-that-no-message-may-show";
  static final S3Settings.Patience PATIENT = new S3Settings.Patience(PATIENCE, PATIENCE);

  private Optional<ChainCredentials> credentials = Optional.empty();

  FaultsFixture() {
    super(new S3Dialect());
  }

  @Override
  protected final S3Store open(URI url, Duration connect, Duration silence) throws StoreException {
    credentials = Optional.of(ChainCredentials.of("AKIATEST", SECRET));
    return S3Store.open(settings(url, new S3Settings.Patience(connect, silence)));
  }

  @Override
  protected final void closed() {
    credentials.ifPresent(ChainCredentials::close);
  }

  @Override
  protected final void requireDiscreet(StoreException failure) {
    requireNoSecret(failure);
  }

  static void requireNoSecret(StoreException failure) {
    for (Throwable e = failure; e != null; e = e.getCause())
      assertThat(String.valueOf(e.getMessage())).doesNotContain(SECRET);
  }

  final S3Settings settings(S3Settings.Patience patience) {
    return settings(server.url(), patience);
  }

  static S3Settings settings(URI url, S3Settings.Patience patience) {
    var endpoint = new S3Settings.Endpoint(Optional.of(url), Optional.of("eu-test-1"), true);
    return new S3Settings("bucket", endpoint, S3Settings.Access.USUAL, 1, patience);
  }
}

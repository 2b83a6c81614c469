package io.sluice.store.s3;

import io.sluice.store.StoreException;
import io.sluice.store.testkit.FaultsContract;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** {@link FaultsContract} for S3. */
final class S3FaultsContractTest extends FaultsContract<S3Store> {
  S3FaultsContractTest() {
    super(new S3Dialect());
  }

  @Override
  protected S3Store open(URI url, Duration connect, Duration silence) throws StoreException {
    var keys = new Keys("AKIATEST", FaultsFixture.SECRET, Optional.empty());
    S3Settings chained = FaultsFixture.settings(url, new S3Settings.Patience(connect, silence));
    return S3Store.open(
        new S3Settings(
            "bucket", chained.endpoint(), S3Settings.Access.with(keys), 1, chained.patience()));
  }

  @Override
  protected void requireDiscreet(StoreException failure) {
    FaultsFixture.requireNoSecret(failure);
  }
}

package io.sluice.store.gcs;

import io.sluice.store.StoreException;
import io.sluice.store.testkit.FaultsContract;
import java.net.URI;
import java.time.Duration;

/** {@link FaultsContract} for Cloud Storage. */
final class GcsFaultsContractTest extends FaultsContract<GcsStore> {
  GcsFaultsContractTest() {
    super(new GcsDialect());
  }

  @Override
  protected GcsStore open(URI url, Duration connect, Duration silence) throws StoreException {
    return FaultsFixture.openAnonymously(url, new GcsSettings.Patience(connect, silence));
  }
}

package io.sluice.store.gcs;

import io.sluice.store.StoreException;
import io.sluice.store.testkit.FaultsContract;
import java.net.URI;

/** {@link FaultsContract} for Cloud Storage. */
final class GcsFaultsContractTest extends FaultsContract<GcsStore> {
  GcsFaultsContractTest() {
    super(new GcsDialect());
  }

  @Override
  protected GcsStore open(URI url) throws StoreException {
    return GcsStore.open(FaultsFixture.settings(url, GcsSettings.Access.ANONYMOUS));
  }
}

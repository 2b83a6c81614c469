package io.sluice.store.gcs;

import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import io.sluice.store.network.Proxy;
import io.sluice.store.testkit.ScriptedStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A store of Cloud Storage before a scripted server, without credentials. */
abstract class FaultsFixture extends ScriptedStore<GcsStore> {
  static final ObjectVersion VERSION = new GcsDialect().version();
  static final GcsSettings.Patience PATIENT = new GcsSettings.Patience(PATIENCE, PATIENCE);

  FaultsFixture() {
    super(new GcsDialect());
  }

  @Override
  protected final GcsStore open(URI url, Duration connect, Duration silence) throws StoreException {
    return openAnonymously(url, new GcsSettings.Patience(connect, silence));
  }

  static GcsStore openAnonymously(URI url, GcsSettings.Patience patience) throws StoreException {
    var transport = new GcsSettings.Transport(1, patience, Optional.empty(), Optional.empty());
    return GcsStore.open(
        new GcsSettings("bucket", Optional.of(url), GcsSettings.Access.ANONYMOUS, transport));
  }

  static GcsSettings settings(URI url, GcsSettings.Access access) {
    return settings(url, access, Optional.empty(), Optional.empty());
  }

  static GcsSettings settings(
      URI url, GcsSettings.Access access, Optional<Proxy> proxy, Optional<Path> caBundle) {
    return new GcsSettings(
        "bucket", Optional.of(url), access, new GcsSettings.Transport(1, PATIENT, proxy, caBundle));
  }
}

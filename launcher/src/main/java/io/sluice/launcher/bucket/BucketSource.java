package io.sluice.launcher.bucket;

import io.sluice.store.ObjectStore;
import io.sluice.store.StoreException;
import io.sluice.store.gcs.GcsSettings;
import io.sluice.store.gcs.GcsStore;
import io.sluice.store.local.LocalStore;
import io.sluice.store.s3.S3Settings;
import io.sluice.store.s3.S3Store;
import java.net.URI;
import java.util.Optional;

/** A bucket that can be opened: its address, with all that opening it takes. */
public sealed interface BucketSource {
  BucketAddress address();

  /** Which bucket of which endpoint: what is cached under one name is never shown for another. */
  String identity();

  /** How many requests at once it is made for. */
  int connections();

  /** Asks nobody yet; a directory has to be there. */
  ObjectStore open() throws StoreException;

  /** A bucket of S3. */
  record S3(BucketAddress.S3 address, S3Settings settings) implements BucketSource {
    @Override
    public String identity() {
      String where = settings.endpoint().url().map(url -> " at " + url).orElse("");
      return "s3://" + address.bucket() + where;
    }

    @Override
    public int connections() {
      return settings.connections();
    }

    @Override
    public ObjectStore open() throws StoreException {
      preferNativeCiphers(settings.endpoint().url());
      return S3Store.open(settings);
    }

    /** To read one version of an object that is another one by now. */
    ObjectStore openVersion(String id) throws StoreException {
      preferNativeCiphers(settings.endpoint().url());
      return S3Store.openVersion(settings, id);
    }
  }

  /** A bucket of S3 whose copies come from another one of the same server. */
  record S3Copies(S3 source, S3 target) implements BucketSource {
    /** Where both are reached in the same way, so that one's credentials are the other's. */
    public static Optional<S3Copies> between(BucketSource source, BucketSource target) {
      return source instanceof S3 from
              && target instanceof S3 to
              && from.settings.withBucket(to.settings.bucket()).equals(to.settings)
          ? Optional.of(new S3Copies(from, to))
          : Optional.empty();
    }

    @Override
    public BucketAddress address() {
      return target.address();
    }

    @Override
    public String identity() {
      return target.identity();
    }

    @Override
    public int connections() {
      return target.connections();
    }

    @Override
    public ObjectStore open() throws StoreException {
      preferNativeCiphers(target.settings.endpoint().url());
      return S3Store.openToCopyFrom(source.settings.bucket(), target.settings);
    }
  }

  /** A bucket of Google Cloud Storage. */
  record Gcs(BucketAddress.Gcs address, GcsSettings settings) implements BucketSource {
    @Override
    public String identity() {
      String where = settings.endpoint().map(url -> " at " + url).orElse("");
      return "gs://" + address.bucket() + where;
    }

    @Override
    public int connections() {
      return settings.transport().connections();
    }

    @Override
    public ObjectStore open() throws StoreException {
      preferNativeCiphers(settings.endpoint());
      return GcsStore.open(settings);
    }
  }

  /** A directory. */
  record Local(BucketAddress.Local address) implements BucketSource {
    /** A disk has no use for more. */
    private static final int CONNECTIONS = 64;

    @Override
    public String identity() {
      return "file://" + address.directory();
    }

    @Override
    public int connections() {
      return CONNECTIONS;
    }

    @Override
    public ObjectStore open() throws StoreException {
      return LocalStore.open(address.directory());
    }
  }

  /** For TLS; who sums what it moves asks for them itself. */
  private static void preferNativeCiphers(Optional<URI> endpoint) {
    if (endpoint.map(URI::getScheme).filter("http"::equalsIgnoreCase).isPresent()) return;
    NativeCiphers.prefer();
  }
}

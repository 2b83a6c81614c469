package io.sluice.launcher;

import io.sluice.store.ObjectStore;
import io.sluice.store.StoreException;
import io.sluice.store.gcs.GcsSettings;
import io.sluice.store.gcs.GcsStore;
import io.sluice.store.local.LocalStore;
import io.sluice.store.s3.S3Settings;
import io.sluice.store.s3.S3Store;

/** A bucket that can be opened: its address, with all that opening it takes. */
sealed interface BucketSource {
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
      return S3Store.open(settings);
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
}

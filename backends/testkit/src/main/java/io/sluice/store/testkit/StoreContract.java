package io.sluice.store.testkit;

import org.junit.jupiter.api.Nested;

/**
 * What every store owes its callers: the suite that each of them passes. A store's own test extends
 * this and says how to get an empty bucket.
 */
public abstract class StoreContract {
  /** A bucket without objects; closed after each test. */
  protected abstract ContractBucket emptyBucket() throws Exception;

  @Nested
  final class Head extends HeadContract {
    @Override
    ContractBucket emptyBucket() throws Exception {
      return StoreContract.this.emptyBucket();
    }
  }

  @Nested
  final class Listing extends ListContract {
    @Override
    ContractBucket emptyBucket() throws Exception {
      return StoreContract.this.emptyBucket();
    }
  }

  @Nested
  final class Keys extends KeyContract {
    @Override
    ContractBucket emptyBucket() throws Exception {
      return StoreContract.this.emptyBucket();
    }
  }

  @Nested
  final class Open extends OpenContract {
    @Override
    ContractBucket emptyBucket() throws Exception {
      return StoreContract.this.emptyBucket();
    }
  }

  @Nested
  final class Put extends PutContract {
    @Override
    ContractBucket emptyBucket() throws Exception {
      return StoreContract.this.emptyBucket();
    }
  }

  @Nested
  final class Copy extends CopyContract {
    @Override
    ContractBucket emptyBucket() throws Exception {
      return StoreContract.this.emptyBucket();
    }
  }

  @Nested
  final class Attributes extends AttributesContract {
    @Override
    ContractBucket emptyBucket() throws Exception {
      return StoreContract.this.emptyBucket();
    }
  }

  @Nested
  final class Uploads extends UploadContract {
    @Override
    ContractBucket emptyBucket() throws Exception {
      return StoreContract.this.emptyBucket();
    }
  }
}

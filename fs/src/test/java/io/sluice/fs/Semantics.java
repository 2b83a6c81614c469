package io.sluice.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** A bucket for each test, from which nothing may be left open. */
abstract class Semantics {
  Bucket bucket = new Bucket();

  @AfterEach
  void nothingIsLeftOpen() {
    bucket.close();
    assertThat(bucket.opener.open()).isZero();
    assertThat(bucket.objects.openBodies()).isZero();
  }

  /** Mounts an empty bucket in another way. */
  void use(FsSettings settings) {
    bucket.close();
    bucket = new Bucket(settings);
  }

  static void failsWith(Errno errno, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(FsException.class)
        .hasFieldOrPropertyWithValue("errno", errno);
  }
}

package io.sluice.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.StoreException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a file system's refusals. */
final class LocalErrorsTest {
  private static StoreException of(IOException e) {
    return LocalErrors.translate("writing", "a/k", e);
  }

  @ParameterizedTest
  @ValueSource(strings = {"No space left on device", "Disk quota exceeded"})
  void whereThereIsNoRoomItSaysSoAndIsNotRepeated(String reason) {
    for (IOException e :
        new IOException[] {new IOException(reason), new FileSystemException("f", null, reason)})
      assertThat(of(e))
          .isInstanceOf(StoreException.TooLarge.class)
          .hasMessageContainingAll("a/k", "make room")
          .hasFieldOrPropertyWithValue("retryable", false)
          .hasCause(e);
  }

  @Test
  void whatMayOnlyBeReadIsDenied() {
    assertThat(of(new FileSystemException("f", null, "Read-only file system")))
        .isInstanceOf(StoreException.Denied.class)
        .hasMessageContainingAll("a/k", "for writing");
  }

  @Test
  void theNameOfAFileIsNoReason() {
    var e = new FileSystemException("No space left on device", null, "Input/output error");
    assertThat(of(e)).isInstanceOf(StoreException.Unavailable.class);
  }
}

package io.sluice.store.transfer;

import java.io.IOException;
import java.nio.file.Path;

/** A file became another one while it was sent: no object was written. */
public final class ChangedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  ChangedFileException(Path path, String how) {
    super(
        "%s changed while it was sent (%s), and no object was written: send it again"
            .formatted(path, how));
  }
}

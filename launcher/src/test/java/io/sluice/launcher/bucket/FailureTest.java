package io.sluice.launcher.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.fs.fuse.MountException;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.store.StoreException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failure is which exit code, and what it says. */
final class FailureTest {
  private static final BucketAddress MODELS = new BucketAddress.S3("models", "");

  @ParameterizedTest
  @CsvSource({
    "NO_FUSE_DEVICE, 6",
    "NO_LIBFUSE, 6",
    "NOT_PERMITTED, 2",
    "BAD_OPTION, 2",
    "BAD_MOUNT_POINT, 4",
    "NOT_MOUNTED, 4",
    "BUSY, 4",
    "FAILED, 1"
  })
  void aMountThatFailsHasTheCodeOfItsKind(MountException.Kind kind, int code) {
    Failure failure = Failure.of(new MountException(kind, "why: what to do"));
    assertThat(failure.code().number()).isEqualTo(code);
    assertThat(failure.line()).isEqualTo("why: what to do");
  }

  @Test
  void theNumbersOfExitCodesAreThoseThatScriptsKnow() {
    assertThat(ExitCode.values())
        .extracting(ExitCode::number)
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
  }

  @Test
  void whatAServerSaysOverSeveralLinesIsOneLine() {
    Failure failure =
        BucketHint.failure(MODELS, new StoreException.Unavailable("first\r\n  second\n", null));
    assertThat(failure.line())
        .isEqualTo(
            "s3://models: first second: check the network and --endpoint-url, or try again later");
    assertThat(failure.code()).isEqualTo(ExitCode.BUCKET);
  }

  @Test
  void whatIsSaidAlreadyIsNotSaidAgain() {
    var denied = new StoreException.Denied("no credentials for s3://models: set them", null);
    assertThat(BucketHint.failure(MODELS, denied).line())
        .isEqualTo("no credentials for s3://models: set them");
  }

  @Test
  void aBucketOfCloudStorageIsNotAskedForItsRegion() {
    var missing = new StoreException.NotFound("no bucket named models", null);
    assertThat(BucketHint.failure(new BucketAddress.Gcs("models", ""), missing).line())
        .isEqualTo("no bucket named models: check the name and --endpoint-url");
  }

  @Test
  void aDirectoryIsNotAskedForItsRegion() {
    var missing = new StoreException.NotFound("opening /srv: gone", null);
    assertThat(BucketHint.failure(new BucketAddress.Local(Path.of("/srv"), ""), missing).line())
        .isEqualTo("opening /srv: gone: check the directory");
  }
}

package io.sluice.launcher.upload;

import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.Failure;
import io.sluice.upload.SourceFile;
import io.sluice.upload.StateFile;
import io.sluice.upload.UploadState;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice upload resume}: sends what is missing. */
@Command(
    name = "resume",
    description = {
      "Go on with an upload: what is missing is sent, and what was sent is compared with the file",
      "where that has another time or inode by now. The state file says all else, but for",
      "credentials; states of Persevere are read, too."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice upload resume --state-file up.state",
      "  sluice upload resume --state-file up.state --file /new/place/model.bin"
    })
public final class UploadResume extends SendingCommand {
  @Option(
      names = {"-f", "--file", "--file-to-upload"},
      paramLabel = "FILE",
      description = "Where the file is now, if it was moved.")
  private @Nullable Path file;

  @Override
  protected int run() throws Failure {
    Path place = state().required().toAbsolutePath();
    try (StateFile state = StateFile.open(place)) {
      UploadState now = state.state();
      Path path = file == null ? now.head().file() : file;
      try (SourceFile source = open(path);
          OpenBucket bucket = open(now.head().to(), settings().parallelism() + 2)) {
        return send(new Job(bucket, state, source));
      }
    } catch (IOException e) {
      throw UploadFailure.of(place, e);
    }
  }

  private SourceFile open(Path path) throws IOException {
    try {
      return SourceFile.open(path);
    } catch (IOException e) {
      if (file != null) throw e;
      throw new IOException(e.getMessage() + ": if it was moved, give its place with --file", e);
    }
  }
}

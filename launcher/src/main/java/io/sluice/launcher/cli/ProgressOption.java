package io.sluice.launcher.cli;

import io.sluice.launcher.cli.TransferProgress.Reader;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** How the progress of a transfer is shown. */
public final class ProgressOption {
  @Option(
      names = {"-q", "--quiet"},
      description = "Say only what went wrong.")
  private boolean isQuiet;

  @Option(
      names = "--json",
      description =
          "Progress and result as JSON on stderr, an object a line: "
              + "{\"event\":\"progress\",\"bytes\":...}, {\"event\":\"done\",...}.")
  private boolean isJson;

  /**
   * Shows a transfer from now on, until it is closed.
   *
   * @param task in one word: get, put
   * @param err the error stream
   */
  public TransferProgress start(String task, PrintWriter err) {
    return new TransferProgress(
            task,
            err,
            ProgressLine.forErrors(isQuiet),
            isJson ? Reader.PROGRAM : Reader.PEOPLE,
            System::nanoTime)
        .ticking();
  }

  public boolean isQuiet() {
    return isQuiet;
  }
}

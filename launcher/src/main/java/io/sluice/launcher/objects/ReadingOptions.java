package io.sluice.launcher.objects;

import picocli.CommandLine.Option;

/** How the URLs are meant that say which objects. */
final class ReadingOptions {
  @Option(
      names = {"-r", "--recursive"},
      description = "Everything below what is given.")
  private boolean isRecursive;

  @Option(names = "--no-glob", description = "Take *, ?, [ and \\ as they are.")
  private boolean isLiteral;

  Wanted.Reading reading() {
    return new Wanted.Reading(isRecursive, isLiteral);
  }
}

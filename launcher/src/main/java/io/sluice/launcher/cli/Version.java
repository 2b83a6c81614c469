package io.sluice.launcher.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which build this is: from the manifest of the jar; classes in a directory have none. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"sluice " + packaged().orElse("(not packaged)")};
  }

  /** For the logs of servers. */
  public static String ofClient() {
    return "sluice/" + packaged().orElse("unknown");
  }

  private static Optional<String> packaged() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion());
  }
}

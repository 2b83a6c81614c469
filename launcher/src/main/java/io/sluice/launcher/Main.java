package io.sluice.launcher;

import io.sluice.launcher.cli.Environment;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The process: where it begins, and with which code it ends. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    int code =
        new Program(Environment.ofThisProcess())
            .withOutput(text(FileDescriptor.out), text(FileDescriptor.err))
            .run(arguments);
    System.err.flush();
    // Explicitly: threads of libraries must not keep alive what has ended.
    System.exit(code);
  }

  /** In UTF-8, whatever the locale: keys are data, and a container as a rule has no locale. */
  private static PrintWriter text(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
  }
}

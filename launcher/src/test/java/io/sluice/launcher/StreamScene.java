package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Objects through pipes of a shell: {@code $SLUICE} is the program, {@code $URL} the bucket. What a
 * file {@code where} sets is set before each command.
 */
abstract class StreamScene extends MountScene {
  static final int MIB = 1 << 20;

  /** As {@code bash} runs it, in the directory of the test; its code is the first failure's. */
  SluiceProcess shell(String script) throws IOException {
    return command(List.of("bash", "-c", prepared(script)));
  }

  /** The same as a group of processes of its own, as a terminal has it. */
  SluiceProcess group(String script) throws IOException {
    return command(List.of("setsid", "bash", "-c", prepared(script)));
  }

  private String prepared(String script) throws IOException {
    Path program = scratch.resolve("sluice");
    String quoted =
        SluiceProcess.streamingCommand().stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    Files.writeString(program, "#!/bin/sh\nexec " + quoted + " \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    String setting =
        "set -o pipefail; SLUICE='%s'; URL=s3://%s; cd '%s'; [[ ! -e where ]] || . ./where; "
            .formatted(program, BUCKET, scratch);
    return setting + script;
  }

  /** Its exit code, and what it said, checked for both. */
  void expect(int code, SluiceProcess process, String... said) throws Exception {
    assertThat(process.awaitExit()).as(process.output()).isEqualTo(code);
    for (String words : said) assertThat(process.output()).contains(words);
  }

  Path file(String name, byte[] bytes) throws IOException {
    return Files.write(scratch.resolve(name), bytes);
  }

  byte[] read(String name) throws IOException {
    return Files.readAllBytes(scratch.resolve(name));
  }

  /** What a download may have left beside its file. */
  void requireNoParts() throws IOException {
    try (Stream<Path> files = Files.list(scratch)) {
      assertThat(files.filter(path -> path.toString().endsWith(".part"))).isEmpty();
    }
  }
}

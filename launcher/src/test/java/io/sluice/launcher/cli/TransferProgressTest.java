package io.sluice.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.ProgressLine.Kind;
import io.sluice.launcher.cli.TransferProgress.Reader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is said while bytes are on their way, and at the end. */
final class TransferProgressTest {
  private static final long MEGA = 1_000_000;

  private final AtomicLong now = new AtomicLong();
  private final StringWriter err = new StringWriter();

  @Test
  void aTerminalHasABarWithBytesAndSpeed() {
    try (var progress = progress(Kind.TERMINAL, Reader.PEOPLE)) {
      progress.total(4000 * MEGA);
      progress.accept(1000 * MEGA);
      progress.tick();
      assertThat(err.toString()).contains("get", "25%", "1000/4000 MB", "MB/s", "[==");
    }
    assertThat(err.toString()).endsWith("\r\033[K");
  }

  @Test
  void aBarDoesNotNeedToKnowWhereItEnds() {
    try (var progress = progress(Kind.TERMINAL, Reader.PEOPLE)) {
      progress.accept(7 * MEGA);
      progress.tick();
      assertThat(err.toString()).contains("7/? MB");
    }
  }

  @Test
  void theLastLineHasTheDurationAndTheFacts() {
    try (var progress = progress(Kind.LOG, Reader.PEOPLE)) {
      progress.accept(30 * MEGA);
      progress.accept(-10 * MEGA);
      after(Duration.ofMillis(2500));
      progress.done("s3://b/k", facts());
    }
    assertThat(err.toString())
        .isEqualTo(
            "sluice: s3://b/k: 19.1 MiB, 8 MB/s, etag t1, checksum crc32c, duration: 2.500s\n");
  }

  @Test
  void programsGetAnObjectALine() {
    try (var progress = progress(Kind.LOG, Reader.PROGRAM)) {
      progress.total(40);
      progress.accept(10);
      progress.tick(); // too early
      after(Duration.ofSeconds(2));
      progress.tick();
      progress.say("mind the \"gap\"");
      progress.accept(30);
      after(Duration.ofSeconds(2));
      progress.done("s3://b/k", facts());
    }
    assertThat(err.toString().lines())
        .containsExactly(
            "{\"event\":\"progress\",\"task\":\"get\",\"bytes\":10,\"total\":40,\"seconds\":2.0,\"bytesPerSecond\":0}",
            "{\"event\":\"message\",\"task\":\"get\",\"message\":\"mind the \\\"gap\\\"\"}",
            "{\"event\":\"done\",\"task\":\"get\",\"bytes\":40,\"seconds\":4.0,\"bytesPerSecond\":10,\"object\":\"s3://b/k\",\"etag\":\"t1\",\"checksum\":\"crc32c\"}");
  }

  @Test
  void whoeverIsQuietSaysOnlyWhatWentWrong() {
    for (Reader reader : Reader.values()) {
      try (var progress = progress(Kind.NONE, reader)) {
        progress.accept(10);
        after(Duration.ofMinutes(1));
        progress.tick();
        progress.say("something is wrong");
        progress.done("s3://b/k", facts());
      }
    }
    assertThat(err.toString().lines()).containsOnly("sluice: something is wrong");
  }

  private TransferProgress progress(Kind kind, Reader reader) {
    return new TransferProgress("get", new PrintWriter(err, true), kind, reader, now::get);
  }

  private void after(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private static Map<String, String> facts() {
    var facts = new LinkedHashMap<String, String>();
    facts.put("etag", "t1");
    facts.put("checksum", "crc32c");
    return facts;
  }
}

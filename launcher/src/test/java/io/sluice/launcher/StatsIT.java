package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Json;
import io.sluice.launcher.mount.LoadReport;
import io.sluice.launcher.mount.StatsSockets;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a mount tells of itself. */
final class StatsIT extends MountScene {
  private static final Duration SOON = Duration.ofSeconds(30);

  private SluiceProcess stats(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("stats", "--data-dir", dataDirectory().toString()));
    all.addAll(List.of(arguments));
    return sluice(all.toArray(String[]::new));
  }

  private SluiceProcess mountedAndRead() throws Exception {
    forgetTheCache();
    server().put(BUCKET, "a.bin", bytes(1, 3_000_000));
    SluiceProcess mount = mounted();
    assertThat(Files.readAllBytes(mountPoint.resolve("a.bin"))).isEqualTo(bytes(1, 3_000_000));
    return mount;
  }

  @Test
  void aLiveMountIsAsked() throws Exception {
    Attempts.untilUndisturbed(
        () -> {
          int before = server().gets();
          SluiceProcess mount = mountedAndRead();
          SluiceProcess stats = stats();
          assertThat(stats.awaitExit()).as(stats.output()).isEqualTo(0);
          SluiceProcess json = stats(mountPoint.toString(), "--json");
          assertThat(json.awaitExit()).as(json.output()).isEqualTo(0);
          int gets = server().gets() - before;
          mount.stop();
          if (!wasUndisturbed(mount)) return false;
          assertThat(stats.output())
              .contains("s3://models at " + mountPoint)
              .contains("served    2.9 MiB: 2.9 MiB from the network")
              .contains("a.bin");
          LoadReport[] reports = Json.parse(json.output(), LoadReport[].class);
          assertThat(reports).hasSize(1);
          assertThat(reports[0].bytes().served()).isEqualTo(3_000_000);
          assertThat(reports[0].bytes().network()).isEqualTo(3_000_000);
          assertThat(reports[0].requests().gets()).isEqualTo(gets);
          assertThat(reports[0].files().getFirst().key()).isEqualTo("a.bin");
          assertThat(reports[0].load().parallelism()).isEqualTo(16);
          return true;
        });
  }

  @Test
  void aSignalAndTheEndWriteTheReportIntoTheLog() throws Exception {
    SluiceProcess mount = mountedAndRead();
    assertThat(mount.output()).doesNotContain("served  ");
    mount.signal("USR1");
    Await.until(SOON, () -> mount.output().contains("cache     "), mount::output);
    assertThat(isMounted()).isTrue();
    mount.stop();
    assertThat(mount.lines().stream().filter(line -> line.contains("served    2.9 MiB")))
        .hasSize(2);
    assertThat(mount.lines()).anyMatch(line -> line.contains("readers got 2.9 MiB"));
  }

  @Test
  void whereNoMountIsThereIsNothingToTell() throws Exception {
    SluiceProcess stats = stats();
    assertThat(stats.awaitExit()).isEqualTo(ExitCode.NOT_FOUND.number());
    assertThat(stats.lines()).hasSize(1);
    assertThat(stats.output()).contains("no mount uses the data directory", "--data-dir");
  }

  @Test
  void anotherMountPointIsNotFound() throws Exception {
    SluiceProcess mount = mounted();
    SluiceProcess stats = stats("/elsewhere");
    assertThat(stats.awaitExit()).isEqualTo(ExitCode.NOT_FOUND.number());
    assertThat(stats.lines()).hasSize(1);
    assertThat(stats.output()).contains("no mount at /elsewhere", mountPoint.toString());
    mount.stop();
  }

  @Test
  void aKilledMountIsNotAskedAndItsSocketGoesWithTheNext() throws Exception {
    SluiceProcess killed = mounted();
    killed.signal("KILL");
    killed.awaitExit();
    assertThat(StatsSockets.in(dataDirectory())).hasSize(1);
    assertThat(stats().awaitExit()).isEqualTo(ExitCode.NOT_FOUND.number());
    SluiceProcess next = mounted();
    assertThat(StatsSockets.in(dataDirectory())).hasSize(1);
    assertThat(stats().awaitExit()).isEqualTo(0);
    next.stop();
    assertThat(StatsSockets.in(dataDirectory())).isEmpty();
  }
}

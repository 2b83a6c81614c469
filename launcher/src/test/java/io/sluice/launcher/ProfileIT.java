package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cache.profile.AccessProfile;
import io.sluice.cache.profile.ProfileEntry;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Json;
import io.sluice.launcher.mount.LoadReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A load is recorded by one mount, and fetched ahead by the next one, or before any. */
final class ProfileIT extends MountScene {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int SIZE = 6_000_000;
  private static final int FAR = 4_000_000;
  private static final int PART = SIZE - FAR;

  private Path profile() {
    return scratch.resolve("load.profile");
  }

  private AccessProfile recorded() throws Exception {
    return AccessProfile.read(profile(), "s3://" + BUCKET + " at " + server().url());
  }

  private void putFiles() {
    server().put(BUCKET, "a.dat", bytes(1, SIZE));
    server().put(BUCKET, "b.dat", bytes(2, 300_000));
  }

  /** The end of a, behind which nothing could be read ahead, then all of b. */
  private void load() throws IOException {
    ByteBuffer part = ByteBuffer.allocate(PART);
    try (var a = FileChannel.open(mountPoint.resolve("a.dat"))) {
      while (part.hasRemaining() && a.read(part, FAR + part.position()) > 0) {}
    }
    byte[] all = bytes(1, SIZE);
    assertThat(part.flip()).isEqualTo(ByteBuffer.wrap(all, FAR, PART).slice());
    assertThat(Files.readAllBytes(mountPoint.resolve("b.dat"))).isEqualTo(bytes(2, 300_000));
  }

  private void record() throws Exception {
    putFiles();
    SluiceProcess mount = mounted("--record", profile().toString());
    load();
    mount.stop();
  }

  private SluiceProcess warm(String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of("warm", "-b", BUCKET));
    all.addAll(List.of("--data-dir", dataDirectory().toString()));
    all.addAll(List.of("--profile", profile().toString()));
    all.addAll(List.of(more));
    return sluice(all.toArray(String[]::new));
  }

  @Test
  void whatIsReadIsRecordedInItsOrder() throws Exception {
    record();
    assertThat(recorded().keys()).containsExactly("a.dat", "b.dat");
    List<ProfileEntry> entries = recorded().entries();
    // The kernel asks for the pieces of one read at once, in any order.
    assertThat(entries.getFirst().range().start()).isBetween(1L, (long) SIZE);
    assertThat(entries.getLast().range().end()).isEqualTo(300_000);
  }

  @Test
  void aSignalSavesItMeanwhile() throws Exception {
    putFiles();
    SluiceProcess mount = mounted("--record", profile().toString());
    load();
    assertThat(profile()).doesNotExist();
    mount.signal("USR1");
    Await.until(SOON, () -> Files.exists(profile()), mount::output);
    assertThat(recorded().keys()).containsExactly("a.dat", "b.dat");
    assertThat(isMounted()).isTrue();
    mount.stop();
  }

  @Test
  void whereNothingIsReadTheLastRecordingStays() throws Exception {
    record();
    String before = Files.readString(profile());
    mounted("--record", profile().toString()).stop();
    assertThat(Files.readString(profile())).isEqualTo(before);
  }

  @Test
  void whatCannotBeSavedIsAWarningAndTheMountHasEndedWell() throws Exception {
    putFiles();
    Path directory = Files.createDirectory(scratch.resolve("profiles"));
    SluiceProcess mount = mounted("--record", directory.resolve("p").toString());
    load();
    Files.delete(directory);
    mount.stop();
    assertThat(mount.output()).contains("cannot write the profile " + directory.resolve("p"));
  }

  @Test
  void theNextMountFetchesItBeforeAnybodyReadsAndReadersAskForNothingMore() throws Exception {
    record();
    Attempts.untilUndisturbed(
        () -> {
          forgetTheCache();
          int before = server().gets();
          SluiceProcess mount = mounted("--profile", profile().toString());
          long wanted = recorded().ranges().values().stream().mapToLong(List::size).sum();
          Await.until(SOON, () -> fetched() >= 300_000 + PART, mount::output);
          int ahead = server().gets() - before;
          load();
          int all = server().gets() - before;
          mount.stop();
          if (!wasUndisturbed(mount)) return false;
          assertThat(ahead).isBetween(2, (int) wanted + 2);
          assertThat(all).isEqualTo(ahead);
          return true;
        });
  }

  /** Bytes that the mount says it has got from the bucket; -1 where it does not answer now. */
  private long fetched() throws Exception {
    SluiceProcess stats = sluice("stats", "--data-dir", dataDirectory().toString(), "--json");
    if (stats.awaitExit() != 0) return -1;
    return Json.parse(stats.output(), LoadReport[].class)[0].bytes().network();
  }

  @Test
  void itIsFetchedBeforeAnyMount() throws Exception {
    record();
    Attempts.untilUndisturbed(
        () -> {
          forgetTheCache();
          SluiceProcess warm = warm("--cache-size", "4MB"); // less than all of a
          assertThat(warm.awaitExit()).as(warm.output()).isEqualTo(0);
          assertThat(warm.output()).contains("sluice: 2 files, ");
          int gets = server().gets();
          SluiceProcess mount = mounted();
          load();
          mount.stop();
          if (warm.output().contains("slower than the store")) return false;
          assertThat(server().gets()).isEqualTo(gets);
          return true;
        });
  }

  @Test
  void whatWasReplacedIsToldAndLeftOut() throws Exception {
    record();
    forgetTheCache();
    server().put(BUCKET, "a.dat", bytes(7, SIZE));
    SluiceProcess warm = warm();
    assertThat(warm.awaitExit()).as(warm.output()).isEqualTo(0);
    assertThat(warm.output())
        .contains("sluice: a.dat: replaced since it was recorded: left out", "sluice: 1 files, ");
    server().delete(BUCKET, "b.dat");
    SluiceProcess nothing = warm();
    assertThat(nothing.awaitExit()).isEqualTo(ExitCode.NOT_FOUND.number());
    assertThat(nothing.output())
        .contains(
            "sluice: b.dat: gone since it was recorded: left out",
            "sluice: nothing is what the profile recorded: record it again");
    SluiceProcess mount = mounted("--profile", profile().toString());
    Await.until(
        SOON,
        () -> mount.output().contains("2 of 2 objects of the profile are not what was recorded"),
        mount::output);
    assertThat(Files.readAllBytes(mountPoint.resolve("a.dat"))).isEqualTo(bytes(7, SIZE));
    mount.stop();
  }
}

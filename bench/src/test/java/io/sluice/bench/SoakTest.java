package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakTest {
  private static final String KEY = SoakFiles.keys().getFirst();

  @TempDir private Path root;

  @Test
  void aReplacedObjectHasOtherBytesAndTheOldOnesAreStillKnown() throws IOException {
    SoakFiles files = new SoakFiles(root);
    files.create();
    ByteBuffer old = bytes(0);
    assertThat(files.holding(KEY, old, 4096)).contains(SoakFiles.content(KEY, 0));
    assertThat(files.holding(KEY, bytes(1), 4096)).isEmpty();

    files.replace(KEY);

    assertThat(files.holding(KEY, old, 4096)).contains(SoakFiles.content(KEY, 0));
    assertThat(files.holding(KEY, bytes(1), 4096)).contains(SoakFiles.content(KEY, 1));
    assertThat(files.holding(KEY, old, 4104)).isEmpty();
  }

  @Test
  void aMixOfVersionsIsOfNone() throws IOException {
    SoakFiles files = new SoakFiles(root);
    files.create();
    files.replace(KEY);
    ByteBuffer mixed = bytes(0);
    mixed.put(32, bytes(1), 32, 32);
    assertThat(files.holding(KEY, mixed, 4096)).isEmpty();
  }

  @Test
  void theLastStatusOfAnOutputCounts() {
    SoakStatus first = new SoakStatus(1, 2, 0, 0, 0, 5);
    SoakStatus last = new SoakStatus(10, 20, 1, 2, 3, 4);
    assertThat(SoakStatus.last(first.line() + "\nnoise\n" + last.line() + "\nreads=11 by"))
        .isEqualTo(last);
    assertThat(SoakStatus.last("")).isEqualTo(SoakStatus.NONE);
  }

  @Test
  void memoryGrowsWithinTheLifeOfOneProcess() {
    SoakRss rss = new SoakRss();
    rss.sample(1, 1, 50);
    rss.sample(1, SoakRss.GROWN_UP_SECONDS, 100);
    rss.sample(1, 100, 110);
    rss.sample(2, SoakRss.GROWN_UP_SECONDS, 200);
    rss.sample(2, 100, 205);
    assertThat(rss.growth()).isEqualTo(10);
    assertThat(rss.most()).isEqualTo(205);
  }

  @Test
  void faultsAreOfEveryKindAndOnlyWhileTheyAreOn() {
    SoakFaults faults = new SoakFaults(1);
    assertThat(Stream.generate(faults::next).limit(100)).containsOnly(Fault.NONE);

    faults.turn(true);

    Set<Fault> seen = EnumSet.noneOf(Fault.class);
    for (int i = 0; i < 1000; i++) seen.add(faults.next());
    assertThat(seen).containsExactlyInAnyOrder(Fault.values());
  }

  private static ByteBuffer bytes(int generation) {
    ByteBuffer bytes = ByteBuffer.allocate(64);
    SoakFiles.content(KEY, generation).fill(bytes, 4096);
    return bytes;
  }
}

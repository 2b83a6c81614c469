package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ObjectVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Objects are verified beside others who read them, fill them and punch holes into them. */
@NullMarked
@Timeout(180)
class VerifierTest {
  private static final int BLOCK = 4;
  private static final int SIZE = 100;
  private static final ObjectVersion VERSION = new ObjectVersion("k", "1", SIZE);
  private static final BlockLayout LAYOUT = new BlockLayout(SIZE, BLOCK);

  @TempDir Path root;
  private Path object = Path.of("/");

  private static ObjectFiles.Opener opener(int owner) {
    return new ObjectFiles.Opener(owner, _ -> true, CacheFixture.BOOT, () -> {}, () -> {});
  }

  private ObjectFiles open() throws Exception {
    return ObjectFiles.open(object, Description.of("test", VERSION), LAYOUT, opener(1));
  }

  @BeforeEach
  void anObjectOfZerosIsComplete() throws Exception {
    object = ObjectName.of("test", VERSION).in(root);
    var zeros = new CRC32C();
    zeros.update(new byte[BLOCK]);
    try (var files = open()) {
      for (int block = 0; block < LAYOUT.blocks(); block++) {
        files.map().claim(block);
        files.map().arrived(block, (int) zeros.getValue());
      }
    }
  }

  private ObjectLook look() throws Exception {
    return ObjectLook.at(object).orElseThrow();
  }

  private static Verification verified(ObjectLook look, Duration patience) throws IOException {
    return new Verifier(Optional.empty(), (_, _) -> {}, patience).verify(List.of(look));
  }

  private static Verification repairedNow(ObjectLook look) {
    var repair = new Verifier.Repair(opener(0), _ -> {});
    try {
      return new Verifier(Optional.of(repair), (_, _) -> {}, Duration.ZERO).verify(List.of(look));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aHoleInTheMakingIsNotTakenForOneThatSomebodyLeft() throws Exception {
    ObjectLook look = look();
    try (var files = open()) {
      boolean isAlone =
          files.alone(
              () -> {
                assertThat(files.map().takeBack(7)).isTrue();
                Verification _ = repairedNow(look);
                // Else it is fetched again, and the hole is punched into what has come.
                assertThat(files.map().claim(7)).isFalse();
              });
      assertThat(isAlone).isTrue();
    }
  }

  @Test
  void whatSomebodyLeftHalfPunchedCanBeFetchedAgain() throws Exception {
    try (var files = open()) {
      files.map().takeBack(7);
    }
    assertThat(repairedNow(look()).blocks()).isEqualTo(LAYOUT.blocks() - 1);
    try (var map = BlockMap.open(object.resolve(ObjectFiles.BLOCKS), LAYOUT, 1)) {
      assertThat(map.claim(7)).isTrue();
    }
  }

  @Test
  void ofAPieceThatCannotBeReadOnlyThatBlockIsDamaged() throws Exception {
    ObjectLook look = look();
    try (var data = FileChannel.open(object.resolve(ObjectFiles.DATA), StandardOpenOption.WRITE)) {
      data.truncate(SIZE - BLOCK - 1);
    }
    Verification found = verified(look, Duration.ZERO);
    assertThat(found.damages()).singleElement().extracting("blocks").isEqualTo(2L);
  }

  @Test
  void whatIsForAnotherForAMomentIsVerifiedThen() throws Exception {
    ObjectLook look = look();
    var verifying = new FutureTask<>(() -> verified(look, Duration.ofDays(1)));
    try (var another = Flock.open(object)) {
      assertThat(another.tryExclusive()).isTrue();
      Thread thread = Thread.ofPlatform().daemon().start(verifying);
      CacheFixture.await(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }
    Verification found = verifying.get(60, TimeUnit.SECONDS);
    assertThat(found.objects()).isEqualTo(1);
    assertThat(found.bytes()).isEqualTo(SIZE);
  }

  @Test
  void whatAnotherKeepsForItselfIsNotVerified() throws Exception {
    ObjectLook look = look();
    try (var another = Flock.open(object)) {
      assertThat(another.tryExclusive()).isTrue();
      assertThat(verified(look, Duration.ZERO).objects()).isZero();
    }
  }
}

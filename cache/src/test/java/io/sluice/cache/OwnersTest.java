package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
@Timeout(180)
class OwnersTest {
  @TempDir Path root;

  @Test
  void anOwnerIsAliveUntilItIsClosed() throws Exception {
    var owners = new Owners(root);
    Owners.Owner owner = owners.register("me");
    try (owner) {
      assertThat(owners.isAlive(owner.id())).isTrue();
      assertThat(owners.hasOthers(owner.id())).isFalse();
      assertThat(owners.hasOthers(owner.id() + 1)).isTrue();
      assertThat(owners.removeDead()).isZero();
    }
    assertThat(owners.isAlive(owner.id())).isFalse();
    assertThat(owner.file()).doesNotExist();
  }

  @Test
  void aFileThatNobodyHoldsIsADeadOwners() throws Exception {
    var owners = new Owners(root);
    Path dead = root.resolve("owners/fffffffe");
    Files.createDirectories(dead.getParent());
    Files.writeString(dead, "{}");
    assertThat(owners.isAlive(-2)).isFalse();
    assertThat(owners.alive()).isEmpty();
    assertThat(owners.removeDead()).isEqualTo(1);
    assertThat(dead).doesNotExist();
  }

  @Test
  void whoRegistersWhileOthersClearAwayIsAlive() throws Exception {
    var owners = new Owners(root);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var registering = new ArrayList<Future<Owners.Owner>>();
      for (int i = 0; i < 50; i++) {
        registering.add(threads.submit(() -> owners.register("one of many")));
        threads.submit(owners::removeDead).get();
      }
      var ids = new HashSet<Integer>();
      for (var owner : registering) {
        assertThat(owners.isAlive(owner.get().id())).isTrue();
        ids.add(owner.get().id());
      }
      assertThat(ids).hasSize(50).doesNotContain(0);
      for (var owner : registering) owner.get().close();
    }
  }

  @Test
  void oneAtATimeIsAlone() throws Exception {
    var owners = new Owners(root);
    Files.createDirectories(root.resolve("owners"));
    var inside = new ArrayList<String>();
    assertThat(
            owners.alone(
                Duration.ZERO,
                () ->
                    inside.add(
                        "the other: " + owners.alone(Duration.ofMillis(1), () -> inside.add("?")))))
        .isTrue();
    assertThat(inside).containsExactly("the other: false");
  }

  @Test
  void whereNobodyHasRegisteredNothingIsMadeAndNothingDone() throws Exception {
    var done = new ArrayList<String>();
    assertThat(new Owners(root).alone(Duration.ZERO, () -> done.add("?"))).isFalse();
    assertThat(done).isEmpty();
    assertThat(root).isEmptyDirectory();
  }
}

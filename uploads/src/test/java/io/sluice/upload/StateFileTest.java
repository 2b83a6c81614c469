package io.sluice.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ObjectAttributes;
import io.sluice.store.Part;
import io.sluice.store.UploadId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** States on disk: told line by line, locked, and never half. */
final class StateFileTest {
  private static final UploadId UPLOAD = new UploadId("k", "U");

  @TempDir Path directory;
  private Path path = Path.of("/");

  @BeforeEach
  void place() {
    path = directory.resolve("state");
  }

  private static UploadState first(int parts) {
    return UploadState.begin(
        new UploadHead(
            new Destination("b", "k"),
            Path.of("/x"),
            Optional.of(new FileIdentity(4L * parts, Instant.EPOCH, 1)),
            new UploadPlan(4L * parts, 4),
            ObjectAttributes.NONE));
  }

  private static SentPart part(int number) {
    return new SentPart(
        new Part(number, "tag" + number, 4, Optional.empty()), Optional.of(number * 31));
  }

  @Test
  void whatWasToldIsThereAfterwards() throws Exception {
    UploadState told;
    try (StateFile state = StateFile.create(path, first(3))) {
      state.begun(UPLOAD);
      state.sent(part(2));
      state.sent(part(1));
      told = state.state();
    }
    assertThat(told.upload()).contains(UPLOAD);
    assertThat(told.parts()).containsOnlyKeys(1, 2);
    assertThat(StateFile.read(path)).isEqualTo(told);
    try (StateFile state = StateFile.open(path)) {
      assertThat(state.state()).isEqualTo(told);
    }
  }

  @Test
  void aNewOneDoesNotReplaceAFile() throws Exception {
    Files.writeString(path, "something else");
    assertThatThrownBy(() -> StateFile.create(path, first(1)))
        .isInstanceOf(UploadException.Exists.class)
        .hasMessageContaining(path.toString());
    assertThat(path).hasContent("something else");
  }

  @Test
  void oneThatIsNotThereOrIsNoneIsCalledSo() throws Exception {
    assertThatThrownBy(() -> StateFile.open(path))
        .isInstanceOf(UploadException.BadState.class)
        .hasMessageContaining("no state file");
    Files.write(path, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(() -> StateFile.open(path)).isInstanceOf(UploadException.BadState.class);
    Files.writeString(path, "");
    assertThatThrownBy(() -> StateFile.read(path))
        .isInstanceOf(UploadException.BadState.class)
        .hasMessageContaining("is empty");
    assertThatThrownBy(() -> StateFile.create(directory.resolve("no/state"), first(1)))
        .hasMessageContaining("no directory");
  }

  @Test
  void oneWorksOnItAtATime() throws Exception {
    try (StateFile state = StateFile.create(path, first(1))) {
      assertThat(state.path()).isEqualTo(path);
      assertThatThrownBy(() -> StateFile.open(path)).isInstanceOf(UploadException.InUse.class);
    }
    StateFile.open(path).close();
  }

  @Test
  void aReplacedOneIsStillLocked() throws Exception {
    try (StateFile state = StateFile.create(path, first(1))) {
      Files.writeString(directory.resolve(".state.part"), "left by a death");
      state.replace(first(2));
      assertThatThrownBy(() -> StateFile.open(path)).isInstanceOf(UploadException.InUse.class);
    }
    assertThat(StateFile.read(path)).isEqualTo(first(2));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(path);
    }
  }

  @Test
  void oneThatCannotBeReplacedIsNamed() throws Exception {
    try (StateFile state = StateFile.create(path, first(1))) {
      Files.createDirectories(directory.resolve(".state.part/x"));
      assertThatThrownBy(() -> state.replace(first(2)))
          .hasMessageContaining("the state file " + path + " cannot be written");
    }
  }

  @Test
  void afterATornLineTheNextOneIsWhole() throws Exception {
    try (StateFile state = StateFile.create(path, first(3))) {
      state.begun(UPLOAD);
      state.sent(part(1));
    }
    Files.writeString(path, "{\"part_number\":2,\"e_t", StandardOpenOption.APPEND);
    try (StateFile state = StateFile.open(path)) {
      assertThat(state.damaged()).isEqualTo(1);
      state.sent(part(3));
    }
    try (StateFile state = StateFile.open(path)) {
      assertThat(state.damaged()).isZero();
      assertThat(state.state().parts()).containsOnlyKeys(1, 3);
    }
  }

  @Test
  void manyThreadsTellAtTheSameTime() throws Exception {
    try (StateFile state = StateFile.create(path, first(400))) {
      state.begun(UPLOAD);
      IntStream.rangeClosed(1, 400).parallel().forEach(number -> tell(state, number));
    }
    assertThat(StateFile.read(path).parts()).hasSize(400);
  }

  @Test
  void whatAThreadTellsThatIsToEndIsWritten() throws Exception {
    try (StateFile state = StateFile.create(path, first(2))) {
      Thread.currentThread().interrupt();
      state.begun(UPLOAD);
      state.sent(part(1));
      assertThat(Thread.interrupted()).isTrue();
      state.sent(part(2));
    }
    assertThat(StateFile.read(path).upload()).contains(UPLOAD);
    assertThat(StateFile.read(path).parts()).hasSize(2);
  }

  @Test
  @Timeout(180)
  void anInterruptInTheMidstOfALineEndsItForNobody() throws Exception {
    try (StateFile state = StateFile.create(path, first(400))) {
      state.begun(UPLOAD);
      Thread telling =
          Thread.ofPlatform()
              .daemon()
              .start(() -> IntStream.rangeClosed(1, 399).forEach(number -> tell(state, number)));
      while (telling.isAlive()) {
        telling.interrupt();
        LockSupport.parkNanos(100_000);
      }
      state.sent(part(400));
      assertThatThrownBy(() -> StateFile.open(path)).isInstanceOf(UploadException.InUse.class);
    }
    assertThat(StateFile.read(path).parts()).hasSize(400);
  }

  @Test
  void aPartCostsAsMuchAsTheFirst() throws Exception {
    try (StateFile state = StateFile.create(path, first(9_000))) {
      state.begun(UPLOAD);
      long before = Files.size(path);
      state.sent(part(1_000));
      long first = Files.size(path) - before;
      for (int number = 1_001; number < 9_000; number += 999) state.sent(part(number));
      before = Files.size(path);
      state.sent(part(9_000));
      // As many digits in both, but for the sum's.
      assertThat(Files.size(path) - before).isEqualTo(first);
    }
  }

  @Test
  void oneThatIsDoneLeavesNothing() throws Exception {
    try (StateFile state = StateFile.create(path, first(1))) {
      state.remove();
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  private static void tell(StateFile state, int number) {
    try {
      state.sent(part(number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

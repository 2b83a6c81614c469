package io.sluice.launcher.mount;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.launcher.Program;
import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mounts that can be asked. */
@Timeout(120)
final class StatsSocketTest {
  private static final Duration SHORT = Duration.ofSeconds(2);

  @TempDir private Path data = Path.of("");
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @BeforeEach
  void theDataDirectoryIsThere() throws IOException {
    Files.createDirectories(data.resolve("v1/owners"));
  }

  private Path owner(int id) {
    return data.resolve("v1/owners").resolve("0000000" + id);
  }

  private Path socket(int id) {
    return StatsSockets.path(owner(id));
  }

  private StatsSocket listen(int id, String document) {
    return listen(id, document, StatsSocket.PATIENCE);
  }

  private StatsSocket listen(int id, String document, Duration patience) {
    return StatsSocket.listen(owner(id), () -> document, patience).orElseThrow();
  }

  @Test
  void whoeverAsksGetsTheDocument() throws Exception {
    String large = "é".repeat(3 << 20); // more than the buffers of a socket
    try (var _ = listen(1, "one");
        var _ = listen(2, large)) {
      assertThat(StatsSockets.in(data)).hasSize(2);
      assertThat(StatsSockets.ask(socket(1))).isEqualTo("one");
      assertThat(StatsSockets.ask(socket(1))).isEqualTo("one");
      assertThat(StatsSockets.ask(socket(2))).isEqualTo(large);
    }
    assertThat(StatsSockets.in(data)).isEmpty();
  }

  @Test
  void whoeverDoesNotReadKeepsNobodyElseFromIt() throws Exception {
    String large = "x".repeat(8 << 20);
    try (var _ = listen(1, large, SHORT);
        var _ = SocketChannel.open(UnixDomainSocketAddress.of(socket(1)))) {
      // Behind the one that does not read: after 2 s it is our turn, and so are our 2 s over.
      String answer = "";
      for (int i = 0; i < 10 && answer.isEmpty(); i++) {
        try {
          answer = StatsSockets.ask(socket(1), SHORT);
        } catch (IOException e) {
          assertThat(e).hasMessageMatching("no answer within 2 s|its answer is cut off");
        }
      }
      assertThat(answer).hasSize(large.length());
    }
  }

  @Test
  void anAnswerWithoutItsEndIsNone() throws Exception {
    try (var mount = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      mount.bind(UnixDomainSocketAddress.of(socket(1)));
      for (String cut : List.of("", "{", "{}\n")) {
        Thread.ofPlatform().daemon().start(() -> answer(mount, cut));
        assertThatThrownBy(() -> StatsSockets.ask(socket(1))).hasMessage("its answer is cut off");
      }
    }
  }

  private static void answer(ServerSocketChannel mount, String document) {
    try (SocketChannel client = mount.accept()) {
      client.write(UTF_8.encode(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void onlyItsOwnerMayAsk() throws Exception {
    try (var _ = listen(1, "one")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket(1))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void whereNobodyListensAnyMoreTheConnectionIsRefused() throws Exception {
    try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket(9)));
    }
    assertThatThrownBy(() -> StatsSockets.ask(socket(9))).isInstanceOf(ConnectException.class);
  }

  @Test
  void onlySocketsOfMountsAreAsked() throws Exception {
    Files.writeString(owner(1), "whose it is", UTF_8);
    Files.writeString(data.resolve("v1/owners/other.sock"), "text", UTF_8);
    try (var _ = listen(1, "one")) {
      assertThat(StatsSockets.in(data)).containsExactly(socket(1));
    }
  }

  @Test
  void aMountThatTakesNoConnectionIsWaitedForInVainOnlyForSoLong() throws Exception {
    List<SocketChannel> waiting = new ArrayList<>();
    try (var stopped = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      stopped.bind(UnixDomainSocketAddress.of(socket(1)), 1);
      for (int i = 0; i < 2; i++) // the kernel lets in one more than it was told
      waiting.add(SocketChannel.open(UnixDomainSocketAddress.of(socket(1))));
      assertThatThrownBy(() -> StatsSockets.ask(socket(1), SHORT))
          .hasMessageContaining("no answer within 2 s");
    } finally {
      for (SocketChannel channel : waiting) channel.close();
    }
  }

  @Test
  void aMountThatDoesNotAnswerIsLeftOut() throws Exception {
    var file = new LoadReport.FileLoad("k", 1, 0);
    var report =
        new LoadReport(
            new LoadReport.Mount("s3://models", "/models", data.toString(), 7, 1, 1024, ""),
            new LoadReport.Bytes(1, 1, 0, 0, 0),
            new LoadReport.Load(1, 1, 1, 16, false),
            new LoadReport.Waiting(0, 0, 0, 1),
            new LoadReport.Requests(1, 0, 0, 0, 0, 0),
            new LoadReport.Cache(1, 1, 0, 0),
            List.of(file),
            List.of());
    try (var _ = listen(1, "no report")) {
      assertThat(stats()).isEqualTo(ExitCode.DATA_DIR.number());
      assertThat(err.toString()).contains("asking the mounts of", "00000001.sock");
      try (var _ = listen(2, Json.of(report))) {
        assertThat(stats()).isZero();
        assertThat(out.toString()).contains("s3://models at /models");
        assertThat(err.toString()).contains("left out", "00000001.sock");
      }
    }
  }

  private int stats() {
    out = new StringWriter();
    err = new StringWriter();
    return new Program(new Environment(Map.of(), Optional.of(data)))
        .withOutput(new PrintWriter(out, true), new PrintWriter(err, true))
        .run("stats", "--data-dir", data.toString());
  }

  @Test
  void withoutAPlaceForASocketAMountWorksWithoutIt() {
    Path deep = data.resolve("d".repeat(108)).resolve("00000001");
    assertThat(StatsSocket.listen(deep, () -> "one", SHORT)).isEqualTo(Optional.empty());
    Path gone = Path.of("/no/such/00000001");
    assertThat(StatsSocket.listen(gone, () -> "one", SHORT)).isEqualTo(Optional.empty());
  }

  @Test
  void aDataDirectoryThatIsNotThereHasNoMounts() throws Exception {
    assertThat(StatsSockets.in(data.resolve("gone"))).isEmpty();
  }
}

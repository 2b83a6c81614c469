package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nobody, or nobody who answers, is where the bucket should be: one line says so. */
final class BadNetworkIT extends MountScene {
  private void assertRefused(SluiceProcess process, String... said) throws Exception {
    assertThat(process.awaitExit()).as(process.output()).isEqualTo(ExitCode.BUCKET.number());
    assertThat(process.lines()).hasSize(1);
    assertThat(process.output()).startsWith("sluice: ").contains(said);
    assertThat(isMounted()).isFalse();
  }

  @Test
  void nobodyListensAtTheEndpoint() throws Exception {
    // Bound, so that nobody else gets the port, and not listening.
    try (var bound = new Socket()) {
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      assertRefused(
          mount("--endpoint-url", "http://127.0.0.1:" + bound.getLocalPort()),
          "Connection refused",
          "check the network and --endpoint-url");
    }
  }

  @Test
  void theEndpointHasNoAddress() throws Exception {
    assertRefused(
        mountWithoutNames("--endpoint-url", "http://no-such-host.invalid"),
        "unknown host ",
        "no-such-host.invalid",
        "check the network and --endpoint-url");
  }

  @Test
  void nobodyAnswersAtTheEndpoint() throws Exception {
    try (var silent = new ServerSocket(0)) {
      assertRefused(
          mount("--endpoint-url", "http://127.0.0.1:" + silent.getLocalPort()),
          "check the network and --endpoint-url");
    }
  }

  @Test
  void noRegionThatExists() throws Exception {
    assertRefused(mountWithoutNames("--region", "nowhere-1"), "nowhere-1");
  }

  /** No server of names is asked: it may take longer than anybody waits. */
  private SluiceProcess mountWithoutNames(String... options) throws IOException {
    Path hosts = Files.writeString(scratch.resolve("hosts"), "127.0.0.1 localhost\n");
    List<String> command =
        new ArrayList<>(SluiceProcess.commandWith(List.of("-Djdk.net.hosts.file=" + hosts)));
    command.addAll(List.of("mount", "-b", BUCKET, "-m", mountPoint.toString()));
    command.addAll(List.of("--data-dir", dataDirectory().toString()));
    command.addAll(List.of(options));
    Map<String, String> keys =
        Map.of("AWS_ACCESS_KEY_ID", "key", "AWS_SECRET_ACCESS_KEY", "secret");
    return commandWith(keys, command);
  }
}

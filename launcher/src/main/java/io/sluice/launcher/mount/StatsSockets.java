package io.sluice.launcher.mount;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The mounts of a data directory that can be asked what they have done. */
public final class StatsSockets {
  /** Longer than a mount waits for one that does not read, behind which we may be. */
  private static final Duration ANSWER = StatsSocket.PATIENCE.plusSeconds(5);

  /** Behind a document, so that one that was cut is known; no JSON has it. */
  static final char END = '\u0004';

  /** A report is some 10 KB. */
  private static final int LONGEST_ANSWER = 16 << 20;

  private StatsSockets() {}

  /** That of a mount, which is removed with what says that its cache is open. */
  static Path path(Path ownerFile) {
    return ownerFile.resolveSibling(ownerFile.getFileName() + ".sock");
  }

  /** Where mounts listen, or have listened. */
  public static List<Path> in(Path dataDirectory) throws IOException {
    try (Stream<Path> files = Files.list(dataDirectory.resolve("v1").resolve("owners"))) {
      return files.filter(StatsSockets::isOne).sorted().toList();
    } catch (NoSuchFileException _) {
      return List.of();
    }
  }

  private static boolean isOne(Path file) {
    return file.getFileName().toString().matches("[0-9a-f]{8}\\.sock");
  }

  /** Asks one, for 15 s at most. */
  public static String ask(Path socket) throws IOException {
    return ask(socket, ANSWER);
  }

  /**
   * Asks one.
   *
   * @throws ConnectException where nobody listens any more
   * @throws IOException where no answer comes, or not all of it
   */
  static String ask(Path socket, Duration within) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      // A process that is stopped takes no connection once some wait for it, nor refuses one.
      var answer =
          new FutureTask<>(
              () -> {
                channel.connect(UnixDomainSocketAddress.of(socket));
                return read(channel);
              });
      Thread.ofPlatform().name("ask").daemon().start(answer);
      return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + within.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException reason) throw reason;
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String read(SocketChannel channel) throws IOException {
    try (InputStream in = Channels.newInputStream(channel)) {
      String answer = new String(in.readNBytes(LONGEST_ANSWER), UTF_8);
      if (answer.isEmpty() || answer.charAt(answer.length() - 1) != END)
        throw new IOException("its answer is cut off");
      return answer.substring(0, answer.length() - 1);
    }
  }
}

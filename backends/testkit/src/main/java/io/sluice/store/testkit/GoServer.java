package io.sluice.store.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * A {@link GoProgram} that serves on a free port of the loopback, as a process of its own. It ends
 * with {@link #close()}, or with this JVM.
 */
public final class GoServer implements AutoCloseable {
  private static final int ATTEMPTS = 3;
  private static final long SECONDS_TO_START = 60;

  private final Process process;
  private final int port;
  private final Thread atExit;

  private GoServer(Process process, int port) {
    this.process = process;
    this.port = port;
    this.atExit = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Starts it; it answers when this returns.
   *
   * @param arguments given the port to serve
   * @param log where it writes what it says
   * @throws IOException where it does not start, with what it said
   */
  public static GoServer start(
      GoProgram program,
      IntFunction<List<String>> arguments,
      Map<String, String> environment,
      Path log)
      throws IOException, InterruptedException {
    Path executable = program.executable();
    for (int attempt = 1; ; attempt++) {
      int port = freePort(); // which somebody else may take before it does
      var command = new ArrayList<String>(List.of(executable.toString()));
      command.addAll(arguments.apply(port));
      var builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      var server = new GoServer(process, port);
      if (server.isReady(program.health())) return server;
      server.close();
      if (attempt == ATTEMPTS)
        throw new IOException(program + " does not start: " + Files.readString(log, UTF_8));
    }
  }

  private boolean isReady(String health) throws IOException, InterruptedException {
    URL url = url().resolve(health).toURL();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
    while (System.nanoTime() < end) {
      if (isGood(url)) return process.isAlive();
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) return false; // it ended
    }
    return false;
  }

  private static boolean isGood(URL url) {
    try {
      var connection = (HttpURLConnection) url.openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(5000);
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!process.isAlive()) Runtime.getRuntime().removeShutdownHook(atExit);
  }
}

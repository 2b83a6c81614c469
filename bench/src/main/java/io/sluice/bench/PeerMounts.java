package io.sluice.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;

/** Mounts of another program, ended where they take so much memory that everything suffers. */
record PeerMounts(Peer peer, URI endpoint, int parallelism, Scratch scratch)
    implements View.Source {
  /** Of the machine's memory. */
  private static final double MOST = 1.0 / 3;

  @Override
  public View open(View.Wish wish) throws IOException, InterruptedException {
    Path directory = scratch.at(wish.name());
    var words =
        peer.command(
            endpoint, parallelism, directory, wish.data(), peer.help(scratch.at("peer-help.log")));
    var command = new Mount.Command(words, Peer.environment(), scratch.at("peer.log"));
    Mount mount = Mount.start(directory, command, _ -> Mount.isMounted(directory));
    long most = (long) (memory() * MOST);
    Watch watch = Watch.of(() -> mount.usage().peakRssBytes(), most, () -> end(mount, most));
    return new Guarded(mount, watch);
  }

  private void end(Mount mount, long most) {
    System.err.println(
        "bench: %s took over %d MiB of memory and is killed".formatted(peer.word(), most >> 20));
    mount.kill();
  }

  private static long memory() throws IOException {
    Matcher total =
        java.util.regex.Pattern.compile("MemTotal:\\s+(\\d+) kB")
            .matcher(Files.readString(Path.of("/proc/meminfo")));
    if (!total.find()) throw new IOException("/proc/meminfo tells no MemTotal");
    return Long.parseLong(total.group(1)) * 1024;
  }

  /** A mount that is watched until it is closed. */
  private record Guarded(Mount mount, Watch watch) implements View.OfMount {
    @Override
    public void close() {
      watch.close();
      mount.close();
    }
  }
}

package io.sluice.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The readers of a soak, in a process without anything else: one that waits in a page fault stops
 * the whole JVM when its collector runs, and must not stop the server it waits for.
 *
 * <p>{@code SoakReaders ROOT SEED READERS MOUNT...}; a line of status each second, until it is
 * ended. The reads wait for as long as the mounts make them; whoever started it sets the limit.
 */
final class SoakReaders {
  private SoakReaders() {}

  public static void main(String[] args) throws InterruptedException {
    SoakFiles files = new SoakFiles(Path.of(args[0]));
    long seed = Long.parseLong(args[1]);
    int readers = Integer.parseInt(args[2]);
    List<Path> mounts = Arrays.stream(args).skip(3).map(Path::of).toList();
    SoakTally tally = new SoakTally(readers);
    for (int i = 0; i < readers; i++) {
      var reader = new SoakReader(files, mounts, tally, new Random(seed + i), i);
      Thread.ofPlatform().daemon().name("soak-" + i).start(reader);
    }
    while (true) {
      TimeUnit.SECONDS.sleep(1);
      System.out.println(tally.status().line());
    }
  }
}

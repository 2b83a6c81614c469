package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;

/** The mounts of a soak, all over one data directory, any of which may be killed and begun anew. */
final class SoakMounts implements AutoCloseable {
  private static final java.util.regex.Pattern RSS =
      java.util.regex.Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private final View.Source source;
  private final Path data;
  private final Path log;
  private final SoakRss rss = new SoakRss();
  private final List<Living> living = new ArrayList<>();

  private record Living(Mount mount, long startNanos) {}

  private SoakMounts(View.Source source, Path data, Path log) {
    this.source = source;
    this.data = data;
    this.log = log;
  }

  static SoakMounts open(SluiceMounts source, Path data, int count)
      throws IOException, InterruptedException {
    SoakMounts mounts = new SoakMounts(source, data, source.scratch().at("dd.log"));
    try {
      for (int i = 0; i < count; i++) mounts.living.add(mounts.start(i));
      return mounts;
    } catch (IOException | InterruptedException e) {
      mounts.close();
      throw e;
    }
  }

  private Living start(int number) throws IOException, InterruptedException {
    View view = source.open(View.Wish.of(data).named("mnt-" + number));
    if (view instanceof Mount mount) return new Living(mount, System.nanoTime());
    view.close();
    throw new IOException("not a process that can be killed: " + view);
  }

  List<Path> directories() {
    return living.stream().map(each -> each.mount().directory()).toList();
  }

  /** kill -9 of one of them; a new one repairs what it left behind. */
  void kill(Random random) throws IOException, InterruptedException {
    int number = random.nextInt(living.size());
    Mount killed = living.get(number).mount();
    killed.kill();
    killed.awaitDeath(); // until then its mount is alive, and no other may take its place
    living.set(number, start(number));
  }

  /**
   * Looks at all of them.
   *
   * @return the memory of each, in MiB
   * @throws IOException where one is gone that nobody has killed
   */
  List<Long> sample() throws IOException {
    List<Long> mebibytes = new ArrayList<>();
    for (Living each : living) {
      if (!each.mount().isAlive())
        throw new IOException("a mount has ended:\n" + each.mount().output());
      long pid = each.mount().pid();
      Matcher found = RSS.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
      long bytes = found.find() ? Long.parseLong(found.group(1)) * 1024 : 0;
      rss.sample(pid, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - each.startNanos()), bytes);
      mebibytes.add(bytes >> 20);
    }
    return mebibytes;
  }

  /** Makes the kernel forget what it can of all files, so that the mounts are asked again. */
  void forget() throws InterruptedException {
    for (Path directory : directories()) {
      for (String key : SoakFiles.keys()) {
        try {
          Child.forgetPages(log, directory.resolve(key));
        } catch (IOException e) {
          // It cannot be opened while a fault lasts, as readers find, too; there is another time.
          break;
        }
      }
    }
  }

  SoakRss rss() {
    return rss;
  }

  @Override
  public void close() {
    living.forEach(each -> each.mount().close());
  }
}

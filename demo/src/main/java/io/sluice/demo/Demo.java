package io.sluice.demo;

import io.sluice.demo.DemoServer.Served;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills a bucket, mounts it with the real program, reads it three times, and shows what that took.
 * Whatever happens, an interrupt included, nothing of it is left behind.
 */
final class Demo {
  private final Path program;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean isTerminal;

  /** SHA-256 of what went into the bucket, by key. */
  private final Map<String, String> digests = new LinkedHashMap<>();

  private final List<Row> rows = new ArrayList<>();
  private long peakMemory;

  /**
   * A demo that has not begun.
   *
   * @param program {@code sluice}, to be started as a process
   */
  Demo(Path program, PrintStream out, PrintStream err, boolean isTerminal) {
    this.program = program;
    this.out = out;
    this.err = err;
    this.isTerminal = isTerminal;
  }

  /**
   * From the empty bucket to the table, and on until the bucket is unmounted where it is to stay.
   *
   * @param below the directory in which everything is kept meanwhile
   * @param size of the model, about, in bytes
   */
  void run(Path below, long size, boolean staysMounted)
      throws IOException, DemoException, InterruptedException {
    ModelSet model = ModelSet.of(size);
    try (Place place = Place.make(below, model.size());
        DemoServer s3 = DemoServer.start(place.bucket())) {
      err.println("An S3 server with an empty bucket runs at " + s3.url());
      fill(s3, model);
      try (MountProcess mount = mount(place, s3)) {
        read("cold", place, s3, model);
        read("again (the kernel's page cache)", place, s3, model);
        peakMemory = mount.peakMemory();
      }
      try (MountProcess mount = mount(place, s3)) {
        read("after a restart (the disk cache)", place, s3, model);
        peakMemory = Math.max(peakMemory, mount.peakMemory());
        show();
        if (!staysMounted) return;
        invite(place.mountPoint());
        mount.awaitEnd();
      }
    }
  }

  private void fill(DemoServer s3, ModelSet model) throws IOException {
    var progress = new Progress(err, isTerminal, "making a model", model.size());
    for (ModelFile file : model.files()) {
      var digest = Digests.sha256();
      try (InputStream content = new Reported(file.content().get(), progress);
          var digested = new DigestInputStream(content, digest)) {
        s3.put(file.name(), file.size(), digested);
      }
      digests.put(file.name(), HexFormat.of().formatHex(digest.digest()));
    }
    progress.end();
  }

  private MountProcess mount(Place place, DemoServer s3) throws IOException, DemoException {
    MountProcess mount = MountProcess.start(program, place, s3.url(), err);
    err.println("Mounted at " + place.mountPoint());
    return mount;
  }

  private void read(String what, Place place, DemoServer s3, ModelSet model)
      throws IOException, DemoException {
    Served before = s3.served();
    var progress = new Progress(err, isTerminal, "reading " + what, model.size());
    for (Map.Entry<String, String> file : digests.entrySet()) {
      String found = Digests.of(place.mountPoint().resolve(file.getKey()), progress);
      if (!found.equals(file.getValue()))
        throw new DemoException(
            "%s has the SHA-256 %s read through the mount, but %s in the bucket: please report this"
                .formatted(file.getKey(), found, file.getValue()));
    }
    rows.add(new Row(what, progress.end(), model.size(), s3.served().since(before)));
  }

  private void show() {
    out.println();
    out.print(Row.table(rows));
    out.printf(
        "%nPeak memory of the mount: %d MiB. All %d files had the right SHA-256 each time.%n"
            + "Server, mount and reader share this machine: see bench/ for comparisons.%n",
        peakMemory >> 20, digests.size());
    out.flush();
  }

  private void invite(Path mountPoint) {
    out.printf(
        "%nThe bucket stays mounted at %s. Look around:%n"
            + "  ls -lh %1$s%n"
            + "  sha256sum %1$s/*%n"
            + "  df -h %1$s%n"
            + "Ctrl-C unmounts it and removes everything.%n",
        mountPoint);
    out.flush();
  }
}

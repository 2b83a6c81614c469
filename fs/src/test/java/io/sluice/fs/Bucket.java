package io.sluice.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.testkit.MemoryStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A bucket in memory and the file system that shows it, spoken to in paths as a program does. */
final class Bucket implements AutoCloseable {
  static final Duration TTL = Duration.ofSeconds(60);
  static final Ownership OWNERSHIP = Ownership.readOnly(1000, 100);
  static final FsSettings SETTINGS =
      FsSettings.of(OWNERSHIP).withMetadataTtl(TTL).withWaitLimit(Duration.ofSeconds(20));

  final MemoryStore objects = new MemoryStore();
  final WatchedStore store = new WatchedStore(objects);
  final StoreOpener opener = new StoreOpener(store);
  final TestClock clock = new TestClock();
  final BucketFileSystem fs;

  Bucket() {
    this(SETTINGS);
  }

  Bucket(FsSettings settings) {
    fs = new BucketFileSystem(store, opener, settings, clock);
  }

  /** Objects that hold their own key. */
  Bucket with(String... keys) {
    for (String key : keys) objects.put(key, key);
    return this;
  }

  void put(String key, String text) {
    objects.put(key, text);
  }

  Attributes stat(String path) throws FsException {
    Optional<Attributes> at = Optional.empty();
    long inode = BucketFileSystem.ROOT;
    for (String name : path.split("/", -1)) {
      if (name.isEmpty() && path.isEmpty()) break;
      Attributes found = fs.lookup(inode, name);
      inode = found.inode();
      at = Optional.of(found);
    }
    return at.isPresent() ? at.get() : fs.getattr(BucketFileSystem.ROOT);
  }

  long open(String path) throws FsException {
    return fs.open(stat(path).inode()).handle();
  }

  String read(long handle, long offset, int length) throws FsException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    int count = fs.read(handle, offset, buffer);
    return new String(buffer.array(), 0, count, UTF_8);
  }

  String cat(String path) throws FsException {
    long handle = open(path);
    try {
      return read(handle, 0, Math.toIntExact(fs.attributesOf(handle).size()) + 1);
    } finally {
      fs.release(handle);
    }
  }

  /** Names as they come, without the dots; three at a time, as a kernel with little room asks. */
  List<String> ls(String path) throws FsException {
    return ls(path, 3);
  }

  List<String> ls(String path, int portion) throws FsException {
    long handle = fs.opendir(stat(path).inode());
    try {
      List<String> names = new ArrayList<>();
      long offset = 0;
      while (true) {
        var sink = new Sink(portion);
        fs.readdir(handle, offset, sink);
        if (sink.names.isEmpty()) break;
        names.addAll(sink.names);
        offset = sink.nextOffset;
      }
      assertThat(names).doesNotHaveDuplicates().startsWith(".", "..");
      return names.subList(2, names.size());
    } finally {
      fs.releasedir(handle);
    }
  }

  /** All entries from an offset on. */
  Sink readOn(long handle, long offset) throws FsException {
    var all = new Sink(Integer.MAX_VALUE);
    all.nextOffset = offset;
    int before;
    do {
      before = all.names.size();
      fs.readdir(handle, all.nextOffset, all);
    } while (all.names.size() > before);
    return all;
  }

  /** All paths: a file with its content, a directory with "/" behind it and nothing in it. */
  Map<String, String> tree() throws FsException {
    Map<String, String> tree = new TreeMap<>();
    addTree("", tree);
    return tree;
  }

  private void addTree(String directory, Map<String, String> tree) throws FsException {
    for (String name : ls(directory)) {
      String path = directory.isEmpty() ? name : directory + "/" + name;
      if (stat(path).isDirectory()) {
        tree.put(path + "/", "");
        addTree(path, tree);
      } else {
        tree.put(path, cat(path));
      }
    }
  }

  @Override
  public void close() {
    fs.close();
  }

  /** Takes a few entries. */
  static final class Sink implements DirectorySink {
    final List<String> names = new ArrayList<>();
    final List<Attributes> attributes = new ArrayList<>();
    final List<Long> offsets = new ArrayList<>();
    long nextOffset;
    private final int room;

    Sink(int room) {
      this.room = room;
    }

    @Override
    public boolean add(String name, Attributes attributes, long nextOffset) {
      if (names.size() == room) return false;
      names.add(name);
      this.attributes.add(attributes);
      offsets.add(nextOffset);
      this.nextOffset = nextOffset;
      return true;
    }
  }
}

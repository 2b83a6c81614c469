package io.sluice.fs;

import io.sluice.cache.CachedObject;
import io.sluice.cache.ObjectOpener;
import io.sluice.fs.Attributes.Kind;
import io.sluice.fs.Finding.Row;
import io.sluice.fs.Inodes.Node;
import io.sluice.fs.OpenFiles.OpenFile;
import io.sluice.store.ObjectStore;
import io.sluice.store.StoreException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bucket as a tree of files, read-only, spoken to in inodes and handles; knows of no transport.
 * The rules are in SEMANTICS.md. Safe for use by many threads: no call holds up another, except
 * where both wait for the same answer of the store.
 *
 * <p>A number is good from the {@link #lookup} that gave it until some thousands of others have
 * been looked up; after that, calls with it fail with ESTALE and the caller looks it up again.
 * Handles are good until they are released.
 */
public final class BucketFileSystem implements AutoCloseable {
  /** The inode number of the root. Known without a lookup. */
  public static final long ROOT = 1;

  private final ObjectOpener opener;
  private final FsSettings settings;
  private final Freshness freshness;
  private final HiddenKeys hidden = new HiddenKeys();
  private final StoreErrors errors;
  private final Directories directories;
  private final Metadata metadata;
  private final Inodes inodes;
  private final AtomicLong handles = new AtomicLong();
  private final OpenFiles openFiles = new OpenFiles(handles);
  private final ConcurrentHashMap<Long, OpenDirectory> openDirectories = new ConcurrentHashMap<>();

  /**
   * Shows a bucket; asks it nothing yet. Closes neither the store nor what the opener reads from.
   *
   * @param clock tells how old what is known is; must not step back, see {@link SteadyClock}
   */
  public BucketFileSystem(
      ObjectStore store, ObjectOpener opener, FsSettings settings, InstantSource clock) {
    this.opener = opener;
    this.settings = settings;
    freshness = new Freshness(clock, settings.metadataTtl());
    directories =
        new Directories(store, freshness, hidden, settings.waitLimit(), Directories.BUDGET_BYTES);
    metadata = new Metadata(store, directories, freshness, settings.waitLimit());
    inodes = new Inodes(settings.prefix());
    errors = new StoreErrors(freshness);
  }

  /**
   * What a name in a directory is.
   *
   * @throws FsException ENOENT where there is nothing of that name; ENAMETOOLONG, ENOTDIR, or what
   *     the store's failure comes to
   */
  public Attributes lookup(long parent, String name) throws FsException {
    Node directory = directoryAt(parent);
    if (Names.isTooLong(name))
      throw new FsException(Errno.ENAMETOOLONG, "a name of more than 255 bytes: " + name);
    Node node = find(directory.key(), name);
    return attributes(inodes.enter(node), node);
  }

  /**
   * What a number stands for. Where a handle of it is open that is settled; else its path has to
   * lead to it still.
   *
   * @throws FsException ESTALE where its path leads to another version by now, or the number has
   *     been forgotten; ENOENT where its path leads nowhere
   */
  public Attributes getattr(long inode) throws FsException {
    Optional<Attributes> pinned = openFiles.pinned(inode);
    if (pinned.isPresent()) return pinned.get();
    Node node = nodeAt(inode);
    if (inode == ROOT) return attributes(ROOT, node);
    Node now = find(node.directory(), node.name());
    if (!now.identity().equals(node.identity())) throw stale(node.key() + " has been replaced");
    return attributes(inode, now);
  }

  /**
   * Opens a file as it is at this moment, asking the store, and pins that version. Where the
   * metadata are good for an hour or more, what is known is believed instead.
   *
   * @throws FsException EISDIR; ENOENT where it is gone; ESTALE where the number has been forgotten
   */
  public Opened open(long inode) throws FsException {
    Node node = nodeAt(inode);
    if (node.isDirectory()) throw new FsException(Errno.EISDIR, node.key() + " is a directory");
    Finding.File file = current(node);
    Node pinned = new Node(node.key(), file);
    Attributes attributes = attributes(inodes.enter(pinned), pinned);
    CachedObject object = opener.open(file.version(node.key()));
    return new Opened(openFiles.add(new OpenFile(node.key(), attributes, object)), attributes);
  }

  /** What fstat shows: the version that was opened, whatever has become of the object. */
  public Attributes attributesOf(long handle) throws FsException {
    return openFiles.at(handle).attributes();
  }

  /**
   * Reads the version that was opened until the buffer is full or the file ends.
   *
   * @return how many bytes; fewer than there was room for only at the end of the file
   * @throws FsException ESTALE where the object was replaced or deleted and these bytes are not
   *     cached; EACCES, EIO
   */
  public int read(long handle, long offset, ByteBuffer into) throws FsException {
    OpenFile file = openFiles.at(handle);
    if (offset < 0) throw new FsException(Errno.EINVAL, "a read at " + offset);
    try {
      return file.object().read(offset, into);
    } catch (StoreException e) {
      // Whoever comes next is not to be told what has just been found untrue.
      if (e instanceof StoreException.Changed || e instanceof StoreException.NotFound)
        metadata.doubt(file.key());
      throw errors.reading(file.key(), e);
    }
  }

  /** Ends an {@link #open}; a handle that is not open is left alone. */
  public void release(long handle) {
    openFiles.release(handle);
  }

  /** Opens a directory for reading; asks the store nothing yet. */
  public long opendir(long inode) throws FsException {
    var directory = new OpenDirectory(directoryAt(inode), directories);
    long handle = handles.incrementAndGet();
    openDirectories.put(handle, directory);
    return handle;
  }

  /**
   * Hands out entries from an offset on: ".", "..", then all others; until the sink is full, or a
   * page of the listing ends and the next would have to be waited for. Only where nothing is handed
   * out the directory has ended.
   *
   * @param offset 0 for the start, which is as the directory is now; else what the sink was told
   */
  public void readdir(long handle, long offset, DirectorySink sink) throws FsException {
    OpenDirectory directory = openDirectory(handle);
    Node self = directory.node();
    if (!DirectoryCookie.isValid(offset))
      throw new FsException(Errno.EINVAL, "readdir at " + offset);
    if (offset == 0) {
      directory.rewind();
      if (!sink.add(".", attributes(inodes.numberOf(self), self), 1)) return;
    }
    if (offset <= 1 && !sink.add("..", parentOf(self), DirectoryCookie.FIRST_ROW)) return;
    try {
      handOut(directory, DirectoryCookie.at(Math.max(offset, DirectoryCookie.FIRST_ROW)), sink);
    } catch (StoreException e) {
      throw errors.about(self.key(), e);
    }
  }

  /** Ends an {@link #opendir}; a handle that is not open is left alone. */
  public void releasedir(long handle) {
    openDirectories.remove(handle);
  }

  public Usage statfs() {
    return Usage.ofABucket();
  }

  public List<String> listxattr(long inode) throws FsException {
    return ExtendedAttributes.names(nodeAt(inode));
  }

  /**
   * The value of an extended attribute, of the version that the number stands for.
   *
   * @throws FsException ENODATA where there is none of that name
   */
  public byte[] getxattr(long inode, String name) throws FsException {
    Node node = nodeAt(inode);
    return ExtendedAttributes.value(node, name)
        .orElseThrow(() -> new FsException(Errno.ENODATA, node.key() + " has no " + name));
  }

  /** How often a key was met that cannot be shown as a path. */
  public long hiddenKeys() {
    return hidden.count();
  }

  /** Closes what is still open. */
  @Override
  public void close() {
    openFiles.releaseAll();
    openDirectories.clear();
    metadata.close();
  }

  private void handOut(OpenDirectory directory, DirectoryCookie from, DirectorySink sink)
      throws StoreException {
    int row = from.row();
    int handedOut = 0;
    for (int number = from.page(); ; number++, row = 0) {
      if (handedOut > 0 && !directory.isAtHand(number)) return;
      Optional<Page> page = directory.page(number);
      if (page.isEmpty()) return;
      List<Row> rows = page.get().rows();
      for (; row < rows.size(); row++) {
        Node node = child(directory.node().key(), rows.get(row));
        long next = new DirectoryCookie(number, row + 1).offset();
        if (!sink.add(rows.get(row).name(), attributes(inodes.numberOf(node), node), next)) return;
        handedOut++;
      }
    }
  }

  /** Of the root the root itself: what is above the mount point is not ours. */
  private Attributes parentOf(Node directory) {
    boolean isRoot = directory.key().equals(settings.prefix());
    String parent = isRoot ? settings.prefix() : directory.directory();
    Node node = new Node(parent, Finding.DIRECTORY);
    return attributes(inodes.numberOf(node), node);
  }

  private Node find(String directory, String name) throws FsException {
    if (!Names.isShown(name)) throw absent(directory + name);
    try {
      Finding finding = metadata.find(directory, name);
      if (finding instanceof Finding.Absent) throw absent(directory + name);
      return child(directory, new Row(name, finding));
    } catch (StoreException e) {
      throw errors.about(directory + name, e);
    }
  }

  private Finding.File current(Node file) throws FsException {
    if (settings.openTrustsMetadata()) {
      Optional<Finding.Known> known = metadata.known(file.directory(), file.name());
      if (known.isPresent() && known.get().finding() instanceof Finding.File trusted)
        return trusted;
    }
    try {
      return metadata.head(file.key());
    } catch (StoreException e) {
      throw errors.about(file.key(), e);
    }
  }

  private static Node child(String directory, Row row) {
    boolean isDirectory = row.finding() instanceof Finding.Directory;
    return new Node(directory + row.name() + (isDirectory ? "/" : ""), row.finding());
  }

  private Attributes attributes(long inode, Node node) {
    Ownership whose = settings.ownership();
    int uid = whose.uid();
    int gid = whose.gid();
    return node.finding() instanceof Finding.File file
        ? new Attributes(inode, Kind.FILE, file.size(), whose.fileMode(), uid, gid, file.modified())
        : new Attributes(
            inode, Kind.DIRECTORY, 0, whose.directoryMode(), uid, gid, freshness.start());
  }

  private Node nodeAt(long inode) throws FsException {
    return inodes.at(inode).orElseThrow(() -> stale("inode " + inode + " is not known (any more)"));
  }

  private Node directoryAt(long inode) throws FsException {
    Node node = nodeAt(inode);
    if (!node.isDirectory())
      throw new FsException(Errno.ENOTDIR, node.key() + " is not a directory");
    return node;
  }

  private OpenDirectory openDirectory(long handle) throws FsException {
    OpenDirectory directory = openDirectories.get(handle);
    if (directory == null) throw new FsException(Errno.EBADF, "no directory is open as " + handle);
    return directory;
  }

  private static FsException absent(String key) {
    return new FsException(Errno.ENOENT, "nothing is called " + key);
  }

  private static FsException stale(String message) {
    return new FsException(Errno.ESTALE, message);
  }
}

package io.sluice.fs;

import io.sluice.cache.CachedObject;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The files that somebody has open: each handle is one version, and so is each inode number, which
 * keeps its attributes as long as a handle is open, whatever becomes of the object. Safe for many
 * threads.
 */
final class OpenFiles {
  /** A file that somebody reads. */
  record OpenFile(String key, Attributes attributes, CachedObject object) {}

  private record Pin(Attributes attributes, int handles) {}

  private final AtomicLong handles;
  private final ConcurrentHashMap<Long, OpenFile> byHandle = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Long, Pin> byInode = new ConcurrentHashMap<>();

  /**
   * None yet.
   *
   * @param handles where handles are taken from, shared with those of directories
   */
  OpenFiles(AtomicLong handles) {
    this.handles = handles;
  }

  long add(OpenFile file) {
    long handle = handles.incrementAndGet();
    byInode.compute(
        file.attributes().inode(),
        (_, pin) -> new Pin(file.attributes(), pin == null ? 1 : pin.handles() + 1));
    byHandle.put(handle, file);
    return handle;
  }

  OpenFile at(long handle) throws FsException {
    OpenFile file = byHandle.get(handle);
    if (file == null) throw new FsException(Errno.EBADF, "no file is open as " + handle);
    return file;
  }

  /** The attributes of a number of which a handle is open. */
  Optional<Attributes> pinned(long inode) {
    return Optional.ofNullable(byInode.get(inode)).map(Pin::attributes);
  }

  /** A handle that is not open is left alone. */
  void release(long handle) {
    OpenFile file = byHandle.remove(handle);
    if (file == null) return;
    byInode.computeIfPresent(
        file.attributes().inode(),
        (_, pin) -> pin.handles() == 1 ? null : new Pin(pin.attributes(), pin.handles() - 1));
    file.object().close();
  }

  void releaseAll() {
    byHandle.keySet().forEach(this::release);
  }
}

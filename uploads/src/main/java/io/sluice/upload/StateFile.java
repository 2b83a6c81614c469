package io.sluice.upload;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.store.UploadId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The state of one upload on disk, and the right to work on it: one process at a time has it open.
 * What is told to it is on disk when the call returns; a part costs one line, and where many end
 * together less than one force of the disk. For many threads at once.
 */
public final class StateFile implements AutoCloseable {
  private final Path path;
  private final LockedFile file;
  private final StateText.Read found;

  /** Guards what is written, and is not held while the disk is waited for. */
  private final ReentrantLock writing = new ReentrantLock();

  /** Who waits here while another one forces finds most lines forced. */
  private final ReentrantLock forcing = new ReentrantLock();

  @GuardedBy("writing")
  private UploadState told;

  /** Those of {@link #told}, and those that were told since. */
  @GuardedBy("writing")
  private final SortedMap<Integer, SentPart> parts = new TreeMap<>();

  @GuardedBy("writing")
  private long written;

  @GuardedBy("forcing")
  private long forced;

  private StateFile(Path path, LockedFile file, StateText.Read found) {
    this.path = path;
    this.file = file;
    this.found = found;
    this.told = found.state();
    this.parts.putAll(told.parts());
  }

  /**
   * Writes a new one.
   *
   * @throws UploadException.Exists where there is a file already
   */
  public static StateFile create(Path path, UploadState state) throws IOException {
    LockedFile file = LockedFile.create(path, StateText.of(state));
    return new StateFile(path, file, new StateText.Read(state, 0, false));
  }

  /**
   * Goes on with one.
   *
   * @throws UploadException.BadState where there is none
   * @throws UploadException.InUse where another one works on it
   */
  public static StateFile open(Path path) throws IOException {
    LockedFile file = LockedFile.open(path);
    boolean opened = false;
    try {
      StateText.Read found = parse(path, file.read());
      if (!found.isOfOriginal()) file.cutTornLine();
      opened = true;
      return new StateFile(path, file, found);
    } finally {
      if (!opened) file.close();
    }
  }

  /**
   * What one says, whoever works on it; not for a state that this process has open.
   *
   * @throws UploadException.BadState where there is none
   */
  public static UploadState read(Path path) throws IOException {
    return parse(path, LockedFile.read(path)).state();
  }

  private static StateText.Read parse(Path path, String text) throws UploadException {
    try {
      return StateText.parse(text);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UploadException.BadState("the state file %s %s".formatted(path, e.getMessage()), e);
    }
  }

  public Path path() {
    return path;
  }

  /** As it is now. */
  public UploadState state() {
    writing.lock();
    try {
      return told.with(parts);
    } finally {
      writing.unlock();
    }
  }

  /** How the file is cut, which never changes. */
  UploadPlan plan() {
    return found.state().head().plan();
  }

  /** Lines that were damaged when it was opened, and count for nothing. */
  int damaged() {
    return found.damaged();
  }

  // What a thread says that is told to end, before or meanwhile, is written like anything else.

  /** The store has named the upload. */
  void begun(UploadId upload) throws IOException {
    force(append(upload));
  }

  private long append(UploadId upload) throws IOException {
    writing.lock();
    try {
      long line = append(StateText.begun(upload));
      told = told.with(upload);
      return line;
    } finally {
      writing.unlock();
    }
  }

  /** The store has a part. */
  void sent(SentPart part) throws IOException {
    force(append(part));
  }

  private long append(SentPart part) throws IOException {
    writing.lock();
    try {
      long line = append(StateText.sent(part));
      parts.put(part.number(), part);
      return line;
    } finally {
      writing.unlock();
    }
  }

  @GuardedBy("writing")
  private long append(String line) throws IOException {
    file.append(line);
    return ++written;
  }

  private void force(long line) throws IOException {
    forcing.lock();
    try {
      if (forced >= line) return;
      long upTo = writtenNow();
      file.force();
      forced = upTo;
    } finally {
      forcing.unlock();
    }
  }

  private long writtenNow() {
    writing.lock();
    try {
      return written;
    } finally {
      writing.unlock();
    }
  }

  /** Writes all of it anew: complete or not at all. */
  void replace(UploadState other) throws IOException {
    writing.lock();
    try {
      file.replace(StateText.of(other));
      told = other;
      parts.clear();
      parts.putAll(other.parts());
    } finally {
      writing.unlock();
    }
  }

  /** There is nothing to go on with any more. */
  public void remove() throws IOException {
    file.remove();
  }

  /** The state stays. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}

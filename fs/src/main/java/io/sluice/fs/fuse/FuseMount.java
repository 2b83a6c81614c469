package io.sluice.fs.fuse;

import static io.sluice.fs.fuse.MountException.Kind.FAILED;

import io.sluice.fs.BucketFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A mounted bucket, from the kernel's first word to its last. Safe for use by several threads. */
public final class FuseMount implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FuseMount.class);

  /** INIT takes milliseconds; longer than this means that it will not come. */
  private static final Duration READY_LIMIT = Duration.ofSeconds(10);

  /** For those who use the mount to stop, before their files begin to give errors. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private static final Duration PAUSE = Duration.ofMillis(50);

  /** For calls under way to come back, once the kernel has ended the session. */
  private static final Duration LAST_CALLS = Duration.ofSeconds(10);

  private final MountEntry entry;
  private final Session session;
  private final Loops loops;
  private final int readAheadWanted;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private FuseMount(MountEntry entry, Session session, Loops loops, int readAheadWanted) {
    this.readAheadWanted = readAheadWanted;
    this.entry = entry;
    this.session = session;
    this.loops = loops;
  }

  /**
   * Checks what can be checked without mounting, and takes a dead mount of this program away from
   * the mount point.
   */
  public static void prepare(Path mountPoint, MountOptions options) throws MountException {
    prepared(mountPoint, KernelOptions.of(options));
  }

  private static String prepared(Path mountPoint, KernelOptions options) throws MountException {
    String place = MountPoint.prepare(mountPoint, options.mayHideFiles());
    FuseDevice.check(options.mount().access());
    return place;
  }

  /**
   * Mounts, and returns when the kernel has begun to talk to us: within 10 s. Where it fails,
   * nothing is left mounted. The file system stays the caller's, to be closed after the mount.
   */
  public static FuseMount mount(BucketFileSystem fs, Path mountPoint, MountOptions options)
      throws MountException {
    KernelOptions resolved = KernelOptions.of(options);
    String place = prepared(mountPoint, resolved);
    LibFuse library = LibFuse.load();
    KernelReading reading = resolved.mount().reading();
    var loops = new Loops();
    var operations = new Operations(library, new ReadOnlyCalls(fs, reading.direct()), loops);
    Session session;
    try {
      session = Session.mount(library, place, resolved.arguments(), operations);
    } catch (MountException e) {
      operations.close();
      throw e;
    }
    loops.start(session);
    try {
      MountEntry entry = entryOnceReady(place, operations);
      var mount = new FuseMount(entry, session, loops, reading.readAheadKb());
      mount.raiseReadAhead();
      return mount;
    } catch (MountException e) {
      undo(place, session, loops, e);
      throw e;
    }
  }

  private static MountEntry entryOnceReady(String place, Operations operations)
      throws MountException {
    try {
      if (!operations.ready().await(READY_LIMIT.toMillis(), TimeUnit.MILLISECONDS))
        throw new MountException(FAILED, "the kernel does not talk to us at " + place);
      return MountTable.at(Path.of(place))
          .filter(MountEntry::isOurs)
          .orElseThrow(() -> new MountException(FAILED, place + " was unmounted at once"));
    } catch (IOException e) {
      throw new MountException(FAILED, "the mount table cannot be read: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MountException(FAILED, "interrupted", e);
    }
  }

  private static void undo(String place, Session session, Loops loops, MountException reason) {
    try {
      Unmount.byForce(place);
      if (loops.awaitOver(LAST_CALLS)) session.close();
    } catch (MountException e) {
      reason.addSuppressed(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void raiseReadAhead() {
    var readAhead = KernelReadAhead.of(entry);
    try {
      // With our answer to INIT the kernel sets it itself, and that may come after us. It asks for
      // nothing before it has that answer; so once it has been told the size, it is done with it.
      long _ = Files.getFileStore(Path.of(entry.mountPoint())).getTotalSpace();
      readAhead.raiseTo(readAheadWanted);
    } catch (IOException e) {
      LOG.info(
          "the kernel reads ahead by {} KiB only, more is faster; as root: {}",
          readAhead.now(),
          readAhead.command(readAheadWanted));
      LOG.debug("cannot raise read-ahead", e);
    }
  }

  /** What the kernel shows of it. */
  public MountEntry entry() {
    return entry;
  }

  /** How far the kernel reads ahead, in KiB. */
  public int readAheadKb() {
    return KernelReadAhead.of(entry).now();
  }

  /** What somebody who may can run to have it read ahead as far as is good. */
  public String readAheadCommand() {
    return KernelReadAhead.of(entry).command(readAheadWanted);
  }

  /** Threads that serve it, at this moment. */
  public int threads() {
    return loops.threads();
  }

  /** Returns when the kernel has ended the session: somebody unmounted, or {@link #close} did. */
  public void awaitUnmounted() throws InterruptedException {
    loops.awaitOver();
  }

  /**
   * Unmounts and waits until it is gone and no call is under way. Those who use it get {@code 3 s}
   * to stop; after that it is taken out of the tree and their reads fail. A second close does
   * nothing. About 15 s at the very most.
   */
  @Override
  public void close() {
    if (!isClosed.compareAndSet(false, true)) return;
    // Cleaning up goes on where somebody interrupts it, only without patience.
    boolean wasInterrupted = Thread.interrupted();
    try {
      wasInterrupted |= isInterrupted(this::unmount);
      wasInterrupted |= isInterrupted(this::end);
    } catch (IOException | MountException e) {
      LOG.warn("{}: {}", entry.mountPoint(), e.getMessage(), e);
    } finally {
      if (wasInterrupted) Thread.currentThread().interrupt();
    }
  }

  private interface Step {
    void run() throws IOException, MountException, InterruptedException;
  }

  private boolean isInterrupted(Step step) throws IOException, MountException {
    try {
      step.run();
      return false;
    } catch (InterruptedException _) {
      if (isOurs()) Unmount.byForce(entry.mountPoint());
      return true;
    }
  }

  private void unmount() throws IOException, MountException, InterruptedException {
    long deadline = System.nanoTime() + GRACE.toNanos();
    while (isOurs() && !Unmount.isUnmounted(entry.mountPoint())) {
      if (System.nanoTime() - deadline > 0) {
        LOG.warn("{} is in use: its open files give errors from now on", entry.mountPoint());
        Unmount.byForce(entry.mountPoint());
        return;
      }
      loops.awaitOver(PAUSE);
    }
  }

  /** Whether what is mounted there is this mount, and not a later one that got its numbers. */
  private boolean isOurs() throws IOException {
    if (!Unmount.isThere(entry)) return false;
    return loops.threads() > 0 || FileSystemProbe.isDisconnected(entry.mountPoint());
  }

  /** Frees what libfuse holds, unless a call that does not come back is still using it. */
  private void end() throws InterruptedException {
    if (!loops.awaitOver(PAUSE)) abort();
    if (loops.awaitOver(LAST_CALLS)) {
      session.close();
    } else {
      LOG.warn("{}: {} calls do not come back", entry.mountPoint(), loops.threads());
    }
  }

  /** Detached, a mount lives on while files in it are open; this ends it. */
  private void abort() {
    Path connection = Path.of("/sys/fs/fuse/connections", entry.minor(), "abort");
    try {
      if (Files.exists(connection)) Files.writeString(connection, "1");
    } catch (IOException e) {
      LOG.debug("cannot end the connection", e);
    }
  }
}

package io.sluice.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.fs.BucketFileSystem;
import io.sluice.fs.Errno;
import io.sluice.fs.FsException;
import io.sluice.store.testkit.MemoryStore;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the kernel can do to us that no shell command can. */
class ReadOnlyCallsTest {
  private static final int INTERRUPTED = -2;
  private static final int O_WRONLY = 1;
  private static final int O_TRUNC = 01000;

  private final Arena arena = Arena.ofConfined();
  private final Scratch scratch = new Scratch();
  private final FakeLibFuse library = new FakeLibFuse();
  private final MemoryStore store = new MemoryStore();
  private final BucketForTest bucket = new BucketForTest(store);
  private final ReadOnlyCalls calls = new ReadOnlyCalls(bucket.fs(), false);
  private final MemorySegment info = arena.allocate(40, 8);

  @AfterEach
  void close() {
    assertThat(bucket.opener().open()).isZero();
    bucket.close();
    scratch.close();
    arena.close();
  }

  private Request request() {
    return new Request(library, 1, scratch);
  }

  private long inode(String name) throws FsException {
    return bucket.fs().lookup(BucketFileSystem.ROOT, name).inode();
  }

  @Test
  void anOpenWhoseCallerWasInterruptedIsReleased() throws FsException {
    store.put("k", "text");
    library.outcome = INTERRUPTED;
    calls.open(request(), inode("k"), info.address());
    assertThat(library.replies).containsExactly("opened");
    assertThat(bucket.opener().open()).isZero();
  }

  @Test
  void anOpenOfAVersionThatIsNoMoreSendsTheKernelBackToTheName() throws FsException {
    store.put("k", "old");
    long old = inode("k");
    store.put("k", "new");
    calls.open(request(), old, info.address());
    assertThat(library.replies).containsExactly("error " + Errno.ESTALE.number());
    assertThat(bucket.opener().open()).isZero();
    assertThat(inode("k")).isNotEqualTo(old);
  }

  @Test
  void anOpenForWritingIsRefused() throws FsException {
    store.put("k", "text");
    long inode = inode("k");
    for (int flags : new int[] {O_WRONLY, 2, O_TRUNC}) {
      info.set(ValueLayout.JAVA_INT, 0, flags);
      assertThatThrownBy(() -> calls.open(request(), inode, info.address()))
          .hasFieldOrPropertyWithValue("errno", Errno.EROFS);
    }
    assertThat(library.replies).isEmpty();
  }

  @Test
  void anOpenFileKeepsThePageCacheOfItsVersion() throws FsException {
    store.put("k", "text");
    calls.open(request(), inode("k"), info.address());
    assertThat(info.get(ValueLayout.JAVA_INT, 20)).isEqualTo(2);
    calls.release(request(), inode("k"), info.address());
  }

  @Test
  void aNameThatIsNotUtf8IsNotFound() {
    MemorySegment name = arena.allocateFrom(ValueLayout.JAVA_BYTE, (byte) 0xff, (byte) 0);
    assertThatThrownBy(() -> calls.lookup(request(), BucketFileSystem.ROOT, name.address()))
        .hasFieldOrPropertyWithValue("errno", Errno.ENOENT);
  }

  @Test
  void aRequestIsAnsweredOnce() {
    Request request = request();
    request.done();
    assertThatThrownBy(request::done).isInstanceOf(IllegalStateException.class);
    assertThat(library.replies).containsExactly("error 0");
  }
}

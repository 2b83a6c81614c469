package io.sluice.store.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PartMemoryTest {
  private static final int MIB = 1 << 20;

  private final PartMemory memory = new PartMemory(4 * MIB);

  private CompletableFuture<byte[]> taking(int bytes) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return memory.take(bytes);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static boolean isThere(CompletableFuture<byte[]> array)
      throws InterruptedException, ExecutionException {
    try {
      array.get(50, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    }
  }

  @Test
  void thereIsNeverMoreThanAllowedAndArraysAreUsedAgain() throws Exception {
    byte[] first = memory.take(2 * MIB);
    byte[] second = memory.take(2 * MIB);
    CompletableFuture<byte[]> third = taking(2 * MIB);
    assertThat(isThere(third)).isFalse();
    memory.giveBack(first);
    assertThat(third.get()).isSameAs(first).isNotSameAs(second);
  }

  @Test
  void whatIsLargerThanAllOfItIsThereAlone() throws Exception {
    byte[] small = memory.take(MIB);
    CompletableFuture<byte[]> large = taking(16 * MIB);
    assertThat(isThere(large)).isFalse();
    memory.giveBack(small);
    assertThat(large.get()).hasSize(16 * MIB);
    CompletableFuture<byte[]> next = taking(16 * MIB);
    assertThat(isThere(next)).isFalse();
    memory.giveBack(large.get());
    assertThat(next.get()).isSameAs(large.get());
  }

  @Test
  void whoeverWaitsGoesOnWhereItIsGivenUp() throws Exception {
    byte[] _ = memory.take(4 * MIB);
    CompletableFuture<byte[]> next = taking(16 * MIB);
    memory.giveUp();
    assertThat(next.get()).isEmpty();
  }
}

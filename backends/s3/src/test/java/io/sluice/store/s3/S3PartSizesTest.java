package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** All parts are known after few requests. */
final class S3PartSizesTest {
  private final AtomicInteger requests = new AtomicInteger();

  @Test
  void partsThatAreAlikeTakeTwoRequests() throws Exception {
    var sizes = new ArrayList<>(Collections.nCopies(9_999, 8L));
    sizes.add(3L);
    assertThat(told(sizes)).isEqualTo(sizes);
    assertThat(requests).hasValue(2);
  }

  @Test
  void partsThatGrowTakeAFewForEachStep() throws Exception {
    var sizes = new ArrayList<Long>();
    for (int i = 0; i < 4_000; i++) sizes.add(16L << (i / 500));
    assertThat(told(sizes)).isEqualTo(sizes);
    assertThat(requests.get()).isLessThan(100);
  }

  @Test
  void anyOtherPartsAreFound() throws Exception {
    for (List<Long> sizes :
        List.of(
            List.of(7L),
            List.of(7L, 1L),
            List.of(5L, 6L, 7L),
            List.of(5L, 9L, 5L, 1L),
            List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L))) assertThat(told(sizes)).isEqualTo(sizes);
  }

  @Test
  void aServerThatDoesNotKnowOfPartsTellsNone() throws Exception {
    var version = new ObjectVersion("k", "t", 10);
    var plain = HeadObjectResponse.builder().contentLength(10L).build();
    assertThat(new S3PartSizes(version, _ -> plain).all()).isEmpty();
    S3PartSizes.Asking refusing =
        _ -> {
          throw new StoreException.Unsupported("Not Implemented", null);
        };
    assertThat(new S3PartSizes(version, refusing).all()).isEmpty();
  }

  @Test
  void anAnswerThatIsNoneTellsNone() throws Exception {
    var version = new ObjectVersion("k", "t", 10);
    var odd = HeadObjectResponse.builder().partsCount(2).contentRange("x").build();
    assertThat(new S3PartSizes(version, _ -> odd).all()).isEmpty();
  }

  /** What AWS says of an empty last part. */
  @Test
  void aPartWithoutARangeTellsNone() throws Exception {
    var version = new ObjectVersion("k", "t", 16);
    S3PartSizes.Asking asking =
        number -> {
          if (number == 1) return part(List.of(8L, 8L, 0L), 1, 16);
          throw new StoreException.RangeNotSatisfiable("416", null);
        };
    assertThat(new S3PartSizes(version, asking).all()).isEmpty();
    S3PartSizes.Asking silent =
        number ->
            number == 1
                ? part(List.of(8L, 8L, 0L), 1, 16)
                : HeadObjectResponse.builder().partsCount(3).contentLength(0L).build();
    assertThat(new S3PartSizes(version, silent).all()).isEmpty();
  }

  @Test
  void partsThatAreAllDifferentAreNotAskedForOneByOne() throws Exception {
    var sizes = new ArrayList<Long>();
    for (long i = 0; i < 1_000; i++) sizes.add(5 + i * i);
    assertThat(told(sizes)).isEmpty();
    assertThat(requests.get()).isLessThan(250);
  }

  private List<Long> told(List<Long> sizes) throws StoreException {
    requests.set(0);
    long whole = sizes.stream().mapToLong(Long::longValue).sum();
    var version = new ObjectVersion("k", "t", whole);
    return new S3PartSizes(version, number -> part(sizes, number, whole)).all();
  }

  private HeadObjectResponse part(List<Long> sizes, int number, long whole) {
    requests.incrementAndGet();
    long start = sizes.subList(0, number - 1).stream().mapToLong(Long::longValue).sum();
    long end = start + sizes.get(number - 1) - 1;
    return HeadObjectResponse.builder()
        .partsCount(sizes.size())
        .contentRange("bytes %d-%d/%d".formatted(start, end, whole))
        .build();
  }
}

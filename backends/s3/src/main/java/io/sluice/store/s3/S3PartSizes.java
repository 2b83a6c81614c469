package io.sluice.store.s3;

import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * The parts of an object, by HEADs of a few of them: each tells where its part begins and ends, and
 * between two of them are as many alike as there is room for. With parts of 8, 8, 8 and 3 MiB the
 * first and the last tell all; with 8, 8, 16, 16 and 1 the one in the middle is asked for, too.
 */
final class S3PartSizes {
  private static final Logger LOG = LoggerFactory.getLogger(S3PartSizes.class);

  /** RFC 9110, 14.4. */
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/\\d+");

  /** Twice what sizes that double every 500 parts take; more would cost more than the bytes. */
  private static final int MOST_HEADS = 200;

  /** Asks for a part by its number, from 1. */
  @FunctionalInterface
  interface Asking {
    HeadObjectResponse head(int number) throws StoreException;
  }

  private final ObjectVersion version;
  private final Asking asking;

  /** Where parts begin, by their number less one; and the end of all. */
  private long[] starts = new long[0];

  private int heads;

  S3PartSizes(ObjectVersion version, Asking asking) {
    this.version = version;
    this.asking = asking;
  }

  /** Nothing where the server does not tell, or only by more requests than are worth it. */
  List<Long> all() throws StoreException {
    try {
      return asked();
    } catch (StoreException.Unsupported
        | StoreException.RangeNotSatisfiable
        | StoreException.Invalid e) {
      // Some do not know of parts, and an empty part has no range that could be told.
      LOG.debug("the parts of {} are not told: {}", version.key(), e.getMessage());
      return List.of();
    }
  }

  private List<Long> asked() throws StoreException {
    HeadObjectResponse first = asking.head(1);
    Integer count = first.partsCount();
    if (count == null || count < 1 || first.contentRange() == null) return List.of();
    starts = new long[count + 1];
    starts[count] = version.size();
    if (count > 1) {
      note(0, first);
      ask(count - 1);
      fill(0, count - 1);
    }
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < count; i++) sizes.add(starts[i + 1] - starts[i]);
    return sizes;
  }

  private void ask(int index) throws StoreException {
    if (++heads > MOST_HEADS)
      throw new StoreException.Invalid("all of its parts are different", null);
    note(index, asking.head(index + 1));
  }

  private void note(int index, HeadObjectResponse answer) throws StoreException {
    Matcher range = CONTENT_RANGE.matcher(String.valueOf(answer.contentRange()));
    if (!range.matches())
      throw new StoreException.Invalid(
          "not an S3 answer: part %d of %s at '%s'"
              .formatted(index + 1, version.key(), answer.contentRange()),
          null);
    starts[index] = Long.parseLong(range.group(1));
    starts[index + 1] = Long.parseLong(range.group(2)) + 1;
  }

  /** Between two parts that are known. */
  private void fill(int from, int to) throws StoreException {
    long size = starts[from + 1] - starts[from];
    if (starts[to] - starts[from] == size * (to - from)) {
      for (int i = from + 1; i < to; i++) starts[i] = starts[from] + size * (i - from);
      return;
    }
    if (to - from < 3) {
      if (to - from == 2) return; // the one between has what is left
      throw new StoreException.Invalid("parts of %s overlap".formatted(version.key()), null);
    }
    int middle = (from + to) / 2;
    ask(middle);
    fill(from, middle);
    fill(middle, to);
  }
}

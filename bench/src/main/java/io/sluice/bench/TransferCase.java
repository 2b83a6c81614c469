package io.sluice.bench;

import io.sluice.bench.TransferRun.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The rows of {@code bench/transfers}: who moves the bytes, and between what. */
enum TransferCase {
  /** GETs by the store's client, in a queue, every byte thrown away. */
  PLAIN(Kind.CLIENT),
  /** {@link io.sluice.store.transfer.Download} to a stream that throws all away. */
  DOWNLOAD(Kind.CLIENT),
  /** The same to a file. */
  DOWNLOAD_FILE(Kind.CLIENT),
  /** {@code sluice get} into a pipe whose reader checks every byte. */
  GET_PIPE(Kind.PROGRAM),
  /** {@code sluice get} to a file. */
  GET_FILE(Kind.PROGRAM),
  /** As {@link #GET_PIPE}, cut as s3gof3r does it. */
  GET_MEMORY(Kind.MEMORY),
  /** The same of a quarter as many bytes. */
  GET_MEMORY_QUARTER(Kind.MEMORY),
  /** Parts of a file by the store's client. */
  PLAIN_PUT(Kind.CLIENT),
  /** {@code sluice put} from a pipe whose writer computes every byte. */
  PUT_PIPE(Kind.PROGRAM),
  /** {@code sluice put} of a file. */
  PUT_FILE(Kind.PROGRAM),
  /** {@code sluice upload start}. */
  UPLOAD(Kind.PROGRAM),
  /** As {@link #PUT_PIPE}, cut as s3gof3r does it. */
  PUT_MEMORY(Kind.MEMORY),
  /** The same of a quarter as many bytes. */
  PUT_MEMORY_QUARTER(Kind.MEMORY);

  private static final int QUARTER = 4;

  private final Kind kind;

  TransferCase(Kind kind) {
    this.kind = kind;
  }

  /** Whose transfer it is, and what is asked of it. */
  enum Kind {
    /** A program of this module over the store's client. */
    CLIENT,
    /** The program itself, as users start it, one row for each size of a range. */
    PROGRAM,
    /** The same with 10 ranges of 20 MiB, of which s3gof3r says how much memory they take. */
    MEMORY
  }

  /**
   * The row of that name.
   *
   * @throws IllegalArgumentException where there is none, with those that there are
   */
  static TransferCase of(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--cases "
                        + word
                        + ": give some of "
                        + Arrays.stream(values())
                            .map(TransferCase::word)
                            .collect(Collectors.joining(","))));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Kind kind() {
    return kind;
  }

  /** Whether bytes go up. */
  boolean isUpload() {
    return compareTo(PLAIN_PUT) >= 0;
  }

  /** What its CPU is compared with. */
  TransferCase plain() {
    return isUpload() ? PLAIN_PUT : PLAIN;
  }

  /** How it is cut where a run wishes it like that. */
  Shape shape(Shape wish) {
    if (kind != Kind.MEMORY) return wish;
    boolean isOfAQuarter = this == GET_MEMORY_QUARTER || this == PUT_MEMORY_QUARTER;
    return new Shape(10, 20, isOfAQuarter ? wish.size() / QUARTER : wish.size());
  }
}

package io.sluice.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One file of a model in the safetensors format: the length of the header (8 bytes, little endian),
 * the header (JSON: name, type, shape and place of each tensor), the tensors. The weights are made
 * up, but always the same.
 */
record Shard(String name, int number, List<Tensor> tensors) {
  /** Numbers in a row of each tensor; two bytes each, as "BF16" has it. */
  private static final int COLUMNS = 1024;

  private static final int BYTES_PER_ROW = 2 * COLUMNS;
  private static final int ROWS_OF_A_WHOLE_TENSOR = 4096;

  Shard {
    tensors = List.copyOf(tensors);
  }

  /** A matrix and where its bytes lie behind the header. */
  record Tensor(String name, long rows, long start) {
    long end() {
      return start + rows * BYTES_PER_ROW;
    }
  }

  /**
   * A shard with about so many bytes of weights: whole rows, at least one.
   *
   * @param number of the shard, from 1
   * @param of how many there are
   */
  static Shard of(int number, int of, long bytes) {
    List<Tensor> tensors = new ArrayList<>();
    long rowsLeft = Math.max(1, bytes / BYTES_PER_ROW);
    long start = 0;
    for (int layer = 0; rowsLeft > 0; layer++) {
      long rows = Math.min(rowsLeft, ROWS_OF_A_WHOLE_TENSOR);
      String name = "model.layers.%d.%d.mlp.up_proj.weight".formatted(number, layer);
      var tensor = new Tensor(name, rows, start);
      tensors.add(tensor);
      start = tensor.end();
      rowsLeft -= rows;
    }
    return new Shard("model-%05d-of-%05d.safetensors".formatted(number, of), number, tensors);
  }

  long weightBytes() {
    return tensors.getLast().end();
  }

  /** Length and header, padded so that the tensors are aligned to 8 bytes. */
  byte[] header() {
    String entries =
        tensors.stream()
            .map(
                tensor ->
                    "\"%s\":{\"dtype\":\"BF16\",\"shape\":[%d,%d],\"data_offsets\":[%d,%d]}"
                        .formatted(
                            tensor.name(), tensor.rows(), COLUMNS, tensor.start(), tensor.end()))
            .collect(Collectors.joining(","));
    byte[] json = ("{\"__metadata__\":{\"format\":\"pt\"}," + entries + "}").getBytes(UTF_8);
    int padded = (json.length + 7) / 8 * 8;
    ByteBuffer header = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(padded).put(json);
    while (header.hasRemaining()) header.put((byte) ' ');
    return header.array();
  }

  ModelFile file() {
    byte[] header = header();
    return new ModelFile(name, header.length + weightBytes(), () -> open(header));
  }

  private InputStream open(byte[] header) {
    return new SequenceInputStream(
        new ByteArrayInputStream(header), new Weights(number, weightBytes()));
  }
}

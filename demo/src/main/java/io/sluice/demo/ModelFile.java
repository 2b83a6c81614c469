package io.sluice.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.function.Supplier;

/**
 * A file of the model.
 *
 * @param content gives the same bytes each time
 */
record ModelFile(String name, long size, Supplier<InputStream> content) {
  static ModelFile text(String name, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new ModelFile(name, bytes.length, () -> new ByteArrayInputStream(bytes));
  }
}

package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps a virtual machine from giving free pages back to its host while something is measured,
 * where the kernel lets us; everything is set back at the end. A mount fills the page cache and
 * plain GETs do not, so what the host takes to supply pages would otherwise be most of the
 * difference.
 */
final class PageReporting implements AutoCloseable {
  private static final Path PARAMETERS = Path.of("/sys/module/page_reporting/parameters");

  /** Pages have to be free for a minute, and no amount of them makes it hurry. */
  private static final Map<String, String> PATIENT =
      Map.of("min_free_ms", "60000", "max_waiting_mib", "0");

  private final Map<String, String> before = new LinkedHashMap<>();

  private PageReporting() {}

  static PageReporting hold() {
    var held = new PageReporting();
    PATIENT.forEach(held::set);
    return held;
  }

  /** Whether the kernel had anything to hold. */
  boolean isHeld() {
    return before.size() == PATIENT.size();
  }

  private void set(String parameter, String value) {
    Path file = PARAMETERS.resolve(parameter);
    if (!Files.isWritable(file)) return;
    try {
      String old = Files.readString(file).strip();
      Files.writeString(file, value);
      before.put(parameter, old);
    } catch (IOException e) {
      System.err.println("bench: " + file + " stays as it is: " + e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    for (Map.Entry<String, String> old : before.entrySet())
      Files.writeString(PARAMETERS.resolve(old.getKey()), old.getValue());
    before.clear();
  }
}

package io.sluice.demo;

import java.util.List;
import java.util.Locale;

/** One reading of the whole model, as the table shows it. */
record Row(String what, double seconds, long bytes, DemoServer.Served served) {
  private static final String FORMAT = "%-34s %8s %8s %8s %14s%n";

  static String table(List<Row> rows) {
    var table = new StringBuilder();
    table.append(FORMAT.formatted("", "seconds", "MB/s", "GETs", "MB from S3"));
    for (Row row : rows) table.append(row.line());
    return table.toString();
  }

  private String line() {
    return String.format(
        Locale.ROOT,
        FORMAT,
        what,
        String.format(Locale.ROOT, "%.2f", seconds),
        String.format(Locale.ROOT, "%.0f", bytes / 1e6 / seconds),
        served.gets(),
        String.format(Locale.ROOT, "%.1f", served.bytes() / 1e6));
  }
}

package io.sluice.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows of the same columns, as text for people and as JSON for programs. */
record Table(List<List<Cell>> rows) {
  /** What a row has nothing to say about. */
  static final String NOTHING = "-";

  record Cell(String column, String text) {}

  /** Markdown, padded so that it reads as it is. */
  String text() {
    if (rows.isEmpty()) return "";
    List<List<String>> lines = new ArrayList<>();
    lines.add(rows.getFirst().stream().map(Cell::column).toList());
    for (List<Cell> row : rows) lines.add(row.stream().map(Cell::text).toList());
    int[] widths =
        IntStream.range(0, lines.getFirst().size())
            .map(i -> lines.stream().mapToInt(line -> line.get(i).length()).max().orElse(0))
            .toArray();
    lines.add(1, IntStream.of(widths).mapToObj("-"::repeat).toList());
    return lines.stream().map(line -> line(line, widths)).collect(Collectors.joining());
  }

  private static String line(List<String> texts, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(i -> texts.get(i) + " ".repeat(widths[i] - texts.get(i).length()))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** {@code facts} as an object and {@code rows} as an array; figures are numbers. */
  String json(Map<String, String> facts) {
    var head = facts.entrySet().stream().map(fact -> new Cell(fact.getKey(), fact.getValue()));
    return rows.stream()
        .map(row -> object(row.stream()))
        .collect(
            Collectors.joining(
                ",\n    ",
                "{\n  \"facts\": " + object(head) + ",\n  \"rows\": [\n    ",
                "\n  ]\n}\n"));
  }

  private static String object(Stream<Cell> cells) {
    return cells
        .filter(cell -> !cell.text().equals(NOTHING))
        .map(cell -> quoted(cell.column()) + ": " + value(cell.text()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String value(String text) {
    return text.matches("(0|[1-9]\\d*)(\\.\\d+)?") ? text : quoted(text);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}

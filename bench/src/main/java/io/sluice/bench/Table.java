package io.sluice.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows of the same columns, as text for people and as JSON for programs. */
record Table(List<List<Cell>> rows) {
  /** What a row has nothing to say about. */
  static final String NOTHING = "-";

  record Cell(String column, String text) {}

  /** Markdown, padded so that it reads as it is; columns that say nothing are left out. */
  String text() {
    if (rows.isEmpty()) return "";
    int[] columns =
        IntStream.range(0, rows.getFirst().size())
            .filter(i -> rows.stream().anyMatch(row -> !row.get(i).text().equals(NOTHING)))
            .toArray();
    List<List<String>> lines = new ArrayList<>();
    lines.add(IntStream.of(columns).mapToObj(i -> rows.getFirst().get(i).column()).toList());
    for (List<Cell> row : rows)
      lines.add(IntStream.of(columns).mapToObj(i -> row.get(i).text()).toList());
    int[] widths =
        IntStream.range(0, columns.length)
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

  /** {@code facts} as an object, tables and texts as arrays by name; figures are numbers. */
  static String json(
      Map<String, String> facts,
      SortedMap<String, Table> tables,
      SortedMap<String, List<String>> texts) {
    var head = facts.entrySet().stream().map(fact -> new Cell(fact.getKey(), fact.getValue()));
    List<String> members = new ArrayList<>();
    members.add("\"facts\": " + object(head));
    tables.forEach((name, table) -> members.add(array(name, table.objects())));
    texts.forEach((name, lines) -> members.add(array(name, lines.stream().map(Table::quoted))));
    return "{\n  " + String.join(",\n  ", members) + "\n}\n";
  }

  private Stream<String> objects() {
    return rows.stream().map(row -> object(row.stream()));
  }

  private static String array(String name, Stream<String> items) {
    return items.collect(Collectors.joining(",\n    ", quoted(name) + ": [\n    ", "\n  ]"));
  }

  private static String object(Stream<Cell> cells) {
    return cells
        .filter(cell -> !cell.text().equals(NOTHING))
        .map(cell -> quoted(cell.column()) + ": " + value(cell.text()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String value(String text) {
    return text.matches("-?(0|[1-9]\\d*)(\\.\\d+)?") ? text : quoted(text);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}

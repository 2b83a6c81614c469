package io.sluice.launcher.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns, for people; pure. The last column is not padded. */
public final class TextTable {
  private TextTable() {}

  /**
   * Lays them out.
   *
   * @param rows of the same length, the head among them
   */
  public static List<String> lines(List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        if (column == row.size() - 1) line.append(row.get(column));
        else line.append(padded(row.get(column), width(rows, column))).append("  ");
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String padded(String cell, int width) {
    return cell + " ".repeat(width - cell.length());
  }
}

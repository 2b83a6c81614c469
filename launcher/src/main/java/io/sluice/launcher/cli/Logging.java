package io.sluice.launcher.cli;

import java.util.Locale;

/**
 * Where log lines go and which there are. To be set up before the first logger exists: slf4j-simple
 * reads its properties once.
 */
public final class Logging {
  private static final String SIMPLE = "org.slf4j.simpleLogger.";

  /** As on the command line. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE;

    public boolean showsStackTraces() {
      return compareTo(DEBUG) >= 0;
    }

    private String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Logging() {}

  public static void to(Level level) {
    set("logFile", "System.err"); // stdout is for what was asked for
    set("defaultLogLevel", level.text());
    set("showDateTime", "true");
    set("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    set("showThreadName", Boolean.toString(level.showsStackTraces()));
    set("showShortLogName", Boolean.toString(level.showsStackTraces()));
    set("showLogName", "false");
    // The libraries below tell of each request at debug, headers with credentials included.
    Level libraries = level == Level.TRACE ? Level.INFO : Level.WARN;
    String quiet = level.compareTo(libraries) < 0 ? level.text() : libraries.text();
    set("log.software.amazon.awssdk", quiet);
    set("log.org.apache.hc", quiet);
    set("log.com.google", quiet);
  }

  private static void set(String name, String value) {
    System.setProperty(SIMPLE + name, value);
  }
}

package io.sluice.cache;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which keys somebody means: one, all below a prefix, or those that a glob describes. Immutable.
 *
 * <pre>
 *   a/b.bin                  this key
 *   a/                       every key that starts with a/
 *   a/*.bin  a/?.bin         any characters, or one, but no slash
 *   a/[0-4x].bin  [!0-4]     one of these; none of these
 *   a/**&#47;*.bin              at any depth, a/ itself included
 *   a/\[1\].bin              the character itself
 * </pre>
 */
public final class KeyPattern {
  private static final String SPECIAL = "*?[\\";

  /** What a pattern is, by how it is written. */
  public enum Kind {
    KEY,
    PREFIX,
    GLOB
  }

  private final String text;
  private final Kind kind;
  private final String literal;
  private final Pattern glob;

  private KeyPattern(String text, Kind kind, String literal, Pattern glob) {
    this.text = text;
    this.kind = kind;
    this.literal = literal;
    this.glob = glob;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException where it is none, with what to write instead
   */
  public static KeyPattern parse(String text) {
    if (text.isEmpty())
      throw new IllegalArgumentException("an empty pattern: write ** for every key");
    if (isLiteral(text)) {
      Kind kind = text.endsWith("/") ? Kind.PREFIX : Kind.KEY;
      String open = kind == Kind.PREFIX ? ".*" : "";
      return new KeyPattern(
          text, kind, text, Pattern.compile(Pattern.quote(text) + open, Pattern.DOTALL));
    }
    var glob = new Glob(text);
    try {
      Pattern pattern = Pattern.compile(glob.regex(), Pattern.DOTALL);
      return new KeyPattern(text, Kind.GLOB, glob.literal(), pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a pattern: " + e.getDescription(), e);
    }
  }

  /** Everything that starts with a prefix, which may be empty and is taken as it is. */
  public static KeyPattern startingWith(String prefix) {
    return new KeyPattern(
        prefix, Kind.PREFIX, prefix, Pattern.compile(Pattern.quote(prefix) + ".*", Pattern.DOTALL));
  }

  private static boolean isLiteral(String text) {
    return text.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
  }

  /** The same keys as they are called in the whole bucket, of which this is seen below a prefix. */
  public KeyPattern below(String prefix) {
    return new KeyPattern(
        text,
        kind,
        prefix + literal,
        Pattern.compile(Pattern.quote(prefix) + "(?:" + glob.pattern() + ")", Pattern.DOTALL));
  }

  public Kind kind() {
    return kind;
  }

  /** The key itself, the prefix, or what every key that a glob describes starts with. */
  public String literal() {
    return literal;
  }

  /** Whether no key it describes has a slash after {@link #literal()}: one level is enough. */
  public boolean isOneLevel() {
    return kind == Kind.GLOB && !text.contains("**") && text.indexOf('/', firstSpecial(text)) < 0;
  }

  private static int firstSpecial(String text) {
    int at = 0;
    while (at < text.length() && SPECIAL.indexOf(text.charAt(at)) < 0) at++;
    return at;
  }

  public boolean matches(String key) {
    return glob.matcher(key).matches();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }

  /** A glob on its way to becoming a regular expression. */
  private static final class Glob {
    private final String text;
    private final StringBuilder regex = new StringBuilder();
    private final StringBuilder literal = new StringBuilder();
    private boolean isLiteral = true;

    Glob(String text) {
      this.text = text;
      for (int at = 0; at < text.length(); ) at = next(at);
    }

    String regex() {
      return regex.toString();
    }

    String literal() {
      return literal.toString();
    }

    private int next(int at) {
      char c = text.charAt(at);
      return switch (c) {
        case '*' -> star(at);
        case '?' -> special("[^/]", at + 1);
        case '[' -> characters(at);
        case '\\' -> escaped(at);
        default -> plain(c, at + 1);
      };
    }

    private int star(int at) {
      if (!text.startsWith("**", at)) return special("[^/]*", at + 1);
      boolean startsName = at == 0 || text.charAt(at - 1) == '/';
      // "**/" is any number of directories, none included.
      if (startsName && text.startsWith("**/", at)) return special("(?:.*/)?", at + 3);
      return special(".*", at + 2);
    }

    private int characters(int at) {
      int end = text.indexOf(']', at + 2); // a bracket that comes first is one of them
      if (text.startsWith("[!]", at) || text.startsWith("[^]", at)) end = text.indexOf(']', at + 3);
      if (end < 0)
        throw new IllegalArgumentException(
            "'%s' is not a pattern: close its [ with ], or write \\[".formatted(text));
      String inside = text.substring(at + 1, end);
      boolean isNot = inside.startsWith("!") || inside.startsWith("^");
      String among = (isNot ? inside.substring(1) : inside).replaceAll("[\\\\\\[\\]&^]", "\\\\$0");
      return special("(?!/)[" + (isNot ? "^" : "") + among + "]", end + 1);
    }

    private int escaped(int at) {
      if (at + 1 == text.length())
        throw new IllegalArgumentException(
            "'%s' is not a pattern: write \\\\ for a backslash at its end".formatted(text));
      return plain(text.charAt(at + 1), at + 2);
    }

    private int plain(char c, int next) {
      if (isLiteral) literal.append(c);
      regex.append(Pattern.quote(String.valueOf(c)));
      return next;
    }

    private int special(String expression, int next) {
      isLiteral = false;
      regex.append(expression);
      return next;
    }
  }
}

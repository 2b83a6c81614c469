package io.sluice.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an error of S3 says in its body: {@code <Error><Code>..</Code><Message>..</Message>..}. Read
 * without an XML parser: its fields are flat, and it may be cut short or come from anybody.
 */
record ErrorDocument(String text) {
  /** Longer than any of S3's; what comes after it is not looked at. */
  static final int LONGEST = 16 * 1024;

  private static final Pattern ERROR = Pattern.compile("\\A\\s*(<\\?xml[^>]*>)?\\s*<Error[\\s>]");
  private static final int LONGEST_FIELD = 500;

  /** The document in a body, where it is one. */
  static Optional<ErrorDocument> in(byte[] body) {
    var document = new ErrorDocument(new String(body, UTF_8));
    return ERROR.matcher(document.text).find() ? Optional.of(document) : Optional.empty();
  }

  /** The text of an element, where it is there and not empty. */
  Optional<String> field(String name) {
    Matcher element =
        Pattern.compile("<" + name + ">([^<]{1," + LONGEST_FIELD + "})</" + name + ">")
            .matcher(text);
    return element.find() ? Optional.of(element.group(1)) : Optional.empty();
  }
}

package io.sluice.store.s3;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the SDK's credential chain finds, for the length of a test: system properties, which come
 * first in it. What they were before is put back on closing.
 */
final class ChainCredentials implements AutoCloseable {
  private static final String KEY = "aws.accessKeyId";
  private static final String SECRET = "aws.secretAccessKey";
  private static final String TOKEN = "aws.sessionToken";

  private final Map<String, @Nullable String> before = new LinkedHashMap<>();

  private ChainCredentials() {
    for (String name : List.of(KEY, SECRET, TOKEN)) before.put(name, System.getProperty(name));
  }

  static ChainCredentials of(String accessKey, String secret) {
    var credentials = new ChainCredentials();
    System.setProperty(KEY, accessKey);
    System.setProperty(SECRET, secret);
    System.clearProperty(TOKEN);
    return credentials;
  }

  /** The rest of the chain is shut off by this module's test environment. */
  static ChainCredentials none() {
    var credentials = new ChainCredentials();
    for (String name : List.of(KEY, SECRET, TOKEN)) System.clearProperty(name);
    return credentials;
  }

  @Override
  public void close() {
    before.forEach(
        (name, value) -> {
          if (value == null) System.clearProperty(name);
          else System.setProperty(name, value);
        });
  }
}

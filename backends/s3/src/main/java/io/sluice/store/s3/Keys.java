package io.sluice.store.s3;

import java.util.Optional;

/**
 * Keys that the program itself has, instead of those that the SDK's chain finds; they are not
 * renewed. Nothing prints the secret.
 *
 * @param id the access key
 * @param secret the secret access key
 * @param token of the session, for temporary keys
 */
public record Keys(String id, String secret, Optional<String> token) {
  public Keys {
    if (id.isBlank() || secret.isBlank())
      throw new IllegalArgumentException("an access key has an id and a secret");
  }

  @Override
  public String toString() {
    return "Keys[" + id + "]";
  }
}

package io.sluice.store.s3;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Where a refusal says that the bucket is: in a header ({@link NamedRegion}) or in its words. */
final class Redirection {
  private static final Pattern EXPECTING = Pattern.compile("expecting '([a-z0-9-]+)'");
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{3,40}");

  private Redirection() {}

  /** The region that an answer names; most answers name none. */
  static Optional<String> region(AwsServiceException e) {
    Optional<AwsErrorDetails> details = Optional.ofNullable(e.awsErrorDetails());
    return details
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap(response -> response.firstMatchingHeader(NamedRegion.HEADER))
        .or(() -> details.map(AwsErrorDetails::errorMessage).flatMap(Redirection::expected))
        .filter(region -> REGION.matcher(region).matches());
  }

  /** "the region 'us-east-1' is wrong; expecting 'eu-west-1'". */
  private static Optional<String> expected(String message) {
    Matcher words = EXPECTING.matcher(message);
    return words.find() ? Optional.of(words.group(1)) : Optional.empty();
  }

  /** Whether it is a refusal because of the region, named or not. */
  static boolean isOne(AwsServiceException e) {
    String code =
        Optional.ofNullable(e.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("");
    return switch (e.statusCode()) {
      case 301, 307 -> true;
      case 400 ->
          code.equals("AuthorizationHeaderMalformed")
              || code.equals("IllegalLocationConstraintException");
      default -> false;
    };
  }
}

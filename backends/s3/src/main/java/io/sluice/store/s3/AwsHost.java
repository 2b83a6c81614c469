package io.sluice.store.s3;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a host of AWS S3 says (S3 User Guide, "Methods for accessing a bucket"): {@code
 * models.v2.s3.eu-west-3.amazonaws.com} is the bucket {@code models.v2} in {@code eu-west-3}.
 *
 * @param bucket where it is in the host's name
 * @param region where it is told; old names leave it out
 * @param fips whether its cryptography is validated
 * @param dualStack whether it has IPv6, too
 */
record AwsHost(Optional<String> bucket, Optional<String> region, boolean fips, boolean dualStack) {
  private static final List<String> DOMAINS =
      List.of(".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu");

  /** The bucket may itself have the label s3: the last one counts. */
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?:(?<bucket>.+)\\.)?s3(?<fips>-fips)?(?<dual>\\.dualstack)?"
              + "(?:[.-](?<region>[a-z]+(?:-[a-z]+)+-\\d+))?");

  /** Whether a host belongs to AWS, be it S3 or another service. */
  static boolean isAws(String host) {
    return domain(host).isPresent();
  }

  /** What a host's name says; nothing where it is none of S3's. */
  static Optional<AwsHost> parse(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return domain(lower)
        .map(domain -> SHAPE.matcher(lower.substring(0, lower.length() - domain.length())))
        .filter(Matcher::matches)
        .map(
            parts ->
                new AwsHost(
                    Optional.ofNullable(parts.group("bucket")),
                    Optional.ofNullable(parts.group("region")),
                    parts.group("fips") != null,
                    parts.group("dual") != null));
  }

  private static Optional<String> domain(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return DOMAINS.stream().filter(lower::endsWith).findFirst();
  }
}

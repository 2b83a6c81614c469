package io.sluice.launcher.upload;

import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.BucketSource;
import io.sluice.launcher.bucket.ConnectionOptions;
import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.Failure;
import io.sluice.store.s3.S3Settings;
import io.sluice.store.s3.S3Settings.Addressing;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * How a bucket is reached, as options that a file can keep: those that were given, and where the
 * environment said that the bucket is, so that the same bucket is found in another environment. No
 * credentials: neither keys nor a proxy's login.
 */
final class KeptConnection {
  private static final String URL = "--endpoint-url";

  /** All that names a server. */
  private static final Set<String> SERVER = Set.of(URL, "--endpoint", "--no-ssl");

  /** What the environment says too: kept as it turned out. */
  private static final Set<String> WHERE =
      Set.of("--region", "--path-style", "--dual-stack", "--fips");

  private KeptConnection() {}

  @Command
  private static final class Holder {
    @Mixin private ConnectionOptions connection = new ConnectionOptions();
  }

  /** The options of this command, for this bucket. A URL that is empty: no server is named. */
  static List<String> of(BucketSource source, CommandSpec command) {
    Map<String, String> kept = given(command, _ -> true);
    if (kept.getOrDefault("--proxy", "").contains("@")) kept.remove("--proxy"); // a login
    kept.keySet().removeAll(SERVER);
    switch (source) {
      case BucketSource.S3 s3 -> {
        kept.keySet().removeAll(WHERE);
        kept.putAll(where(s3.settings().endpoint()));
        s3.address().profile().ifPresent(profile -> kept.put("--aws-profile", profile));
      }
      case BucketSource.Gcs gcs -> {
        kept.put(URL, gcs.settings().endpoint().map(URI::toString).orElse(""));
        if (gcs.settings().access().anonymous()) kept.put("--no-sign-request", "");
      }
      case BucketSource.S3Copies copies ->
          throw new IllegalArgumentException("an upload copies nothing: " + copies);
      case BucketSource.Local _ -> kept.clear();
    }
    return arguments(kept);
  }

  /** The bucket as {@link BucketAddress#parse} reads it together with these options. */
  static String bucket(BucketSource source) {
    return switch (source) {
      case BucketSource.S3 s3 when isInHost(s3.settings().endpoint()) ->
          inHost(s3.address().bucket(), s3.settings().endpoint());
      case BucketSource.S3 s3 -> s3.address().bucket();
      case BucketSource other -> other.address().toString();
    };
  }

  private static boolean isInHost(S3Settings.Endpoint endpoint) {
    return endpoint.url().isPresent() && endpoint.addressing() == Addressing.VIRTUAL;
  }

  /** There is no option that says it. */
  private static String inHost(String bucket, S3Settings.Endpoint endpoint) {
    URI url = endpoint.url().orElseThrow();
    String region = endpoint.region().map(name -> "&region=" + name).orElse("");
    return "s3+%s://%s.%s/?addressing=virtual%s"
        .formatted(url.getScheme(), bucket, url.getRawAuthority(), region);
  }

  private static Map<String, String> where(S3Settings.Endpoint endpoint) {
    var options = new LinkedHashMap<String, String>();
    if (isInHost(endpoint)) return options;
    options.put(URL, endpoint.url().map(URI::toString).orElse(""));
    endpoint.region().ifPresent(region -> options.put("--region", region));
    if (endpoint.addressing() == Addressing.PATH) options.put("--path-style", "");
    if (endpoint.dualStack()) options.put("--dual-stack", "");
    if (endpoint.fips()) options.put("--fips", "");
    return options;
  }

  /**
   * The bucket, reached as it was kept. What is typed now takes the place of that; variables that
   * stand for options do not, nor do those of AWS and Google that name a server.
   */
  static BucketSource source(
      BucketAddress bucket, List<String> kept, CommandLine command, Here here) throws Failure {
    Map<String, String> options = parsed(kept);
    Map<String, String> typed =
        given(command.getCommandSpec(), command.getParseResult()::hasMatchedOption);
    if (!Collections.disjoint(typed.keySet(), SERVER)) options.keySet().removeAll(SERVER);
    options.putAll(typed);
    boolean hasNoServer = options.remove(URL, "");
    var holder = new Holder();
    try {
      new CommandLine(holder).parseArgs(arguments(options).toArray(String[]::new));
    } catch (ParameterException e) {
      throw Failure.usage("the connection that the state file names: " + e.getMessage());
    }
    Environment environment = here.environment();
    return holder.connection.source(
        bucket, hasNoServer ? withoutServers(environment) : environment, here.requests());
  }

  /**
   * Where the program is now.
   *
   * @param requests at once
   */
  record Here(Environment environment, int requests) {}

  private static Environment withoutServers(Environment environment) {
    Map<String, String> variables = new LinkedHashMap<>(environment.variables());
    variables.remove("STORAGE_EMULATOR_HOST");
    variables.put("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"); // the profile's, too
    return new Environment(variables, environment.home());
  }

  /** By name; the value of a flag is empty. */
  private static Map<String, String> given(CommandSpec command, Predicate<OptionSpec> isAsked) {
    var given = new LinkedHashMap<String, String>();
    for (OptionSpec option : CommandSpec.forAnnotatedObject(new Holder()).options()) {
      OptionSpec ours = command.findOption(option.longestName());
      if (ours == null || !isAsked.test(ours)) continue;
      value(ours.getValue()).ifPresent(value -> given.put(option.longestName(), value));
    }
    return given;
  }

  private static Optional<String> value(@Nullable Object value) {
    return switch (value) {
      case null -> Optional.empty();
      case Boolean isGiven -> isGiven ? Optional.of("") : Optional.empty();
      case Path path -> Optional.of(path.toAbsolutePath().toString());
      default -> Optional.of(value.toString());
    };
  }

  private static List<String> arguments(Map<String, String> options) {
    var arguments = new ArrayList<String>();
    options.forEach(
        (name, value) ->
            arguments.add(value.isEmpty() && !name.equals(URL) ? name : name + "=" + value));
    return arguments;
  }

  private static Map<String, String> parsed(List<String> arguments) {
    var options = new LinkedHashMap<String, String>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      options.put(
          equals < 0 ? argument : argument.substring(0, equals),
          equals < 0 ? "" : argument.substring(equals + 1));
    }
    return options;
  }
}

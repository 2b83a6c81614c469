package io.sluice.launcher.objects;

import io.sluice.launcher.bucket.ObjectAddress;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.Json;
import io.sluice.store.ObjectDetails;
import io.sluice.store.StoreException;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice stat}: everything that a store tells about an object. */
@Command(
    name = "stat",
    description =
        "Tell all that the store knows of an object: size, time, version, checksums, content"
            + " headers, metadata, storage class, encryption, tags.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice stat s3://my-models/llama/config.json",
      "  sluice stat --json gs://my-models/x.gguf | jq -r .checksums.crc32c"
    })
public final class StatCommand extends BucketCommand {
  @Parameters(
      paramLabel = "URL",
      description = "The object: s3://bucket/key, gs://bucket/key or file:///directory/key.")
  private String url = "";

  @Option(names = "--json", description = "As one JSON object: sizes in bytes, times as ISO 8601.")
  private boolean isJson;

  @Override
  protected int run() throws Failure {
    ObjectAddress object = ObjectAddress.given(url).requireKey();
    try (OpenBucket bucket = open(object.bucket(), 2)) {
      Told told = ask(bucket, object.key());
      var report = new StatReport(object, told.details(), told.tags());
      if (isJson) out().println(Json.of(report.json()));
      else report.lines().forEach(out()::println);
      if (told.areTagsDenied())
        say("its tags may not be read with these credentials (s3:GetObjectTagging)");
      return ExitCode.OK.number();
    }
  }

  /** What there is to tell; tags are a request of their own, which may not be allowed. */
  private record Told(
      ObjectDetails details, Optional<Map<String, String>> tags, boolean areTagsDenied) {}

  private static Told ask(OpenBucket bucket, String key) throws Failure {
    try {
      ObjectDetails details = bucket.store().describe(key);
      try {
        return new Told(details, Optional.of(bucket.store().tags(key)), false);
      } catch (StoreException.Unsupported _) {
        return new Told(details, Optional.empty(), false);
      } catch (StoreException.Denied _) {
        return new Told(details, Optional.empty(), true);
      }
    } catch (StoreException e) {
      throw bucket.failure(key, e);
    }
  }
}

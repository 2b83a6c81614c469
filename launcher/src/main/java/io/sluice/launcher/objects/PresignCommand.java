package io.sluice.launcher.objects;

import io.sluice.launcher.bucket.ObjectAddress;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.TimeSpan;
import io.sluice.store.Presign;
import io.sluice.store.StoreException;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice presign}: a URL for somebody who has no credentials. */
@Command(
    name = "presign",
    description =
        "Print a URL by which anybody may make one kind of request for one object, for a while."
            + " Nobody is asked, so it is no sign that the object is there.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  curl -o x.bin \"$(sluice presign s3://my-models/x.bin)\"",
      "  curl -T x.bin \"$(sluice presign --method PUT --expires 10m s3://my-models/x.bin)\""
    })
public final class PresignCommand extends BucketCommand {
  @Parameters(paramLabel = "URL", description = "The object: s3://bucket/key or gs://bucket/key.")
  private String url = "";

  @Option(
      names = {"--expires", "--expires-in"},
      paramLabel = "TIME",
      defaultValue = "1h",
      description =
          "For how long, 7d at most; a bare number is in seconds. Default: ${DEFAULT-VALUE}")
  private TimeSpan validity = new TimeSpan(Duration.ofHours(1));

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      defaultValue = "GET",
      description = "GET, PUT or DELETE. Default: ${DEFAULT-VALUE}")
  private Presign.Method method = Presign.Method.GET;

  @Option(
      names = "--query",
      paramLabel = "NAME=VALUE",
      description =
          "One more parameter of the URL, signed with it: response-content-disposition and its kin."
              + " May be repeated.")
  private Map<String, String> query = Map.of();

  @Override
  protected int run() throws Failure {
    ObjectAddress object = ObjectAddress.given(url).requireKey();
    Presign request = request(object.key());
    try (OpenBucket bucket = open(object.bucket(), 1)) {
      out().println(bucket.store().presign(request).toASCIIString());
      return ExitCode.OK.number();
    } catch (StoreException.Unsupported e) {
      throw new Failure(ExitCode.BUCKET, String.valueOf(e.getMessage()), e);
    } catch (StoreException e) {
      throw new Failure(ExitCode.BUCKET, object + ": " + e.getMessage(), e);
    }
  }

  private Presign request(String key) throws Failure {
    try {
      return new Presign(method, key, validity.duration(), query);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }
}

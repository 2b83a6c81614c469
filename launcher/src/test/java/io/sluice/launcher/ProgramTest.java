package io.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.cli.Environment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the program says before anything is opened: help, versions, and no to wrong options. */
final class ProgramTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new Program(new Environment(Map.of(), Optional.of(Path.of("/home/ada"))))
        .withOutput(new PrintWriter(out, true), new PrintWriter(err, true))
        .run(arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mount                                     | --mount-point",
        "mount -m /m                               | Missing required option",
        "mount -b models                           | Missing required option",
        "mount -b models -m /m --frobnicate        | Unknown option: '--frobnicate'",
        "mount -b models -m /m --parallelsim 3     | Unknown options: '--parallelsim', '3'",
        "mount -b models -m /m more                | more",
        "mount -b gs://Models -m /m                | not the name of a bucket",
        "mount -b gs://goog-models -m /m           | reserved goog",
        "mount -b gs://models -m /m --region eu    | a gs:// bucket has no --region",
        "mount -b gs://models -m /m --aws-profile p | a gs:// bucket has no --aws-profile",
        "mount -b gs://models -m /m --path-style   | a gs:// bucket has no --path-style",
        "mount -b gs://b-1 -m /m --requester-pays  | --billing-project names who pays",
        "mount -b gs://b-1 -m /m --dual-stack      | a gs:// bucket has no --dual-stack",
        "mount -b gs://b-1 -m /m --fips            | a gs:// bucket has no --fips",
        "mount -b gs://b-1 -m /m --sse AES256      | a gs:// bucket has no --sse",
        "mount -b gs://b-1 -m /m --proxy ftp://x   | not the URL of a proxy",
        "mount -b gs://b-1 -m /m --ca-bundle /no   | the CA bundle /no cannot be read",
        "mount -b gs://b-1 -m /m --endpoint-url x  | http(s)://host[:port]",
        "mount -b gs://b-1 -m /m --endpoint-url ^  | http(s)://host[:port]",
        "mount -b models -m /m --billing-project p | --billing-project is for gs:// buckets",
        "mount -b No_Bucket -m /m                  | not the name of a bucket",
        "mount -b models -m /m --cache-size lots   | write it like 10G, 512MiB or 1.5TB",
        "mount -b models -m /m --cache-size -5G    | write it like 10G, 512MiB or 1.5TB",
        "mount -b models -m /m --parallelism 0     | from 1 to 256",
        "mount -b models -m /m --parallelism 257   | from 1 to 256",
        "mount -b models -m /m --parallelism many  | --parallelism",
        "mount -b models -m /m --parallelism many  | from 1 to 256, or auto",
        "mount -b models -m /m --prefetch some     | --prefetch",
        "mount -b models -m /m --model-files a[    | close its [ with ]",
        "mount -b models -m /m --record /          | --record: / is a directory",
        "mount -b models -m /m --record /proc      | --record: /proc is a directory",
        "mount -b models -m /m --record /no/p      | no profile can be written to /no: make the"
            + " directory",
        "mount -b models -m /m --profile /no/p     | --profile /no/p: there is no such file",
        "mount -b models -m /m --profile /proc     | /proc is not a file: give a profile",
        "mount -b models -m /m --metadata-ttl soon | write it like 30s, 5m, 2h or forever",
        "mount -b models -m /m --file-mode rw      | in octal",
        "mount -b models -m /m --uid -1            | from 0 to 4294967294",
        "mount -b models -m /m --gid 4294967295    | from 0 to 4294967294",
        "mount -b models -m /m -o uid=ada          | from 0 to 4294967294",
        "mount -b models -m /m -o umask=9          | in octal",
        "mount -b models -m /m --log-level loud    | --log-level",
        "mount -b models -m /m --endpoint-url nix  | http(s)://host[:port]",
        "mount -b models -m /m --endpoint-url ht^p | http(s)://host[:port]",
        "mount -b models -m /m --fips --endpoint-url http://a:1       | not together with the URL",
        "mount -b models -m /m --dual-stack --endpoint-url http://a:1 | not together with the URL",
        "mount -b models -m /m --endpoint-url http://u:p@a:1          | holds no login",
        "mount -b models -m /m --region eu_west.1      | not a region",
        "mount -b models -m /m --no-sign-request --requester-pays     | needs credentials",
        "mount -b models -m /m --expected-bucket-owner me             | 12 digits",
        "mount -b models -m /m --sse none          | write AES256 or aws:kms",
        "mount -b models -m /m --sse-kms-key-id k  | go with --sse aws:kms only",
        "mount -b models -m /m --sse AES256 --bucket-key-enabled      | go with --sse aws:kms only",
        "mount -b models -m /m --ca-bundle /no/pem | /no/pem cannot be read",
        "mount -b models -m /m --proxy socks://p   | http://[user:password@]host:port",
        "mount -b s3+http://minio/models -m /m    | --endpoint-url http://minio",
        "mount -b s3+https://h/m -m /m --endpoint-url http://a:1     | give it once",
        "mount -b s3+https://h/mod?region=a -m /m --region b         | --region b, but --bucket"
            + " says a",
        "mount -b s3+https://h/mod?profile=a -m /m --aws-profile b | --aws-profile b, but --bucket"
            + " says a",
        "mount -b s3+https://mod.s3.h/ -m /m --path-style            | in the host's name",
        "mount -b s3+https://h/mod?zip=1 -m /m     | is unknown",
        "mount -b s3+https://u:p@h/mod -m /m       | leave the login out",
        "mount -b s3+https://h/Mod -m /m           | not the name of a bucket",
        "mount -b s3://models/a -m /m --prefix b   | give it once",
        "mount -b models -m /m --prefix /b         | leave the slash at its start out",
        "mount -b models -m /m --data-dir /m/d     | lies in the mount point",
        "warm                                      | Missing required option",
        "warm -b models a[                         | close its [ with ]",
        "warm -b models --list /no/list            | --list /no/list: there is no such file",
        "warm -b models --list /dev/null           | --list /dev/null is empty",
        "warm -b models --profile /no/p            | there is no such file: record it with",
        "warm -b models --profile /etc/passwd      | /etc/passwd is no profile: give a file written"
            + " by",
        "warm -b models a --profile p              | --profile says what to fetch",
        "warm -b models --list - --profile p       | --profile says what to fetch",
        "warm -b models --check --profile p        | --check looks at whole objects",
        "warm -b models -m /m                      | Unknown option",
        "warm -b models --parallelism 0            | from 1 to 256, or auto",
        "warm -b file:///tmp --data-dir /tmp/d     | lies in the bucket /tmp",
        "cache                                     | use ls, stat, verify, evict, pin, unpin or gc",
        "cache frobnicate                          | frobnicate",
        "cache stat more                           | more",
        "stats /m /n                               | /n",
        "umount                                    | DIR",
        "umount /m --timeout soon                  | write it like",
        "frobnicate                                | frobnicate",
        "''                                        | sluice --help",
      })
  void aWrongOptionIsOneLineAndExitCode2(String line, String message) {
    String[] arguments = line.isEmpty() ? new String[0] : line.split(" +");
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("sluice: ").contains(message);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anOptionThatCameAsAVariableIsNamedAsThat() {
    var variables = Map.of("SLUICE_PROFILE", "/p");
    int code =
        new Program(new Environment(variables, Optional.of(Path.of("/home/ada"))))
            .withOutput(new PrintWriter(out, true), new PrintWriter(err, true))
            .run("warm", "-b", "models", "a");
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("SLUICE_PROFILE says what to fetch: leave keys");
  }

  @ParameterizedTest
  @CsvSource({
    "-b s3+https://ada:hunter2@minio/models",
    "-b s3+https://ada:hunter2@mi^nio/models",
    "-b s3://ada:hunter2@models",
    "-b https://ada:hunter2@minio/models",
    "-b models --endpoint-url http://ada:hunter2@minio",
    "-b models --endpoint-url http://ada:hunter2@mi^nio",
    "-b models --endpoint-url http://ada:hunter2@mi_nio",
    "-b models --proxy socks://ada:hunter2@proxy",
    "-b models --proxy http://ada:hunter2@pro^xy",
  })
  void aPasswordInAUrlIsNotShown(String options) {
    assertThat(run(("mount -m /m " + options).split(" "))).isEqualTo(2);
    assertThat(err.toString()).startsWith("sluice: ").doesNotContain("hunter2");
  }

  @Test
  void theHelpOfMountShowsDefaultsAnExampleAndExitCodes() {
    assertThat(run("mount", "--help")).isEqualTo(0);
    assertThat(out.toString())
        .contains("Default: /home/ada/.cache/sluice")
        .contains("Default: 16")
        .contains("Default: 60s")
        .contains("sluice mount --bucket my-models --mount-point /models")
        .contains("  3    bucket, credentials or network");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void theHelpNamesTheCommands() {
    assertThat(run("--help")).isEqualTo(0);
    assertThat(out.toString()).contains("mount ").contains("umount").contains("sluice demo");
  }

  @ParameterizedTest
  @CsvSource({"--version", "-V", "mount --version", "umount -V"})
  void theVersionIsOneLineOnTheOutput(String line) {
    assertThat(run(line.split(" "))).isEqualTo(0);
    assertThat(out.toString()).startsWith("sluice ");
    assertThat(out.toString().lines()).hasSize(1);
  }

  @Test
  void whoComesFromPersevereNeedNotSayUpload() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).doesNotContain("  resume", "  abort");
    for (String command : List.of("resume", "abort")) {
      err.getBuffer().setLength(0);
      assertThat(run(command, "--state-file", "/no/state")).isEqualTo(13);
      assertThat(err.toString()).contains("there is no state file /no/state");
    }
  }
}

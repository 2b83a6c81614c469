package io.sluice.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Other programs that mount a bucket, each with the settings that its makers advise for this. */
enum Peer {
  S3FS("s3fs"),
  RCLONE("rclone"),
  MOUNTPOINT("mount-s3"),
  MOUNTPOINT_CACHED("mount-s3"),
  GEESEFS("geesefs");

  /** Mounts Cloud Storage only, and the dial server speaks S3 only. */
  static final String GCSFUSE = "gcsfuse";

  private static final String STREAMS = "--vfs-read-chunk-streams";

  private final String program;

  Peer(String program) {
    this.program = program;
  }

  /** As its rows are called. */
  String word() {
    return this == MOUNTPOINT_CACHED ? program + "+cache" : program;
  }

  String program() {
    return program;
  }

  /** Where a program is on this machine's {@code PATH}; empty where it is not installed. */
  static Optional<Path> find(String program, String path) {
    return Arrays.stream(path.split(":", -1))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The first number with dots that it calls its own. */
  String version(Path log) throws InterruptedException {
    try {
      return versionIn(Child.run(log, program, "--version"));
    } catch (IOException e) {
      return "version unknown";
    }
  }

  static String versionIn(String output) {
    var number = java.util.regex.Pattern.compile("\\d+(\\.\\d+)+").matcher(output);
    return number.find() ? number.group() : "version unknown";
  }

  /**
   * What mounts the bucket at a directory and stays in the foreground.
   *
   * @param help what {@code --help} says, since not every version knows every option
   */
  List<String> command(URI endpoint, int parallelism, Path directory, Path data, String help) {
    String at = directory.toString();
    return switch (this) {
      case S3FS ->
          List.of(
              program,
              Bucket.NAME,
              at,
              "-f",
              "-o",
              String.join(
                  ",",
                  "ro",
                  "url=" + endpoint,
                  "use_path_request_style",
                  "use_cache=" + data,
                  "parallel_count=" + parallelism));
      case RCLONE -> rclone(endpoint, at, data, help);
      case MOUNTPOINT -> mountpoint(endpoint, at);
      case MOUNTPOINT_CACHED -> {
        List<String> words = new ArrayList<>(mountpoint(endpoint, at));
        words.addAll(List.of("--cache", data.toString()));
        yield words;
      }
      case GEESEFS ->
          List.of(
              program,
              "-f",
              "--endpoint",
              endpoint.toString(),
              "--region",
              "us-east-1",
              "--memory-limit",
              "4000",
              "--cache",
              data.toString(),
              Bucket.NAME,
              at);
    };
  }

  private List<String> rclone(URI endpoint, String directory, Path data, String help) {
    List<String> words =
        new ArrayList<>(
            List.of(
                program,
                "mount",
                ":s3:" + Bucket.NAME,
                directory,
                "--config=",
                "--read-only",
                "--s3-provider=Other",
                "--s3-env-auth",
                "--s3-endpoint=" + endpoint,
                "--s3-region=us-east-1",
                "--s3-force-path-style",
                "--cache-dir=" + data,
                "--vfs-cache-mode=full"));
    // Since 1.68; without it, chunks are read one after the other, and large ones are better.
    if (help.contains(STREAMS)) words.addAll(List.of(STREAMS + "=16", "--vfs-read-chunk-size=4M"));
    return words;
  }

  private List<String> mountpoint(URI endpoint, String directory) {
    return List.of(
        program,
        Bucket.NAME,
        directory,
        "--foreground",
        "--read-only",
        "--endpoint-url",
        endpoint.toString(),
        "--region",
        "us-east-1",
        "--force-path-style");
  }

  /** Of its {@code mount}. */
  String help(Path log) throws InterruptedException {
    try {
      return this == RCLONE ? Child.run(log, program, "mount", "--help") : "";
    } catch (IOException e) {
      return "";
    }
  }

  static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(Credentials.ENVIRONMENT);
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("no_proxy", "127.0.0.1");
    return environment;
  }
}

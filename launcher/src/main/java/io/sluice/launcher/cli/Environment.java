package io.sluice.launcher.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the process was given by its surroundings: variables, and whose home it runs in.
 *
 * @param variables of the environment
 * @param home the user's home directory, where there is one
 */
public record Environment(Map<String, String> variables, Optional<Path> home) {
  public Environment {
    variables = Map.copyOf(variables);
  }

  public static Environment ofThisProcess() {
    Map<String, String> variables = System.getenv();
    // HOME first: it is what "~" means to the shell; the JVM looks into the password file only.
    String home = variables.getOrDefault("HOME", System.getProperty("user.home", ""));
    return new Environment(
        variables, Optional.of(home).filter(path -> path.startsWith("/")).map(Path::of));
  }

  /** A variable that is set to something. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /** Where caches go: {@code $XDG_CACHE_HOME/sluice}, else {@code ~/.cache/sluice}. */
  public Optional<Path> dataDirectory() {
    return variable("XDG_CACHE_HOME")
        // The XDG specification tells us to ignore a relative one.
        .filter(path -> path.startsWith("/"))
        .map(Path::of)
        .or(() -> home.map(path -> path.resolve(".cache")))
        .map(cache -> cache.resolve("sluice"));
  }

  /** Where AWS's tools keep regions and endpoints: {@code ~/.aws/config}. */
  public Path awsConfig() {
    return awsFile("AWS_CONFIG_FILE", "config");
  }

  /** Where they keep keys: {@code ~/.aws/credentials}. */
  public Path awsCredentials() {
    return awsFile("AWS_SHARED_CREDENTIALS_FILE", "credentials");
  }

  private Path awsFile(String variable, String name) {
    Path inHome = home.orElse(Path.of("/"));
    return variable(variable)
        .map(path -> path.startsWith("~/") ? inHome.resolve(path.substring(2)) : Path.of(path))
        .orElse(inHome.resolve(".aws").resolve(name));
  }

  /** The variable that stands for a long option: {@code --cache-size} is SLUICE_CACHE_SIZE. */
  public Optional<String> option(String longName) {
    return variable("SLUICE_" + longName.substring(2).replace('-', '_').toUpperCase(Locale.ROOT));
  }
}

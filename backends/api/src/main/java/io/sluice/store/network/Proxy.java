package io.sluice.store.network;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A proxy between us and the bucket. Its password is in no message.
 *
 * @param url {@code http(s)://[user:password@]host[:port]}
 * @param except hosts that are reached without it, as in {@code NO_PROXY}: {@code example.com} and
 *     all below it; {@code *} for all
 */
public record Proxy(URI url, List<String> except) {
  public Proxy {
    except = List.copyOf(except);
    boolean isWeb = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!isWeb || url.getHost() == null) throw notOne();
  }

  /**
   * Reads a proxy's URL.
   *
   * @throws IllegalArgumentException where it is none; what was given is not shown, because it may
   *     hold a password
   */
  public static Proxy of(String url, List<String> except) {
    try {
      // curl and others take a bare host:port, too.
      return new Proxy(new URI(url.contains("://") ? url : "http://" + url), except);
    } catch (URISyntaxException e) {
      throw notOne();
    }
  }

  private static IllegalArgumentException notOne() {
    return new IllegalArgumentException(
        "not the URL of a proxy: write it as http://[user:password@]host:port");
  }

  public Optional<String> user() {
    return Optional.ofNullable(url.getUserInfo()).map(login -> login.split(":", 2)[0]);
  }

  public Optional<String> password() {
    return Optional.ofNullable(url.getUserInfo())
        .map(login -> login.split(":", 2))
        .filter(login -> login.length == 2)
        .map(login -> login[1]);
  }

  /** Where it listens, without who we are. */
  public URI address() {
    int usual = url.getScheme().equals("https") ? 443 : 80;
    int port = url.getPort() < 0 ? usual : url.getPort();
    return URI.create(url.getScheme() + "://" + url.getHost() + ":" + port);
  }

  /** The exceptions as regular expressions over hosts in lower case. */
  public List<String> patterns() {
    return except.stream()
        .map(String::strip)
        .filter(e -> !e.isEmpty())
        .map(Proxy::pattern)
        .toList();
  }

  /** Whether a host is reached through it. */
  public boolean isFor(String host) {
    return patterns().stream().noneMatch(host.toLowerCase(Locale.ROOT)::matches);
  }

  private static String pattern(String except) {
    if (except.equals("*")) return ".*";
    String host = except.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
    String name = host.startsWith("*.") ? host.substring(2) : host.replaceFirst("^\\.", "");
    return "(.*\\.)?" + Pattern.quote(name);
  }

  @Override
  public String toString() {
    return "Proxy[" + address() + ", except " + except + "]";
  }
}

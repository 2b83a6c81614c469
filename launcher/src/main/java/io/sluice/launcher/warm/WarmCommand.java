package io.sluice.launcher.warm;

import io.sluice.cache.CacheSettings;
import io.sluice.cache.KeyPattern;
import io.sluice.cache.profile.AccessProfile;
import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.BucketOptions;
import io.sluice.launcher.bucket.BucketSource;
import io.sluice.launcher.cache.CacheOptions;
import io.sluice.launcher.cache.DataDirOption;
import io.sluice.launcher.cache.ProfileOption;
import io.sluice.launcher.cli.Environment;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.LoggedAction;
import io.sluice.launcher.cli.ProgressLine;
import io.sluice.launcher.cli.StopSignals;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice warm}: fills the cache before anybody reads, or says what is in it. */
@Command(
    name = "warm",
    description = {
      "Fill the cache with objects of a bucket, so that a mount of it finds them there. What is",
      "there already is left alone, so an interrupted one goes on where it was."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice warm -b my-models                               everything",
      "  sluice warm -b s3://my-models/llama                    below a prefix",
      "  sluice warm -b my-models llama/config.json 'llama/*.safetensors' tokenizers/",
      "  sluice warm -b my-models 'llama/**/*.gguf' --check     what is there?",
      "  sluice warm -b my-models --profile llama.profile       what a mount --record has read",
      "  find-keys | sluice warm -b my-models --list -"
    })
public final class WarmCommand extends LoggedAction {
  @Parameters(
      paramLabel = "KEY|PREFIX/|GLOB",
      arity = "0..*",
      description =
          "What to fetch, below the bucket's prefix: keys, prefixes that end with a slash, globs"
              + " (*, ?, [..], and ** across slashes). Default: everything.")
  private List<String> patterns = List.of(); // picocli hides why one of several is wrong

  @Option(
      names = "--list",
      paramLabel = "FILE",
      description = "More of these, one on each line; - is the standard input.")
  private @Nullable String list;

  @Option(
      names = "--check",
      description =
          "Fetch nothing: say of each object whether all of it is there, and is what was written."
              + " Damaged blocks are dropped, and --cache-size holds as ever.")
  private boolean isCheck;

  @Option(names = "--quiet", description = "Say only what went wrong.")
  private boolean isQuiet;

  @Mixin private BucketOptions bucket = new BucketOptions();

  @Mixin private CacheOptions cache = new CacheOptions();

  @Mixin private ProfileOption profile = new ProfileOption();

  @Override
  protected int run() throws Failure {
    WarmRequest request = request(environment(), System.in);
    StopSignals stop = StopSignals.install();
    var line = new ProgressLine(err(), ProgressLine.forErrors(isQuiet), System.nanoTime());
    return new Warming(request, out(), line).run(stop);
  }

  WarmRequest request(Environment environment, InputStream input) throws Failure {
    BucketSource source = bucket.source(environment, cache.highestParallelism());
    CacheSettings settings = cache.settings(environment).withOwner("warm " + source.address());
    if (source.address() instanceof BucketAddress.Local local) {
      Optional<String> problem = DataDirOption.problem(settings.directory(), local.directory());
      if (problem.isPresent()) throw Failure.usage(problem.get());
    }
    if (profile.isGiven()) return following(source, settings);
    Selection selection = Selection.of(wanted(input), source.address().prefix());
    return new WarmRequest(source, settings, selection, isCheck, isQuiet, Optional.empty());
  }

  private WarmRequest following(BucketSource source, CacheSettings settings) throws Failure {
    String given = isTyped("--profile") ? "--profile" : "SLUICE_PROFILE";
    if (!patterns.isEmpty() || list != null)
      throw Failure.usage(given + " says what to fetch: leave keys and --list out");
    if (isCheck)
      throw Failure.usage(
          "--check looks at whole objects: leave %s out, and give keys".formatted(given));
    Optional<AccessProfile> recorded = profile.read(source);
    SequencedSet<String> keys = recorded.map(AccessProfile::keys).orElseGet(LinkedHashSet::new);
    if (keys.isEmpty())
      throw Failure.usage(
          "%s: nothing of %s was read: record a load".formatted(given, source.address()));
    return new WarmRequest(
        source, settings, new Selection(keys, List.of(), List.of()), false, isQuiet, recorded);
  }

  private List<KeyPattern> wanted(InputStream input) throws Failure {
    List<KeyPattern> all = new ArrayList<>();
    for (String text : patterns) all.add(pattern(text, ""));
    if (list == null) return all;
    for (String text : lines(list, input))
      if (!text.isBlank()) all.add(pattern(text, "--list " + list + ": "));
    // Not "everything": whoever made an empty list did not mean that.
    if (all.isEmpty())
      throw Failure.usage("--list %s is empty: give a key on each line".formatted(list));
    return all;
  }

  private static KeyPattern pattern(String text, String where) throws Failure {
    try {
      return KeyPattern.parse(text);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(where + e.getMessage());
    }
  }

  private static List<String> lines(String list, InputStream input) throws Failure {
    try {
      if (list.equals("-"))
        return new String(input.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      return Files.readAllLines(Path.of(list));
    } catch (NoSuchFileException e) {
      throw Failure.usage("--list %s: there is no such file".formatted(list));
    } catch (MalformedInputException e) {
      throw Failure.usage("--list %s is not text in UTF-8".formatted(list));
    } catch (IOException e) {
      throw Failure.usage("--list %s cannot be read: %s".formatted(list, e.getMessage()));
    }
  }
}

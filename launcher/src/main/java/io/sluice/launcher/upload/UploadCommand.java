package io.sluice.launcher.upload;

import io.sluice.launcher.cli.Surroundings;
import picocli.CommandLine.Command;

/** {@code sluice upload}: with nothing behind it the same as {@code sluice upload start}. */
@Command(
    name = "upload",
    description = {
      "Upload a file so that nothing that happens meanwhile costs more than the parts under way: a",
      "state file says how far it is, and resume sends what is missing. Without one of the",
      "commands below it is start."
    },
    subcommands = {UploadStart.class, UploadResume.class, UploadAbort.class, UploadStatus.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice upload start model.bin s3://my-models/llama/model.bin --state-file up.state",
      "  sluice upload resume --state-file up.state",
      "  sluice upload status --state-file up.state",
      "  sluice upload abort --state-file up.state",
      "  sluice upload --s3-bucket my-models --s3-key k --file-to-upload f --state-file up.state"
    })
public final class UploadCommand extends StartCommand implements Surroundings {}

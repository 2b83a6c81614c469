package io.sluice.launcher.upload;

import picocli.CommandLine.Command;

/** {@code sluice upload start}: begins one. */
@Command(
    name = "start",
    description = {
      "Begin an upload. The state file must not be there yet: it is written before anything is",
      "sent, after every part, and removed when the object is there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice upload start model.bin s3://my-models/llama/model.bin --state-file up.state",
      "  sluice upload start -b my-models -k llama/model.bin -f model.bin --state-file up.state"
    })
final class UploadStart extends StartCommand {}

# Finds a JDK 25 for the scripts in the root: sets JAVA_HOME and java. To be sourced.

jdk_version() {
  [[ -x $1/bin/javac && -r $1/release ]] &&
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/* /opt/jdk*; do
    if [[ -n $home && $(jdk_version "$home") == 25 ]]; then
      JAVA_HOME=$home
      return 0
    fi
  done
  echo "sluice: no JDK 25 found in JAVA_HOME (${JAVA_HOME:-not set}) or /usr/lib/jvm:" \
    "install one, or set JAVA_HOME to it" >&2
  return 1
}

find_jdk
export JAVA_HOME
# For whoever sources this.
# shellcheck disable=SC2034
java=$JAVA_HOME/bin/java

# Maven's own libraries use what JDK 25 warns about; older JDKs do not know these options.
export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"

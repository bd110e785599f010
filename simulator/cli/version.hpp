// Which program this is, for --version and every record. Filled in by the build.
#pragma once

namespace portdrought::cli {

extern const char* const version;
/// "1a2b3c4d5e6f", with "-dirty" for a changed tree; "unknown" outside a repository.
extern const char* const git_revision;

}  // namespace portdrought::cli
